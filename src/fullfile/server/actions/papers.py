"""Issue a schedule, sign a certificate: computed again under the writer's lock, and refused with every reason.

What is signed is what the record says at the locked size, never what somebody looked at before. The
checkpoint of that size was signed when its last entry was written; it goes into the entry and onto
the paper, so that whoever holds the paper can hold the office to its record.

Numbers that a paper gives out are recorded with it and stay for ever.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from fullfile.core.entries import Draft
from fullfile.core.errors import Reason, Refused
from fullfile.core.ids import key
from fullfile.core.papers import CERTIFICATE, SCHEDULE, Certificate, Listed, as_runs
from fullfile.core.said import say
from fullfile.server.queries.asked import Asked
from fullfile.server.queries.papers import (
    Certified,
    Scheduled,
    ask_certificate,
    ask_schedule,
    find_signed_paper,
)
from fullfile.server.store.append import unit_of_work

__all__ = ["certificate_data", "certificate_reasons", "issue_schedule", "sign_certificate"]


def issue_schedule(
    number: str,
    defendant: str,
    *,
    by: str,
    role: str = "",
    layout: str = "schedule",
    copy: str | None = None,
    on: date | datetime | None = None,
    now_ms: int,
) -> Scheduled:
    """Issue the schedule of a defendant: its numbers stay for ever.

    Args:
        number: the case number.
        defendant: the name as recorded, or the party id.
        by: who issues it.
        role: in which role; empty: the paper's first.
        layout: `schedule`, `mg6c`, `mg6d` or `mg6e`.
        copy: for whom; None: as the paper goes.
        on: the day or moment it speaks of; None for now.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        NotFound: no such case or defendant.
        Refused: nobody is named, or the pack has no such paper.
    """
    if not by.strip():
        raise Refused(say("A schedule is issued by somebody: name them."), code="anonymous")
    with unit_of_work() as writer:
        found = ask_schedule(number, defendant, layout=layout, copy=copy, on=on, now_ms=now_ms)
        whole = ask_schedule(number, defendant, layout=layout, copy="office", on=on, now_ms=now_ms)
        schedule = found.schedule
        paper = schedule.paper
        if paper is not None and paper.kind in ("certificate", "supplemental_certificate"):
            raise Refused(
                say(
                    "{title} is a certificate, which two persons sign: use `fullfile certify`.",
                    title=paper.title,
                ),
                code="is_a_certificate",
            )
        signer = role.strip() or (paper.signers[0] if paper and paper.signers else "prosecutor")
        data = {
            **_of_all(found),
            "paper": paper.id if paper else "schedule",
            "layout": schedule.layout,
            "series": schedule.series,
            "number": schedule.number,
            "copy": schedule.copy,
            "signed_by": by.strip(),
            "signed_role": signer,
            "lines": len(schedule.lines),
            **(_numbers(whole.schedule.lines) if schedule.series else {}),
        }
        writer.append([Draft(SCHEDULE, by.strip(), data)], now_ms=now_ms)
    issued = find_signed_paper(
        number,
        defendant,
        type_=SCHEDULE,
        which=schedule.number,
        layout=schedule.layout,
        now_ms=now_ms,
    )
    assert isinstance(issued, Scheduled)
    return issued


def sign_certificate(
    number: str,
    defendant: str,
    *,
    by: str,
    second: str,
    reasons: Mapping[str, str] | None = None,
    on: date | datetime | None = None,
    now_ms: int,
) -> Certified:
    """Sign the certificate of a defendant, by two persons.

    Args:
        number: the case number.
        defendant: the name as recorded, or the party id.
        by: who signs first.
        second: who signs second, another person.
        reasons: by the key of what is stated, why it is so.
        on: the day or moment it speaks of; None for now.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        NotFound: no such case or defendant.
        Refused: something is neither right nor stated (every such thing is named), a reason is
            empty or for what needs none, or the two are not two named persons.
    """
    with unit_of_work() as writer:
        found = ask_certificate(number, defendant, reasons=reasons, on=on, now_ms=now_ms)
        certificate = found.certificate
        wrong = certificate_reasons(certificate)
        if not by.strip() or not second.strip():
            wrong.insert(0, Reason("signers", say("Two named persons sign a certificate.")))
        elif key(by) == key(second):
            wrong.insert(
                0,
                Reason(
                    "signers",
                    say("{by} cannot sign twice: a second person reads it.", by=by.strip()),
                ),
            )
        if wrong:
            raise Refused(wrong)
        data = {
            **certificate_data(found, by.strip()),
            "second_by": second.strip(),
            "second_role": certificate.roles[1],
        }
        writer.append([Draft(CERTIFICATE, by.strip(), data)], now_ms=now_ms)
    signed = find_signed_paper(
        number, defendant, type_=CERTIFICATE, which=certificate.number, now_ms=now_ms
    )
    assert isinstance(signed, Certified)
    return signed


def certificate_reasons(certificate: Certificate) -> list[Reason]:
    """What is neither right nor stated, each with its ways out."""
    return [
        Reason(
            one.code,
            say(
                "{sentence} State it (--except “{key}=…”), or {way}.",
                sentence=one.sentence,
                key=one.key,
                way=one.way_out,
            )
            if one.way_out
            else say(
                "{sentence} State it (--except “{key}=…”).", sentence=one.sentence, key=one.key
            ),
        )
        for one in certificate.refusals
    ]


def certificate_data(found: Certified, by: str) -> dict[str, object]:
    """What the entry of a certificate says, but for the second signature."""
    certificate = found.certificate
    paper, first = certificate.paper, certificate.first
    return {
        **_of_all(found),
        "paper": paper.id if paper else "certificate",
        "layout": paper.layout if paper else "certificate",
        "series": "schedule",
        "number": certificate.number,
        **({} if first is None else {"supplements": first.entry}),
        "signed_by": by,
        "signed_role": certificate.roles[0],
        "exceptions": [
            {
                "key": one.key,
                "state": one.code,
                "sentence": str(one.sentence),
                "reason": one.reason,
                **{
                    name: value
                    for name, value in (
                        ("agency", one.agency),
                        ("tag", one.tag),
                        ("number", one.number),
                    )
                    if value is not None
                },
            }
            for one in certificate.exceptions
        ],
        "kinds": list(certificate.kinds),
        **_numbers(certificate.lines),
    }


def _of_all(found: Scheduled | Certified) -> dict[str, object]:
    """What every signed paper records."""
    paper = found.schedule if isinstance(found, Scheduled) else found.certificate
    question, head = found.question, found.checkpoint
    return {
        "case_number": paper.heading.number,
        "defendant": found.defendant.name,
        "defendant_key": found.defendant.key,
        "on": paper.on,
        "asked": _asked(question),
        "statements": [one.text for one in paper.statements],
        "checkpoint": {
            "size": head.size,
            "root": head.root,
            "origin": head.origin,
            "note": head.note,
        },
    }


def _asked(question: Asked) -> dict[str, int]:
    if question.day is not None:
        return {"day_ms": question.day}
    return {"instant_ms": question.instant or 0}


def _numbers(lines: tuple[Listed, ...]) -> dict[str, object]:
    """The numbers that a paper gives out for the first time, and the last of its series."""
    return {
        "numbers": as_runs((line.number, line.agency, line.tag) for line in lines if line.new),
        "last_number": max((line.number for line in lines), default=0),
    }
