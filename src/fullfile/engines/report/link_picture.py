"""The sum of a suggestion as a picture: a waterfall drawn by our own code, and the same for Vega-Lite.

Each reason is a bar from the chance before it to the chance after it. What speaks for the case is a
high, solid bar with `+`; what speaks against it is a low, hatched one with `−`: no picture speaks by
colour alone. The axis is even in bits and written in chances, so that equal bars are equally strong and
a reader needs no logarithm.

The page needs neither script nor network: it shows our drawing. The specification is for readers who
have a viewer of their own. Places are percentages, so that a bar fits a desk and a telephone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any  # plain data, as read from JSON

from markupsafe import Markup

from fullfile.engines.report.link import (
    Explanation,
    Turn,
    chance_at,
    explanation_of,
    said_chance,
)

__all__ = ["Picture", "Row", "Tick", "draw", "explanation_picture", "patterns"]

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
"""The name of the form, which no program of ours opens."""

_CHANCES = (0.0001, 0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999)
"""Where the axis may have a mark."""

_LEFT, _WIDE = 3.0, 92.0
_MIDDLE, _HIGH, _LOW = 15, 18, 10
"""Pixels: the middle of a bar, and how high one for and one against is."""

_MINUS = "−"


@dataclass(frozen=True, slots=True)
class Tick:
    """A chance on the axis: where, in words, whether a narrow screen shows it, and whether it is even."""

    place: float
    words: str
    narrow: bool
    even: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the sum: its words, its chance, and what is drawn."""

    kind: str
    sign: str
    words: str
    note: str
    chance: str
    inside: Markup
    says: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole picture."""

    ticks: tuple[Tick, ...]
    rows: tuple[Row, ...]


def patterns() -> Markup:
    """The hatching, once for a page."""
    return Markup(
        '<defs><pattern id="l-against" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><path class="hatch" d="M0 0V6"/></pattern></defs>'
    )


def draw(view: Explanation) -> Picture:
    """The waterfall.

    Args:
        view: the suggestion.
    """
    least, most = view.bounds

    def place(total: Decimal | float) -> float:
        share = (float(total) - float(least)) / (float(most - least) or 1.0)
        return round(_LEFT + _WIDE * share, 2)

    rows = [
        Row(
            "start",
            "",
            "Before any evidence",
            "",
            view.base_chance,
            _markup(_from(place(view.base)) + _disc(place(view.base))),
            f"Before any evidence: {view.base_chance}",
        )
    ]
    rows += [_row(turn, place(turn.before), place(turn.after)) for turn in view.turns]
    end = place(view.total)
    rows.append(
        Row(
            "end",
            "=",
            "All together",
            "",
            view.chance,
            _markup(_to(end) + _disc(end)),
            f"All together: {view.chance}",
        )
    )
    marks = [(place(_bits(one)), one) for one in _marks(least, most)]
    return Picture(
        tuple(
            Tick(at, said_chance(one), one in (0.01, 0.5, 0.99), one == 0.5) for at, one in marks
        ),
        tuple(rows),
    )


def explanation_picture(data: Mapping[str, Any]) -> dict[str, object]:
    """The waterfall as a Vega-Lite specification (version 6), with its values inside.

    Args:
        data: the answer of the query.
    """
    view = explanation_of(data)
    values = _values(view)
    least, most = view.bounds
    marks = _marks(least, most)
    order = [str(one["line"]) for one in values]
    line: dict[str, object] = {
        "field": "line",
        "type": "nominal",
        "sort": order,
        "axis": {
            "title": None,
            "labelLimit": 320,
            "labelExpr": "slice(datum.label, indexof(datum.label, ' ') + 1)",
            "ticks": False,
            "domain": False,
        },
    }
    return {
        "$schema": SCHEMA,
        "title": {
            "text": view.heading,
            "subtitle": "Each bar runs from the chance before a reason to the chance after it.",
            "anchor": "start",
        },
        "description": "; ".join(row.says for row in draw(view).rows),
        "width": 420,
        "height": {"step": 30},
        "data": {"values": values},
        "layer": [
            {
                "mark": {"type": "rule", "strokeDash": [2, 2], "color": "#565c65"},
                "data": {"values": [{"even": 0}]},
                "encoding": {"x": {"field": "even", "type": "quantitative"}},
            },
            _bars("for", line, {"color": "#1b1b1b", "height": _HIGH}),
            _bars(
                "against",
                line,
                {
                    "filled": False,
                    "stroke": "#1b1b1b",
                    "strokeWidth": 1.5,
                    "strokeDash": [3, 2],
                    "height": _LOW,
                },
            ),
            {
                "transform": [{"filter": "datum.kind == 'start' || datum.kind == 'end'"}],
                "mark": {
                    "type": "point",
                    "filled": True,
                    "opacity": 1,
                    "size": 90,
                    "color": "#1b1b1b",
                },
                "encoding": {"x": _axis(marks, "after"), "y": line},
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 8, "color": "#1b1b1b"},
                "encoding": {
                    "y": line,
                    "x": {"field": "right", "type": "quantitative"},
                    "text": {"field": "label", "type": "nominal"},
                },
            },
        ],
        "config": {"view": {"stroke": None}, "font": "system-ui, sans-serif"},
    }


def _values(view: Explanation) -> list[dict[str, object]]:
    """The lines as rows; each has a number before its words, since two reasons may read alike."""
    total = float(view.total)
    found: list[dict[str, object]] = [
        {
            "line": "0 Before any evidence",
            "kind": "start",
            "before": float(view.base),
            "after": float(view.base),
            "right": float(view.base),
            "weight": 0.0,
            "chance": view.base_chance,
            "label": view.base_chance,
        }
    ]
    for number, turn in enumerate(view.turns, 1):
        found.append(
            {
                "line": f"{number} {turn.words}",
                "kind": "against" if turn.weight < 0 else "for",
                "before": float(turn.before),
                "after": float(turn.after),
                "right": float(max(turn.before, turn.after)),
                "weight": float(turn.weight),
                "chance": turn.chance,
                "label": f"{_sign(turn)} {turn.chance}",
            }
        )
    found.append(
        {
            "line": f"{len(found)} All together",
            "kind": "end",
            "before": total,
            "after": total,
            "right": total,
            "weight": 0.0,
            "chance": view.chance,
            "label": view.chance,
        }
    )
    return found


def _bars(kind: str, line: dict[str, object], how: dict[str, object]) -> dict[str, object]:
    shown = (("line", "reason"), ("weight", "bits"), ("chance", "chance so far"))
    return {
        "transform": [{"filter": f"datum.kind == '{kind}'"}],
        "mark": {"type": "bar", **how},
        "encoding": {
            "y": line,
            "x": {"field": "before", "type": "quantitative"},
            "x2": {"field": "after"},
            "tooltip": [
                {
                    "field": field,
                    "title": title,
                    "type": "quantitative" if field == "weight" else "nominal",
                }
                for field, title in shown
            ],
        },
    }


def _axis(marks: tuple[float, ...], field: str) -> dict[str, object]:
    """Chances on an axis that is even in bits: the label of each mark is written out."""
    bits = [round(_bits(one), 6) for one in marks]
    words = "''"
    for at, one in zip(bits, marks, strict=True):
        words = f"abs(datum.value - {at}) < 0.01 ? '{said_chance(one)}' : {words}"
    return {
        "field": field,
        "type": "quantitative",
        "axis": {"title": "chance so far", "values": bits, "labelExpr": words, "grid": True},
        "scale": {"zero": False, "nice": False, "padding": 12},
    }


def _marks(least: Decimal, most: Decimal) -> tuple[float, ...]:
    return tuple(one for one in _CHANCES if float(least) <= _bits(one) <= float(most))


def _bits(chance: float) -> float:
    """The total at which it is so likely."""
    low, high = -20.0, 20.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if chance_at(Decimal(middle)) < chance else (low, middle)
    return round(low, 9)


def _row(turn: Turn, start: float, end: float) -> Row:
    kind = "against" if turn.weight < 0 else "for"
    high = _LOW if kind == "against" else _HIGH
    left, width = min(start, end), max(abs(end - start), 0.4)
    drawn = (
        _to(start)
        + f'<rect class="{kind}" x="{left:.2f}%" y="{_MIDDLE - high // 2}" width="{width:.2f}%" '
        f'height="{high}"/>'
        f'<svg x="{max(start, end):.2f}%" y="{_MIDDLE}" overflow="visible">'
        f'<text class="sign" x="5" y="5">{_sign(turn)}</text></svg>' + _from(end)
    )
    note = (
        f"{', '.join(dict.fromkeys(one.about for one in turn.reasons if one.about))}"
        if turn.grouped
        else ""
    )
    return Row(
        kind,
        _sign(turn),
        turn.words,
        note,
        turn.chance,
        _markup(drawn),
        f"{turn.words}: {turn.strength}, {turn.chance} so far",
    )


def _sign(turn: Turn) -> str:
    return _MINUS if turn.weight < 0 else turn.sign


def _disc(at: float) -> str:
    return f'<circle class="total" cx="{at}%" cy="{_MIDDLE}" r="6"/>'


def _to(at: float) -> str:
    """The total comes down from the line above."""
    return f'<line class="carry" x1="{at}%" x2="{at}%" y1="0" y2="{_MIDDLE}"/>'


def _from(at: float) -> str:
    """The total goes down to the line below."""
    return f'<line class="carry" x1="{at}%" x2="{at}%" y1="{_MIDDLE}" y2="100%"/>'


def _markup(drawn: str) -> Markup:
    # Numbers and our own shapes only; nothing of the record goes in here.
    return Markup(drawn)  # noqa: S704
