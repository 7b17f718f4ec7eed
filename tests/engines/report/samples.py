"""Matches made by hand for the tests of what is printed: the worked example, and a large made-up case."""

from __future__ import annotations

from collections import Counter

from fullfile.core.matching.line import Line, State
from fullfile.core.matching.result import Head, MatchResult, PolicyInForce
from fullfile.engines.report.view import Heading

R = "D-0101-CR-2024-00013"
R2 = "D-0101-CR-2023-00040"
ROOT = "Zk9fQ1m0wqE3nM0b7yqT4YwHqj5W2Qx1uV8s6d3c2bA="

ROUNDS = Line(
    state=State.UNFILED,
    also=(State.OVERDUE,),
    agency="Sheriff",
    tag="DOC-001",
    case_number=R,
    defendant="Baldwin",
    description=".45-calibre rounds in a manila envelope",
    held_since="2024-03-06",
    booked_at="2024-03-06",
    due="2024-03-20",
    due_basis="policy",
    days_since_held=126,
    days_late=112,
    rule="us-nm:5-505(A)",
    check="part",
    why=(
        "Sheriff has held it since March 6, 2024 (126 days). It is not on the prosecution's file. It "
        "bears on this case because a determination of March 2024 names it. The law names no day "
        "(5-505(A): promptly). Due on March 20, 2024 by the office's target, 112 days ago. Not disclosed."
    ),
    entries=(31, 58, 77),
)
ROUNDS_R2 = Line(
    state=State.UNFILED,
    also=(State.POST_CONVICTION,),
    agency="Sheriff",
    tag="DOC-001",
    case_number=R2,
    defendant="Gutierrez-Reed",
    description=".45-calibre rounds in a manila envelope",
    held_since="2024-03-06",
    booked_at="2024-03-06",
    days_since_held=126,
    rule="us-nm:5-614(C)",
    check="part",
    lacks=("an arraignment of Gutierrez-Reed",),
    why=(
        "Sheriff took it in on March 6, 2024, the day Gutierrez-Reed was convicted; the order on that "
        "day is not on record. It is not on the prosecution's file. Not disclosed."
    ),
    entries=(31, 44, 58),
)
REPORT = Line(
    state=State.ORPHAN,
    agency="Sheriff",
    tag="SFSO-DOC-2024-001/1",
    description="Report of TECH on ammunition handed in by SUB",
    held_since="2024-03-06",
    booked_at="2024-03-06",
    days_since_held=126,
    why="Held since March 6, 2024 (126 days). It bears on no case. Not yet examined.",
    suspected_cases=((R, "0.97"), (R2, "0.61")),
    entries=(32,),
)
SILENT = Line(
    state=State.UNANSWERED,
    agency="Sheriff",
    case_number=R,
    due="2024-02-14",
    due_basis="law",
    rule="us-nm:5-501(A)",
    check="part",
    why=(
        "Sheriff has not said whether it holds anything for this case. The first duty fell due on "
        'February 14, 2024. No answer is not "nothing held".'
    ),
    entries=(2, 5),
)
ORDINARY = [
    Line(
        state=State.FULL,
        agency="Sheriff",
        tag=f"INV-00{n}",
        case_number=R,
        defendant="Baldwin",
        description=text,
        held_since="2021-10-21",
        booked_at="2021-10-22",
        filed_at="2024-01-25",
        disclosed_at="2024-02-09",
        acknowledged_at="2024-02-12",
        receipt="claimed",
        due="2024-02-14",
        due_basis="law",
        days_since_held=993,
        rule="us-nm:5-501(A)",
        check="part",
        why=(
            "Held since October 21, 2021, on the file January 25, 2024, served on DC-1 February 9, "
            "2024, receipt claimed February 12, 2024."
        ),
        entries=(20 + n, 40 + n, 60 + n),
    )
    for n, text in enumerate(
        (
            "Revolver, .45 calibre",
            "Live rounds, .45 calibre, found on the set",
            "Casings",
            "Photographs of the set",
            "Recording of an interview",
            "Call sheet",
            "Clothing",
            "Laboratory report",
        ),
        start=1,
    )
]
HEADING = Heading(
    office="Worked example",
    made_at="2026-11-23T10:00:00-07:00",
    version="0.1.0",
    titles=((R, "State of New Mexico v. Baldwin"), (R2, "State of New Mexico v. Gutierrez-Reed")),
)


def made(
    lines: list[Line],
    *,
    all_lines: bool = True,
    ended: int = 0,
    on: str = "2024-07-10T23:59:59-06:00",
) -> MatchResult:
    """A result from lines, counted as the match counts them."""
    order = list(State)
    exceptions = sorted((x for x in lines if x.is_exception), key=lambda x: order.index(x.state))
    return MatchResult(
        on=on,
        as_of="2026-11-23T10:00:00.00-07:00",
        checkpoint=Head(97, ROOT),
        policy=PolicyInForce(),
        lines_total=len(lines),
        states=Counter(x.state for x in lines),
        all_states=Counter(state for x in lines for state in x.also),
        ended=ended,
        exceptions=exceptions,
        others=[x for x in lines if not x.is_exception] if all_lines else None,
    )


def worked_example(*, all_lines: bool = True) -> MatchResult:
    """The office of the worked example on 10 July 2024."""
    return made([ROUNDS, ROUNDS_R2, REPORT, SILENT, *ORDINARY], all_lines=all_lines, ended=9)


def large_case() -> MatchResult:
    """A case of 120 items and three defendants, with a line in nearly every state."""
    lines: list[Line] = []
    number = "X-2025-0417"
    kinds = {
        1: (State.MISSING, ()),
        2: (State.UNFILED, (State.OVERDUE,)),
        3: (State.UNFILED, ()),
        4: (State.WITHHELD, ()),
        5: (State.WITHHELD_WITHOUT_ORDER, (State.OVERDUE,)),
        6: (State.PARTIAL, ()),
        7: (State.LATE, ()),
        8: (State.GONE, ()),
        9: (State.SET_ASIDE, ()),
        10: (State.DESTROYED_UNDER_HOLD, (State.OVERDUE,)),
    }
    for who in ("Doe", "Roe", "Poe"):
        for n in range(1, 121):
            state, also = kinds.get(n, (State.FULL, ()))
            if who == "Roe" and 20 <= n < 58:
                state, also = State.OVERDUE, ()
            elif n >= 109:
                state, also = State.PENDING, ()
            elif who == "Poe" and 60 <= n < 100:
                state, also = State.UNACKNOWLEDGED, ()
            served = state in (State.FULL, State.LATE, State.UNACKNOWLEDGED, State.PARTIAL)
            lines.append(
                Line(
                    state=state,
                    also=also,
                    agency="Metro Police",
                    tag=f"24-088731-{n}",
                    case_number=number,
                    defendant=who,
                    description=f"Heat-sealed bag {n} with a rather long description of what was in it",
                    held_since="2025-11-01",
                    booked_at="2025-11-01",
                    filed_at="2025-12-01",
                    disclosed_at="2026-09-02" if served else None,
                    due="2026-09-23" if state is not State.PENDING else "2026-12-04",
                    due_basis="law",
                    days_since_held=387,
                    days_late=61,
                    rule="us-nm:5-501(A)",
                    check="part",
                    why=f"A sentence that says why line {n} of {who} stands where it stands.",
                    entries=(n, 200 + n),
                )
            )
    return made(lines, on="2026-11-23T10:00:00-07:00")
