"""Draws how `link` grows, and writes its table: from the answers of `fullfile bench link --growth --format json`.

`PYTHONPATH=script python -m benchmarks.link_growth FIGURES.json …` writes `docs/_static/link-growth.svg` and the lines
between the marks of `docs/explanation/link-evaluation.md`. Several answers may be given, one a size.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.children import ROOT
from benchmarks.pictures import INK, prepare

__all__ = ["BEGIN", "END", "main"]

PICTURE = ROOT / "docs" / "_static" / "link-growth.svg"
PAGE = ROOT / "docs" / "explanation" / "link-evaluation.md"
BEGIN, END = (
    "<!-- growth: written by script/benchmarks/link_growth.py -->",
    "<!-- end of growth -->",
)
_IMAGE = """```{image} ../_static/link-growth.svg
:alt: Processor seconds and peak memory of link against the number of items, both as logarithms; the table has the figures.
:width: 100%
```"""
_TIME, _MEMORY = "#2f81c7", "#c2701c"


def main(paths: Sequence[str]) -> int:
    """Draw and write; the last answer of a size counts."""
    found: dict[int, dict[str, Any]] = {}
    for path in paths:
        for one in json.loads(Path(path).read_text("utf-8"))["counties"]:
            found[one["items"]] = one
    runs = [found[size] for size in sorted(found)]
    if not runs:
        print("link_growth: no answer holds a county", file=sys.stderr)
        return 1
    _draw(runs)
    text = PAGE.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n\n{_table(runs)}\n\n{_IMAGE}\n\n{END}{after}", "utf-8")
    return 0


def _table(runs: Sequence[dict[str, Any]]) -> str:
    head = (
        "| items | cases | items looked at | processor seconds | for each item looked at, ms | peak memory, MB |\n"
        "| ---: | ---: | ---: | ---: | ---: | ---: |"
    )
    rows = []
    for one in runs:
        looked = one["orphans"] + one["unrelated"]
        worked = one["processor_seconds"]["link"]
        rows.append(
            f"| {one['items']:,} | {one['cases']:,} | {looked:,} | {worked:,.0f} | {1000 * worked / looked:.1f} "
            f"| {one['peak_mb']['link']:,.0f} |"
        )
    return "\n".join([head, *rows])


def _draw(runs: Sequence[dict[str, Any]]) -> None:
    prepare()
    from matplotlib.figure import Figure
    from matplotlib.ticker import LogLocator

    figure = Figure(figsize=(6.4, 3.6), layout="constrained")
    axes = figure.subplots()
    sizes = [one["items"] for one in runs]
    worked = [one["processor_seconds"]["link"] for one in runs]
    memory = [one["peak_mb"]["link"] for one in runs]
    axes.loglog(
        sizes, worked, color=_TIME, marker="o", linewidth=2, label="processor seconds, all cores"
    )
    axes.loglog(sizes, memory, color=_MEMORY, marker="s", linewidth=2, label="peak memory, MB")
    linear = [worked[-1] * one / sizes[-1] for one in sizes]
    axes.loglog(sizes, linear, color=INK, linestyle=":", label="seconds as the size")
    axes.set_xticks(sizes, [f"{one:,}" for one in sizes])
    axes.minorticks_off()
    axes.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    axes.yaxis.set_major_formatter("{x:g}")
    axes.set_xlabel("items")
    axes.set_title("link, with its own model learned and everything recorded", color=INK)
    axes.grid(visible=True, color=INK, alpha=0.25)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, labelcolor=INK)
    figure.savefig(PICTURE, format="svg", transparent=True, metadata={"Date": None})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
