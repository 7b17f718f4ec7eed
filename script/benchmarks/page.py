"""The figures as tables: for the terminal, and between the markers of the page on performance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.growth import growths
from benchmarks.results import Machine, Result

__all__ = ["fill", "pictures", "tables"]

Table = tuple[list[str], list[list[str]]]
"""The head, and the rows."""

_PARTS = {
    "items": "items alone",
    "cases": "cases, parties, counts, docket",
    "later": "filings, disclosures, custody, …",
    "corrections": "the items again, 2 % changed",
}


def tables(results: Sequence[Result], machine: Machine) -> dict[str, str]:
    """Every table as Markdown, by the name of its marker."""
    found = {
        "targets": _targets(results),
        "import": _imports(results),
        "append": _appends(results),
        "match": _matches(results),
        "states": _states(results),
        "office": _offices(results),
        "case": _cases(results),
        "duties": _duties(results),
        "pages": _pages(results),
        "dates": _dates(results),
        "verify": _verified(results),
        "growth": _growth(results),
        "machine": (["", ""], [[name, value] for name, value in machine.items()]),
    }
    return {name: _markdown(*table) for name, table in found.items() if table[1]}


def fill(page: Path, made: dict[str, str]) -> None:
    """Put the tables between their markers; what was not measured stays as it was."""
    text = page.read_text("utf-8")
    for name, table in made.items():
        begin, end = f"<!-- {name}: written by script/bench -->\n", f"<!-- end of {name} -->"
        before, found, rest = text.partition(begin)
        _, ended, after = rest.partition(end)
        if not (found and ended):
            raise LookupError(f"{page} has no marker for the table {name}")
        text = f"{before}{begin}\n{table}\n{end}{after}"
    page.write_text(text, "utf-8")


def pictures(names: Iterable[str]) -> dict[str, str]:
    """The drawn curves, by the name of their marker."""
    made = [
        f"```{{image}} ../_static/{name}\n:alt: Seconds against size, both as logarithms; the table above "
        "has the exponents.\n:width: 100%\n```\n"
        for name in names
    ]
    return {"pictures": "\n".join(made)} if made else {}


def _markdown(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    if not any(head):
        lines[1] = ["---"] * len(head)
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def _of(results: Sequence[Result], name: str) -> list[Result]:
    return sorted(
        (one for one in results if one.name == name), key=lambda one: (one.size, one.engine)
    )


def _largest(found: Iterable[Result]) -> list[Result]:
    found = list(found)
    most = max((one.size for one in found), default=0)
    return [one for one in found if one.size == most]


def _targets(results: Sequence[Result]) -> Table:
    rows: list[list[str]] = []

    def row(what: str, reach: str, found: str, size: int, full: int, *, met: bool) -> None:
        at = "" if size == full else f" (at {size:,})"
        rows.append([what, reach, found + at, "yes" if met else "no"])

    for one in _largest(_of(results, "import")):
        speed, peak = one.figures["items_rows_per_second"], one.figures["items_peak_mb"]
        what = f"import of items, {one.engine}"
        row(what, "15,000 rows/s", f"{speed:,.0f} rows/s", one.size, 10**6, met=speed >= 15_000)
        row(what, "under 1.5 GB", f"{peak:,.0f} MB", one.size, 10**6, met=peak < 1_500)
    for one in _largest(_of(results, "append")):
        ms, slow = one.figures["median_ms"], one.figures["p95_ms"]
        text = f"{ms:.2f} ms, p95 {slow:.2f} ms"
        row(f"one append, {one.engine}", "5 ms", text, one.size, 10**6, met=ms < 5)
    for one in _largest(_of(results, "match")):
        ratio, peak = one.figures["ratio"], one.figures["peak_mb"]
        row("match of everything", "2 × by hand", f"{ratio:.2f} ×", one.size, 10**7, met=ratio <= 2)
        row(
            "match of everything",
            "under 4 GB",
            f"{peak:,.0f} MB",
            one.size,
            10**7,
            met=peak < 4_000,
        )
    for one in _largest(_of(results, "case")):
        ms = one.figures["median_ms"]
        what = f"match --case, {one.engine}"
        row(what, "300 ms", f"{ms:.0f} ms", one.size, 10**6, met=ms < 300)
    for one in _largest(_of(results, "duties")):
        for name, what in _ASKED.items():
            if (ms := one.figures.get(name)) is not None:
                words = f"{what}, {one.engine}"
                row(words, "200 ms", f"{ms:.0f} ms", one.size, 10**6, met=ms < 200)
    for one in _largest(_of(results, "dates")):
        took = one.figures["seconds"]
        what = f"due dates of {one.figures['cases']:,} cases"
        row(what, "60 s", f"{took:.1f} s", one.size, 10**6, met=took < 60)
    for one in _largest(_of(results, "verify")):
        took = one.figures["seconds"]
        row(f"log verify, {one.engine}", "15 s", f"{took:.1f} s", one.size, 10**6, met=took < 15)
    for each in growths(results):
        power = max(each.exponent or 0, each.last_step or 0)
        what = f"growth of {each.work}, {each.engine}"
        rows.append([what, "exponent 1.1", f"{power:.2f}", "yes" if power <= 1.1 else "no"])
    return ["work", "to be reached", "measured", "reached"], rows


_ASKED = {
    "ordinary_ms": "`duties` of a case",
    "large_ms": "`duties` of the case of 1,000 items",
    "standing_ms": "`standing` of a case",
    "knew_ms": "`knew` of an item",
    "impact_item_ms": "`impact` of an item",
    "impact_case_ms": "`impact` of a case",
    "impact_large_ms": "`impact` of the case of 1,000 items",
}


def _imports(results: Sequence[Result]) -> Table:
    rows = []
    for one in _of(results, "import"):
        for part, says in _PARTS.items():
            if f"{part}_rows" in one.figures:
                rows.append(
                    [
                        f"{one.size:,} items, {one.engine}: {says}",
                        f"{one.figures[f'{part}_rows']:,}",
                        f"{one.figures[f'{part}_seconds']:.1f}",
                        f"{one.figures[f'{part}_cpu_seconds']:.1f}",
                        f"{one.figures[f'{part}_rows_per_second']:,.0f}",
                        f"{one.figures[f'{part}_peak_mb']:,.0f}",
                    ]
                )
    return ["import", "rows", "s", "CPU s", "rows/s", "peak MB"], rows


def _appends(results: Sequence[Result]) -> Table:
    rows = [
        [
            f"{one.figures['entries']:,} entries, {one.engine}",
            *(f"{one.figures[name]:.2f}" for name in ("median_ms", "p95_ms", "slowest_ms")),
        ]
        for one in _of(results, "append")
    ]
    return ["one append", "median ms", "p95 ms", "slowest ms"], rows


def _matches(results: Sequence[Result]) -> Table:
    rows = []
    for one in _of(results, "match"):
        f = one.figures
        rows.append(
            [
                f"{one.size:,} items, {f['lines']:,} lines",
                f"{f['seconds']:.2f}",
                f"{f['hand_seconds']:.2f}",
                f"{f['ratio']:.2f}",
                f"{f['law_seconds']:.2f}",
                f"{f['peak_mb']:,.0f}",
                f"{f['hand_peak_mb']:,.0f}",
                "yes" if f["same_counts"] else "no",
            ]
        )
    head = [
        "match of everything",
        "s",
        "by hand s",
        "ratio",
        "dates s",
        "peak MB",
        "by hand MB",
        "same counts",
    ]
    return head, rows


def _states(results: Sequence[Result]) -> Table:
    found = _largest(_of(results, "match"))
    if not found:
        return [], []
    mine, theirs = found[0].figures["states"], found[0].figures["hand_states"]
    rows = [
        [f"`{state}`", f"{mine.get(state, 0):,}", f"{theirs.get(state, 0):,}"]
        for state in sorted({*mine, *theirs})
    ]
    return [f"state, of {found[0].size:,} items", "Fullfile", "by hand"], rows


def _offices(results: Sequence[Result]) -> Table:
    rows = [
        [
            f"{one.size:,} items, {one.engine}, {one.figures['lines']:,} exceptions",
            *(
                f"{one.figures[name]:,.1f}"
                for name in ("first_seconds", "again_seconds", "peak_mb")
            ),
        ]
        for one in _of(results, "office")
    ]
    return ["`match` of an office, from the record", "first s", "again s", "peak MB"], rows


def _cases(results: Sequence[Result]) -> Table:
    rows = [
        [
            f"{one.size:,} items, {one.engine}",
            *(
                f"{one.figures[name]:,.0f}"
                for name in ("median_ms", "p95_ms", "slowest_ms", "first_ms")
            ),
            one.figures["slowest_is"],
        ]
        for one in _of(results, "case")
    ]
    return [
        "`match --case`",
        "median ms",
        "p95 ms",
        "slowest ms",
        "first ms",
        "slowest question",
    ], rows


def _duties(results: Sequence[Result]) -> Table:
    rows = [
        [
            f"{one.figures['entries']:,} entries, {one.engine}",
            *(
                f"{one.figures[name]:,.1f}" if name in one.figures else "not asked"
                for name in (*_ASKED, "event_ms", "after_event_ms")
            ),
        ]
        for one in _of(results, "duties")
    ]
    return [
        "ms, median",
        *_ASKED.values(),
        "one docket event",
        "`duties` after it",
    ], rows


def _pages(results: Sequence[Result]) -> Table:
    """Every page, on the largest office of each engine."""
    rows = []
    for one in _largest_of_each(_of(results, "pages")):
        for name, cost in one.figures["pages"].items():
            rows.append(
                [
                    f"{name}, {one.engine}, {one.size:,} items",
                    f"{cost['median_ms']:,.0f} ms",
                    f"{cost['p95_ms']:,.0f} ms",
                    f"{cost['queries']}",
                    "yes" if cost["within"] else "no",
                ]
            )
    return ["page", "median", "95 %", "queries at most", "within reach"], rows


def _largest_of_each(found: Iterable[Result]) -> list[Result]:
    largest = {one.engine: one for one in sorted(found, key=lambda one: one.size)}
    return [largest[engine] for engine in sorted(largest)]


def _dates(results: Sequence[Result]) -> Table:
    rows = [
        [
            f"{one.figures['cases']:,} cases, {one.figures['lines']:,} lines",
            f"{one.figures['dated']:,}",
            *(f"{one.figures[name]:,.2f}" for name in ("seconds", "law_seconds")),
            f"{one.figures['peak_mb']:,.0f}",
        ]
        for one in _of(results, "dates")
    ]
    head = ["due dates of every line", "with a date", "s", "of these the law s", "peak MB"]
    return head, rows


def _verified(results: Sequence[Result]) -> Table:
    rows = [
        [
            f"{one.figures['entries']:,} entries, {one.engine}",
            f"{one.figures['seconds']:.2f}",
            f"{one.figures['entries'] / one.figures['seconds']:,.0f}",
            f"{one.figures['peak_mb']:,.0f}",
        ]
        for one in _of(results, "verify")
    ]
    return ["`log verify`", "s", "entries/s", "peak MB"], rows


def _growth(results: Sequence[Result]) -> Table:
    rows = [
        [
            f"{each.work}, {each.engine}",
            f"{each.points[0][0]:,} to {each.points[-1][0]:,}",
            "" if each.exponent is None else f"{each.exponent:.2f}",
            "" if each.last_step is None else f"{each.last_step:.2f}",
        ]
        for each in growths(results)
    ]
    return ["work", "sizes", "exponent", "last step"], rows
