"""The answer of `match`: counts, the exceptions, and on request the other lines.

It carries exactly what the JSON of the contract, section 5, shows; how it is
printed is told in `fullfile.engines.report`, how it is filled in the server.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fullfile.core.matching.line import Line, State

__all__ = ["Head", "MatchResult", "PolicyInForce"]


@dataclass(frozen=True, slots=True)
class Head:
    """How far the record had grown: its size, and its root as base64 text."""

    size: int
    root: str


@dataclass(frozen=True, slots=True)
class PolicyInForce:
    """What the office had set and what stood in force on the day asked for."""

    target_days: int = 14
    threshold: str = "0.5"


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchResult:
    """The three-way match of a case or of the office, at one moment.

    Attributes:
        on: the moment asked for, ISO 8601 with its offset.
        as_of: the moment of the record, ISO 8601 with its offset.
        checkpoint: the head of the record that the answer was read from.
        policy: the office's own settings in force.
        lines_total: all lines, those beside the items included, without those counted apart.
        states: how many lines are in each state.
        all_states: how many lines have each state under `also`.
        ended: the lines that are counted apart because their case has ended.
        exceptions: the lines somebody has to look at, in the contract's order, oldest first.
        others: every other line; None where nobody asked for them.
    """

    on: str
    as_of: str
    checkpoint: Head
    policy: PolicyInForce = PolicyInForce()
    lines_total: int
    states: Mapping[State, int]
    all_states: Mapping[State, int] = field(default_factory=dict)
    ended: int = 0
    exceptions: list[Line] = field(default_factory=list)
    others: list[Line] | None = None
