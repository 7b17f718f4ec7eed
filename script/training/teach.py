"""Makes counties, lets Fullfile take them in, and learns the model that comes with the program from their truth.

`PYTHONPATH=script python -m training.teach --seeds 16` writes `src/fullfile/models/linkage.json`. Half an hour on two
cores at most; the same seeds give the same model.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from fullfile.engines.linkage.model import model_of, shipped_model_path
from fullfile.engines.linkage.suggesting import ORPHANS, Linkage
from fullfile.engines.linkage.training import Lesson, learn
from training.county import make_county
from training.tables import write_county

_EMPTY = {
    "model": "none",
    "version": "0",
    "trained_on": "nothing",
    "features": [],
    "groups": {},
    "shapes": {},
    "context": {},
    "base": "0",
    "nobody": "-30",
    "belongs": [["0", "0"]],
    "share": "0.5",
}


def lesson(folder: Path, seed: int, cases: int, items: int) -> Lesson:
    """One county's candidates, and which of them are true."""
    county, home = folder / "county", folder / "home"
    write_county(make_county(seed, cases, items), county)
    command = [sys.executable, "-m", "fullfile", "--home", str(home)]
    opened = (
        "init",
        "--office",
        "Training County",
        "--jurisdiction",
        "us-nm",
        "--time-zone",
        "America/Denver",
    )
    subprocess.run([*command, *opened], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(
        [*command, "import", str(county), "--source", "county"],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    truth: dict[tuple[str, str], set[str]] = defaultdict(set)
    with (county / "truth.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["case_number"]:
                truth[row["agency"], row["tag"]].add(row["case_number"])
    database = str(home / "fullfile.sqlite3")
    with Linkage(database, 2**60, model_of(_EMPTY), scratch=folder) as linkage:
        (table,) = [table for _, table in linkage.candidates(ORPHANS)]
        # In an order: which items a county keeps is drawn along it.
        chosen = linkage.connection.sql(
            "SELECT item_id, agency, tag FROM chosen ORDER BY item_id"
        ).fetchall()
        numbers = dict(linkage.connection.sql("SELECT case_id, number FROM court").fetchall())
        own = {item: truth.get((agency, tag), set()) for item, agency, tag in chosen}
        true = np.array(
            [
                numbers[case] in own[item]
                for item, case in zip(
                    table.column("item_id").to_pylist(),
                    table.column("case_id").to_pylist(),
                    strict=True,
                )
            ],
            dtype=bool,
        )
        kept = _thinned(own, _KEPT[seed % len(_KEPT)], seed)
        mask = np.isin(table.column("item_id").to_numpy(), kept)
        belonging = sum(1 for found in own.values() if found)
        return Lesson(
            table.filter(pa.array(mask)), true[mask], len(kept), belonging, linkage.matter
        )


_KEPT = (1.0, 0.5, 0.2, 0.1)
"""Of the property of nobody, what a county keeps: some rooms hold little of it, some hold hardly anything else."""


def _thinned(own: Mapping[int, set[str]], rate: float, seed: int) -> np.ndarray:
    drawn = np.random.default_rng(seed).random(len(own))
    return np.array(
        [item for (item, cases), one in zip(own.items(), drawn, strict=True) if cases or one < rate]
    )


def keep_lesson(path: Path, one: Lesson) -> None:
    """Write a lesson, so that another way of learning need not make the county again."""
    about = json.dumps(
        {"items": one.items, "belonging": one.belonging, "matter": list(one.matter.items())}
    )
    table = one.candidates.append_column("true_case", pa.array(one.true))
    pq.write_table(table.replace_schema_metadata({"lesson": about}), path)


def read_lesson(path: Path) -> Lesson:
    """Read what `keep_lesson` wrote."""
    table = pq.read_table(path)
    about = json.loads((table.schema.metadata or {})[b"lesson"])
    true = table.column("true_case").to_numpy()
    return Lesson(
        table.drop_columns("true_case"),
        true.astype(bool),
        about["items"],
        about["belonging"],
        dict(about["matter"]),
    )


def main() -> int:
    """Learn, and write the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=16, help="how many counties")
    parser.add_argument("--first", type=int, default=1, help="the first seed")
    parser.add_argument("--cases", type=int, default=1_200)
    parser.add_argument("--items", type=int, default=14_000)
    parser.add_argument("--output", type=Path, default=shipped_model_path())
    parser.add_argument("--version", default="1")
    parser.add_argument(
        "--keep", type=Path, default=Path(".bench/teach"), help="where the candidates lie"
    )
    parser.add_argument(
        "--again", action="store_true", help="learn from the candidates that lie there"
    )
    told = parser.parse_args()
    lessons = []
    told.keep.mkdir(parents=True, exist_ok=True)
    for seed in range(told.first, told.first + told.seeds):
        kept = told.keep / f"{seed}.parquet"
        if not told.again:
            with tempfile.TemporaryDirectory(prefix="fullfile-teach-") as folder:
                keep_lesson(kept, lesson(Path(folder), seed, told.cases, told.items))
        lessons.append(read_lesson(kept))
        last = lessons[-1]
        print(f"county {seed}: {last.belonging} of {last.items} items belong to a case", flush=True)
    items = sum(one.items for one in lessons)
    model = learn(
        lessons,
        name="linkage",
        version=told.version,
        trained_on=f"{items:,} items without a case in {told.seeds} made-up counties (script/training), none of them real",
    )
    told.output.write_text(json.dumps(model.data, indent=1, ensure_ascii=False) + "\n", "utf-8")
    print(f"{told.output.name}: {model.digest}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
