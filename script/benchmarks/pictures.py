"""Draws the growth curves as SVG that reads on light and on dark pages.

The background is left out, and every grey is one that stands out from white
and from near-black alike. Text stays text, so that it can be read aloud.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.growth import Growth, growths
from benchmarks.results import load

__all__ = ["INK", "draw", "prepare"]

INK = "#808890"
_COLOURS = {"sqlite": "#2f81c7", "postgresql": "#c2701c", "duckdb": "#1f9d6b"}
_MARKS = {"sqlite": "o", "postgresql": "s", "duckdb": "D"}


def draw(results: str, place: str) -> list[str]:
    """Draw one picture for each kind of work; the names of the files."""
    prepare()
    found = growths(load(Path(results))[0])
    names = []
    for name in dict.fromkeys(one.name for one in found):
        path = Path(place) / f"performance-{name}.svg"
        _picture([one for one in found if one.name == name], path)
        names.append(path.name)
    return names


def prepare() -> None:
    """Pictures are SVG, the same bytes for the same figures."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams.update(
        {
            "svg.fonttype": "none",
            "svg.hashsalt": "fullfile",
            "font.family": "sans-serif",
            "font.size": 11,
            **dict.fromkeys(
                ("axes.edgecolor", "axes.labelcolor", "xtick.color", "ytick.color", "text.color"),
                INK,
            ),
        }
    )


def _picture(lines: list[Growth], path: Path) -> None:
    from matplotlib.figure import Figure
    from matplotlib.ticker import LogLocator

    figure = Figure(figsize=(6.4, 3.6), layout="constrained")
    axes = figure.subplots()
    for line in lines:
        sizes, costs = zip(*line.points, strict=True)
        colour = _COLOURS[line.engine]
        power = "" if line.exponent is None else f", exponent {line.exponent:.2f}"
        label = f"{line.engine}{power}"
        axes.loglog(
            sizes, costs, color=colour, marker=_MARKS[line.engine], linewidth=2, label=label
        )
    every = sorted({size for line in lines for size, _ in line.points})
    size, cost = max(lines, key=lambda line: line.points[-1][1]).points[-1]
    linear = [cost * one / size for one in every]
    axes.loglog(every, linear, color=INK, linestyle=":", label="as fast as the size (1.00)")
    axes.set_xticks(every, [f"{one:,}" for one in every])
    axes.minorticks_off()
    axes.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    axes.yaxis.set_major_formatter("{x:g}")
    axes.set_xlabel("entries" if lines[0].name == "verify" else "items")
    axes.set_ylabel("seconds")
    axes.set_title(lines[0].work, color=INK)
    axes.grid(visible=True, color=INK, alpha=0.25)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, labelcolor=INK)
    figure.savefig(path, format="svg", transparent=True, metadata={"Date": None})
