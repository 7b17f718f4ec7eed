"""Whatever bytes a file holds, reading it ends in rows or in one sentence."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from fullfile.core.errors import FullfileError
from fullfile.engines.importers import open_export, plan_feeds, profile, shape_rows

HEADER = b"agency,tag,description,booked_at,same_as,sealed\n"
ENDINGS = [".csv", ".tsv", ".xlsx", ".parquet", ".jsonl"]


def read_all(path):
    try:
        for export in open_export(path):
            for chunk in shape_rows(export, plan_feeds(export, "items", None, now_ms=0)):
                assert chunk.read >= len(chunk.rows)
        profile(path)
    except FullfileError as error:
        assert path.name in str(error)  # noqa: PT017  one sentence that names the file


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(ENDINGS), st.booleans(), st.binary(max_size=400))
def test_any_bytes(ending, headed, content):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"items{ending}"
        path.write_bytes((HEADER if headed else b"") + content)
        read_all(path)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.text(max_size=12), max_size=7), max_size=6))
def test_any_text(rows):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "items.csv"
        lines = "\n".join(",".join(row) for row in rows)
        path.write_bytes(HEADER + lines.encode("utf-8", "surrogatepass"))
        read_all(path)


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """A sound workbook and a sound Parquet file, to be damaged."""
    folder = tmp_path_factory.mktemp("sound")
    names = HEADER.decode().strip().split(",")
    book = openpyxl.Workbook()
    book.active.append(names)
    for number in range(20):
        book.active.append(["North", f"A-{number}", "knife", "2024-01-02", "", "yes"])
    book.save(folder / "items.xlsx")
    # Stored, so that damage reaches the XML and not only the compression.
    with (
        zipfile.ZipFile(folder / "items.xlsx") as old,
        zipfile.ZipFile(folder / "flat.xlsx", "w") as new,
    ):
        for info in old.infolist():
            new.writestr(info.filename, old.read(info.filename))
    parquet.write_table(pa.table({name: ["x"] * 20 for name in names}), folder / "items.parquet")
    return {
        ".xlsx": [(folder / name).read_bytes() for name in ("items.xlsx", "flat.xlsx")],
        ".parquet": [(folder / "items.parquet").read_bytes()],
    }


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_any_damage(sound, data):
    ending = data.draw(st.sampled_from(sorted(sound)))
    content = bytearray(data.draw(st.sampled_from(sound[ending])))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, 100_000)) % len(content)
        content[place] = data.draw(st.integers(0, 255))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"items{ending}"
        path.write_bytes(content)
        read_all(path)
