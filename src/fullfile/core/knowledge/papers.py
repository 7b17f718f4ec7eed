"""The certificates and schedules that people signed, as `knew` takes them.

Who signs a certificate or schedule of a case signs for every item that bore on it that day:
its list is computed from the match. Other papers (a police certificate) join here once they
have entries of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from fullfile.core.entries import Entry
from fullfile.core.ids import day_text, key, wall_ms
from fullfile.core.knowledge.accounts import SignedPaper
from fullfile.core.said import say

__all__ = ["SIGNED", "signed_papers"]

SIGNED = {
    "schedule.issued": say("the schedule"),
    "certificate.signed": say("the certificate"),
}
"""The entry types of papers, and what they are in words."""


def signed_papers(entries: Iterable[Entry], zone: ZoneInfo) -> Iterator[SignedPaper]:
    """One value for each signer of each paper.

    Args:
        entries: of the types in `SIGNED`; others are passed over.
        zone: the office's clock, on which the day of signing stands.
    """
    for entry in entries:
        if entry.type not in SIGNED:
            continue
        data = entry.data
        moment = wall_ms(entry.recorded_ms, zone)
        defendant = (
            say(" for {defendant}", defendant=data["defendant"]) if data.get("defendant") else ""
        )
        for who, role in (("signed_by", "signed_role"), ("second_by", "second_role")):
            if data.get(who):
                yield SignedPaper(
                    person=str(data[who]),
                    role=str(data.get(role, "")),
                    paper=SIGNED[entry.type] + defendant,
                    case=key(str(data.get("case_number", ""))),
                    case_number=str(data.get("case_number", "")),
                    signed_on=day_text(moment),
                    first=moment,
                    last=moment,
                    entry=entry.index,
                )
