"""The results of `bench link` as a page for people, and as flat rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from fullfile.engines.counties.summary import MEASURES, Spread, pooled, spreads

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

    from fullfile.cli.county_runs import CountyRun

__all__ = ["ROW", "as_growth", "as_json", "as_page", "as_rows"]

ROW = ("county", "by", "measure", "value", "least", "most")
_SAID = {
    "recall_1": "true case is the first",
    "recall_5": "… in the first five",
    "recall_20": "… in the first twenty",
    "matter_recall_1": "its matter is the first",
    "matter_recall_5": "… in the first five",
    "matter_recall_20": "… in the first twenty",
    "average_precision": "average precision",
    "calibration_error": "calibration error",
    "calibration_error_all": "… with none as 0",
    "read_per_find": "read for each find",
    "unrelated_shown": "nobody's items shown",
    "missed_share": "misses, of the search's",
    "seconds": "seconds",
    "peak_mb": "peak memory, MB",
}


def as_json(runs: Sequence[CountyRun]) -> dict[str, object]:
    """Every county, and all of them together."""
    return {
        "counties": [run.as_values() for run in runs],
        "together": {
            by: {
                name: {
                    "median": round(spread.median, 4),
                    "least": round(spread.least, 4),
                    "most": round(spread.most, 4),
                    "counties": spread.counties,
                }
                for name, spread in found.items()
            }
            for by, found in _together(runs).items()
        },
    }


def as_rows(runs: Sequence[CountyRun]) -> Iterator[tuple[object, ...]]:
    """One row for each measure, county and way of finding; then the medians of all counties."""
    for run in runs:
        for by, found in run.measures().items():
            for name, value in found.items():
                yield run.plan.name, by, name, _cut(value), None, None
    for by, together in _together(runs).items():
        for name, spread in together.items():
            yield "together", by, name, _cut(spread.median), _cut(spread.least), _cut(spread.most)


def as_page(runs: Sequence[CountyRun]) -> RenderableType:
    """Tables for people: by county, together, by kind of orphan, and how far probabilities hold."""
    from rich.console import Group
    from rich.text import Text

    together = _together(runs)
    parts: list[RenderableType] = [Text(_head(runs), style="bold"), Text()]
    parts.append(_by_county(runs))
    parts += [
        Text(),
        _measures(together),
        Text(),
        _kinds(runs, together),
        Text(),
        _bins(runs),
        Text(),
    ]
    parts.append(Text(_foot(runs), style="dim"))
    return Group(*parts)


def as_growth(runs: Sequence[CountyRun]) -> RenderableType:
    """What each size costs, for people."""
    table = _table(
        "Items", "cases", "import s", "worked", "MB", "link s", "worked", "MB", "in the first five"
    )
    for run in runs:
        steps = (
            _figure(held[step], digits)
            for step in ("import", "link")
            for held, digits in ((run.seconds, 1), (run.worked, 1), (run.peak_mb, 0))
        )
        found = run.link.recall["together"].first.get(5)
        table.add_row(f"{run.items:,}", f"{run.cases:,}", *steps, _share(found))
    return table


def _together(runs: Sequence[CountyRun]) -> dict[str, dict[str, Spread]]:
    by: dict[str, list[Mapping[str, float | None]]] = {}
    for run in runs:
        for way, found in run.measures().items():
            by.setdefault(way, []).append(found)
    return {way: spreads(rows) for way, rows in by.items()}


def _head(runs: Sequence[CountyRun]) -> str:
    orphans, nobodys = sum(run.orphans for run in runs), sum(run.unrelated for run in runs)
    counties = "1 county" if len(runs) == 1 else f"{len(runs)} counties"
    return (
        f"{counties}; {sum(run.cases for run in runs):,} cases, {sum(run.items for run in runs):,} items, "
        f"{orphans:,} orphans, {nobodys:,} items of nobody."
    )


def _foot(runs: Sequence[CountyRun]) -> str:
    model = runs[0].model
    made = "Made-up counties show what a method can do with what was put into them; "
    known = "no figure here is one of a real office."
    said = f"Model {model.get('name', '')} {model.get('version', '')}, trained on {model.get('trained_on', '?')}."
    return f"{said} {made}{known}" if any(run.plan.seed is not None for run in runs) else said


def _table(*heads: str) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column(heads[0], header_style="bold", no_wrap=True)
    for head in heads[1:]:
        table.add_column(head, justify="right", header_style="bold")
    return table


def _by_county(runs: Sequence[CountyRun]) -> Table:
    table = _table("County", "by", "first", "five", "twenty", "AP", "calib.", "read", "s", "MB")
    for run in runs:
        for by, found in run.measures().items():
            table.add_row(
                run.plan.name if by == "link" else "",
                by,
                *(_share(found.get(f"recall_{depth}")) for depth in (1, 5, 20)),
                _figure(found["average_precision"]),
                _figure(found["calibration_error"]),
                _figure(found["read_per_find"], 1),
                _figure(found["seconds"], 1),
                _figure(found["peak_mb"], 0),
            )
    return table


def _measures(together: Mapping[str, Mapping[str, Spread]]) -> Table:
    table = _table("Median (least to most)", *together)
    for name in (*MEASURES, "missed_share", "seconds", "peak_mb"):
        cells = [_spread(found.get(name), name) for found in together.values()]
        if any(cells):
            table.add_row(_SAID[name], *cells)
    return table


def _kinds(runs: Sequence[CountyRun], together: Mapping[str, Mapping[str, Spread]]) -> Table:
    kinds: dict[str, int] = {}
    for run in runs:
        for kind, recall in run.link.recall.items():
            if kind != "together":
                kinds[kind] = kinds.get(kind, 0) + recall.orphans
    table = _table(
        "Orphans",
        "how many",
        *(f"{by} {depth}" if depth == 1 else str(depth) for by in together for depth in (1, 5, 20)),
    )
    for kind, count in sorted(kinds.items()):
        cells = [
            _share(spread.median) if (spread := found.get(f"recall_{depth}:{kind}")) else ""
            for found in together.values()
            for depth in (1, 5, 20)
        ]
        table.add_row(kind, f"{count:,}", *cells)
    return table


def _bins(runs: Sequence[CountyRun]) -> Table:
    table = _table("First suggestions of link", "how many", "said", "right")
    for one in pooled([run.link.bins for run in runs]):
        table.add_row(
            f"{one.low:.1f} to {one.high:.1f}",
            f"{one.count:,}",
            _figure(one.said),
            _figure(one.right),
        )
    return table


def _spread(found: Spread | None, name: str) -> str:
    if found is None:
        return ""
    digits = {"seconds": 1, "peak_mb": 0, "read_per_find": 1}.get(name)
    one, low, high = (
        _share(value) if digits is None else _figure(value, digits)
        for value in (found.median, found.least, found.most)
    )
    return one if found.counties == 1 else f"{one} ({low} to {high})"


def _share(value: float | None) -> str:
    return "" if value is None else f"{100 * value:.1f}%"


def _figure(value: float | None, digits: int = 3) -> str:
    return "" if value is None else f"{value:,.{digits}f}"


def _cut(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
