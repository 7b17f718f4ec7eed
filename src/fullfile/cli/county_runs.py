"""One county through the whole of `link`, each step in a child: make, import, link, and the plain search.

A county runs in a process of its own, which starts the steps while it is still
small and reads the answers only after the last of them: a child begins with the
memory of its parent, and its peak would be the parent's otherwise.
"""

from __future__ import annotations

import json
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from fullfile.cli.measured import run_measured
from fullfile.engines.counties.scoring import Figures, score
from fullfile.engines.counties.summary import as_values, measures, missed_share
from fullfile.engines.counties.truth import read_matters, read_suggestions, read_truth, rows_of

__all__ = ["CountyRun", "Plan", "run_county"]

_TOP, _TOP_IN_BULK = 20, 5
_STEPS = {
    "make": "making the county",
    "init": "beginning an office",
    "import": "the import of its tables",
    "link": "the run of link",
    "search": "the plain search",
}


@dataclass(frozen=True, slots=True)
class Plan:
    """Which county, and how `link` is called.

    Attributes:
        name: what the tables call it.
        noise: the preset, and
        seed: the seed of a made-up one; both None for somebody's own (`directory`).
        cases: its size.
        items: its size.
        directory: the import tables and the truth of a county that is there already.
        train: let `link` learn from the county's filed items first.
        engine: on which engine `link` runs; None: its own choice.
        bulk: time and memory are what is asked: no search beside it, five cases for an item,
            and an answer that can be read line by line.
    """

    name: str
    noise: str | None = None
    seed: int | None = None
    cases: int | None = None
    items: int | None = None
    directory: Path | None = None
    train: bool = False
    engine: str | None = None
    bulk: bool = False


@dataclass(slots=True)
class CountyRun:
    """What came of it. `seconds`, `worked` (of all cores together) and `peak_mb` are by step."""

    plan: Plan
    cases: int
    items: int
    orphans: int
    unrelated: int
    model: dict[str, Any]  # the model's own description, as `link` gives it
    link: Figures
    search: Figures | None
    seconds: dict[str, float] = field(default_factory=dict)
    peak_mb: dict[str, float] = field(default_factory=dict)
    worked: dict[str, float] = field(default_factory=dict)

    @property
    def missed_share(self) -> float | None:
        """The misses of `link` in the first five, as a share of the search's."""
        return missed_share(self.link, self.search) if self.search else None

    def measures(self) -> dict[str, dict[str, float | None]]:
        """All flat values, of `link` and of `search`."""
        found = {"link": measures(self.link)}
        found["link"]["seconds"] = self.seconds["link"]
        found["link"]["peak_mb"] = self.peak_mb["link"]
        if self.search:
            found["link"]["missed_share"] = self.missed_share
            found["search"] = measures(self.search)
            found["search"]["seconds"] = self.seconds["search"]
            found["search"]["peak_mb"] = self.peak_mb["search"]
        return found

    def as_values(self) -> dict[str, object]:
        """The run for JSON."""
        share = self.missed_share
        return {
            "county": self.plan.name,
            "noise": self.plan.noise,
            "seed": self.plan.seed,
            "cases": self.cases,
            "items": self.items,
            "orphans": self.orphans,
            "unrelated": self.unrelated,
            "seconds": {step: round(value, 2) for step, value in self.seconds.items()},
            "processor_seconds": {step: round(value, 2) for step, value in self.worked.items()},
            "peak_mb": {step: round(value, 1) for step, value in self.peak_mb.items()},
            "model": self.model,
            "link": as_values(self.link),
            "search": as_values(self.search) if self.search else None,
            "missed_share": None if share is None else round(share, 4),
        }


def run_county(plan: Plan, place: Path) -> CountyRun:
    """Make the county in a place (or take somebody's own), and measure, in a process of its own.

    Raises:
        Refused: somebody's own county has no truth.
        Unavailable: a step failed.
    """
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=fresh) as pool:
        return pool.submit(_run, plan, place).result()


def _run(plan: Plan, place: Path) -> CountyRun:
    place.mkdir(parents=True, exist_ok=True)
    directory, home = plan.directory or place / "county", place / "home"
    form, top = ("csv", _TOP_IN_BULK) if plan.bulk else ("json", _TOP)
    answer, other = place / f"link.{form}", place / "search.json"
    seconds: dict[str, float] = {}
    peak_mb: dict[str, float] = {}
    worked: dict[str, float] = {}

    def step(name: str, *arguments: str | Path) -> None:
        ran = run_measured(f"{plan.name}: {_STEPS[name]}", arguments)
        seconds[name], worked[name], peak_mb[name] = ran.seconds, ran.worked, ran.peak_mb

    if plan.directory is None:
        given = {name: asdict(plan)[name] for name in ("seed", "noise", "cases", "items")}
        made = json.dumps({"directory": str(directory), **given})
        step("make", "fullfile.engines.counties", "make", made)
    truth = read_truth(directory)
    cases, jurisdiction = _glance(directory)
    office = ("fullfile", "--home", home)
    step("init", *office, "init", "--office", plan.name, "--jurisdiction", jurisdiction)
    step("import", *office, "import", directory, "--source", "county", "--by", "bench")
    options = [
        *(["--train"] if plan.train else []),
        *(["--engine", plan.engine] if plan.engine else []),
    ]
    asked = ("link", *options, "--top", str(top), "--by", "bench", "--format", form)
    step("link", *office, *asked, "--output", answer)
    if not plan.bulk:
        wanted = {"directory": str(directory), "top": top, "output": str(other)}
        step("search", "fullfile.engines.counties", "search", json.dumps(wanted))
    matters = read_matters(directory)
    orphans = sum(1 for one in truth.values() if one.cases)
    return CountyRun(
        plan=plan,
        cases=cases,
        items=sum(1 for _ in rows_of(directory, "items")),
        orphans=orphans,
        unrelated=len(truth) - orphans,
        model={} if plan.bulk else json.loads(answer.read_text("utf-8")).get("model", {}),
        link=score(truth, read_suggestions(answer), matters),
        search=score(truth, read_suggestions(other), matters) if not plan.bulk else None,
        seconds=seconds,
        peak_mb=peak_mb,
        worked=worked,
    )


def _glance(directory: Path) -> tuple[int, str]:
    """How many cases there are, and under which law the first one stands."""
    cases, law = 0, ""
    for row in rows_of(directory, "cases"):
        cases += 1
        law = law or row.get("jurisdiction", "")
    return cases, law or "us-nm"
