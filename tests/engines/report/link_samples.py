"""Suggestions made by hand for the tests of how they are told: the worked example's roles, invented reasons."""

from __future__ import annotations

R = "D-0101-CR-2024-00013"
R2 = "D-0101-CR-2023-00040"

MODEL = {
    "name": "evidence",
    "version": "2",
    "digest": "sha256:5b1f",
    "trained_on": "120,000 made-up items",
}


def reason(what, weight, group, item_side="", case_side="", on="2024-03-06"):
    return {
        "what": what,
        "weight": weight,
        "group": group,
        "item_side": item_side,
        "case_side": case_side,
        "on": on,
    }


REASONS = [
    reason(
        "whoever handed it in, SUB, is a witness of a linked case",
        "5.120",
        "people",
        "SUB (handed it in)",
        f"SUB (witness in {R2})",
    ),
    reason(
        "its words answer an open request of the defence: rounds, ammunition",
        "3.480",
        "asked",
        ".45-calibre rounds in a manila envelope",
        "request of February 20, 2024: all ballistic evidence",
    ),
    reason(
        "things of its class are on the case",
        "1.310",
        "class",
        "ammunition",
        "3 items of ammunition",
    ),
    reason(
        "whoever took it in is an officer of the case",
        "2.204",
        "officer",
        "TECH (booked it)",
        "TECH (officer)",
        "2024-03-20",
    ),
    reason(
        "its report number is none of the case's, and of another kind",
        "-0.870",
        "number",
        "SFSO-DOC-2024-001",
        "SFSO-INV-2021-001",
    ),
    reason("taken in 867 days after the incident", "-0.610", "time", "2024-03-06", "2021-10-21"),
    reason("an agency of the case holds it", "0.210", "agency", "Sheriff", "Sheriff"),
    reason("it reads like things that are on cases", "0.140", "wording"),
    reason("another case is suggested too", "-0.250", "rivals", "", R2),
]
"""With the base they add up to 4.524 bits: 95.8 in 100."""


def explained(**changes):
    """The rounds of the worked example and the case they belong to."""
    return {
        "agency": "Sheriff",
        "tag": "DOC-001",
        "description": ".45-calibre rounds in a manila envelope",
        "report_number": "SFSO-DOC-2024-001",
        "booked_on": "2024-03-06",
        "case_number": R,
        "title": "State v. Baldwin",
        "probability": "0.958",
        "rank": 1,
        "of": 2,
        "base": "-6.210",
        "reasons": REASONS,
        "steps": [
            {"on": "2024-03-06", "probability": "0.833"},
            {"on": "2024-03-20", "probability": "0.958"},
        ],
        "others": [{"case_number": R2, "probability": "0.612"}],
        "decisions": [],
        "new_since": [],
        "model": MODEL,
        "share": "0.31",
        "entries": [57],
        **changes,
    }


REJECTED = {
    "decision": "reject",
    "by": "R. Quillfeather",
    "decided_at": "2024-03-12",
    "reason": "Not a match, by the picture",
}


def listed(**changes):
    """A run over the worked example."""
    return {
        "looked_at": 24,
        "suggested": 2,
        "new": 1,
        "entry": 57,
        "skipped": ["the word black is in 4,200 cases: left out"],
        "model": MODEL,
        "share": "0.31",
        "items": [
            {
                "agency": "Sheriff",
                "tag": "DOC-001",
                "description": ".45-calibre rounds in a manila envelope",
                "suggestions": [
                    {
                        "case_number": R,
                        "title": "State v. Baldwin",
                        "probability": "0.958",
                        "rank": 1,
                        "reasons": REASONS,
                    },
                    {
                        "case_number": R2,
                        "title": "State v. Gutierrez-Reed",
                        "probability": "0.612",
                        "rank": 2,
                        "reasons": [REASONS[0], REASONS[5]],
                    },
                ],
            },
            {
                "agency": "Sheriff",
                "tag": "SFSO-DOC-2024-001/1",
                "description": "Report of TECH on ammunition handed in by SUB, written on LT's instruction",
                "suggestions": [
                    {
                        "case_number": R,
                        "title": "State v. Baldwin",
                        "probability": "0.310",
                        "rank": 1,
                        "reasons": [REASONS[3], REASONS[4]],
                    },
                ],
            },
        ],
        **changes,
    }
