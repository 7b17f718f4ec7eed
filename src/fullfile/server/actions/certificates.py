"""Sign a certificate in two steps: one person signs, then another signs the same content.

Both times the record is asked again under the writer's lock. If its answer is not what the signer read, or not what
the first one signed, nothing is signed, and every line that changed is named.
"""

from __future__ import annotations

from collections.abc import Mapping

from fullfile.core.entries import Draft
from fullfile.core.errors import Reason, Refused
from fullfile.core.ids import key
from fullfile.core.papers import CERTIFICATE
from fullfile.core.papers.signing import grown
from fullfile.core.said import say
from fullfile.server.actions.papers import certificate_data, certificate_reasons
from fullfile.server.queries.asked import Asked
from fullfile.server.queries.certificates import (
    FIRST,
    changed_since,
    find_first_signature,
    signatures_needed,
)
from fullfile.server.queries.papers import ask_certificate
from fullfile.server.store.append import unit_of_work

__all__ = ["sign_first", "sign_second"]


def sign_first(
    number: str,
    defendant: str,
    *,
    by: str,
    reasons: Mapping[str, str] | None = None,
    seen_size: int | None = None,
    now_ms: int,
) -> int:
    """Sign a certificate first; where the office asks for one signature, it is signed with that. The index of the entry.

    Args:
        number: the case number.
        defendant: the name as recorded, or the party id.
        by: who signs.
        reasons: by the key of what is stated, why it is so.
        seen_size: the size of the record that the signer read; None: whatever it is now.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        NotFound: no such case or defendant.
        Refused: the record has grown and a line changed; something is neither right nor stated; or nobody is named.
    """
    with unit_of_work() as writer:
        found = ask_certificate(number, defendant, now_ms=now_ms)
        _check_same(number, defendant, found.question, seen_size, now_ms)
        found = ask_certificate(number, defendant, reasons=reasons, now_ms=now_ms)
        wrong = certificate_reasons(found.certificate)
        if not by.strip():
            wrong.insert(0, Reason("signers", say("A named person signs a certificate.")))
        if wrong:
            raise Refused(wrong)
        data = certificate_data(found, by.strip())
        kind = CERTIFICATE if signatures_needed() == 1 else FIRST
        return writer.append([Draft(kind, by.strip(), data)], now_ms=now_ms)[0]


def sign_second(
    number: str, defendant: str, *, by: str, seen_size: int | None = None, now_ms: int
) -> int:
    """Sign second what another person signed first: the same content, or nothing. The index of the entry.

    Args:
        number: the case number.
        defendant: the name as recorded, or the party id.
        by: who signs second.
        seen_size: the size of the record that the second signer read; None: whatever it is now.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        NotFound: no such case or defendant.
        Refused: nobody has signed first, it is the same person, or a line changed since; each is named.
    """
    with unit_of_work() as writer:
        first = find_first_signature(number, defendant, now_ms=now_ms)
        if first is None:
            raise Refused(
                say(
                    "Nobody has signed this certificate yet: it is signed first, then a second time."
                ),
                code="not_signed_first",
            )
        reasons = []
        if not by.strip():
            reasons.append(Reason("signers", say("Say who signs second.")))
        elif key(by) == key(first.by):
            reasons.append(
                Reason(
                    "signers",
                    say("{by} cannot sign twice: a second person reads it.", by=by.strip()),
                )
            )
        if first.changed:
            reasons.append(Reason("grown", grown(list(first.changed))))
            reasons += [Reason("line_changed", one.sentence) for one in first.changed]
        if reasons:
            raise Refused(reasons)
        found = ask_certificate(number, defendant, reasons=first.reasons, now_ms=now_ms)
        _check_same(number, defendant, found.question, seen_size, now_ms)
        wrong = certificate_reasons(found.certificate)
        if wrong:
            raise Refused(wrong)
        data = {
            **certificate_data(found, first.by),
            "second_by": by.strip(),
            "second_role": found.certificate.roles[1],
            "first_signed": first.entry,
        }
        return writer.append([Draft(CERTIFICATE, by.strip(), data)], now_ms=now_ms)[0]


def _check_same(
    number: str, defendant: str, question: Asked, seen_size: int | None, now_ms: int
) -> None:
    """Refuse where what was read is not what is so now."""
    if seen_size is None or seen_size == question.size:
        return
    changed = changed_since(number, defendant, question, seen_size, now_ms=now_ms)
    if changed:
        raise Refused(
            [
                Reason("grown", grown(changed)),
                *(Reason("line_changed", one.sentence) for one in changed),
            ]
        )
