"""A certificate on its way: who signed first, what they stated, and what has changed since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from fullfile.core.ids import key
from fullfile.core.papers import CERTIFICATE
from fullfile.core.papers.signing import Changed, changes_of, content_of
from fullfile.server.queries.asked import Asked
from fullfile.server.queries.papers import Certified, ask_certificate, certificate_at
from fullfile.server.store.acts import acts_of_case
from fullfile.server.store.load import current_size, find_cases
from fullfile.server.store.overview import list_settings

__all__ = ["FirstSignature", "changed_since", "find_first_signature", "signatures_needed"]

FIRST = "certificate.first_signed"


@dataclass(frozen=True, slots=True)
class FirstSignature:
    """That somebody signed a certificate first, and it waits for the second.

    Attributes:
        entry: the entry that says so.
        by, role: who signed first, in which role.
        recorded_ms: when, UTC milliseconds.
        size: the size of the record that they signed for.
        reasons: by the key of what they stated, why it is so.
        changed: what has changed since: with anything in it, nobody can sign second.
    """

    entry: int
    by: str
    role: str
    recorded_ms: int
    size: int
    reasons: Mapping[str, str]
    changed: tuple[Changed, ...]


def signatures_needed() -> int:
    """How many persons sign a certificate in this office: 2 unless it has set 1."""
    said = [one.value for one in list_settings() if one.name == "certificate_signatures"]
    return 1 if said == ["1"] else 2


def find_first_signature(
    number: str, defendant: str, *, found: Certified | None = None, now_ms: int | None = None
) -> FirstSignature | None:
    """The first signature that waits for the second; None: nobody has signed since the last certificate.

    Args:
        number: the case number.
        defendant: the name as recorded, or the party id.
        found: the certificate as of now, where the caller has asked for it; None asks.
        now_ms: what the clock says; None reads it.

    Raises:
        NotFound: no such case or defendant.
    """
    found = found or ask_certificate(number, defendant, now_ms=now_ms)
    acts = acts_of_case(find_cases([number])[key(number)], (FIRST, CERTIFICATE), current_size())
    mine = [act for act in acts if act.data.get("defendant_key") == found.defendant.key]
    if not mine or mine[-1].type != FIRST:
        return None
    last = mine[-1]
    size = int(last.data["checkpoint"]["size"])
    return FirstSignature(
        last.index,
        str(last.data["signed_by"]),
        str(last.data["signed_role"]),
        last.recorded_ms,
        size,
        {one["key"]: one["reason"] for one in last.data.get("exceptions", ())},
        tuple(
            changed_since(
                number,
                defendant,
                found.question,
                size,
                asked=last.data.get("asked"),
                found=found,
                now_ms=now_ms,
            )
        ),
    )


def changed_since(
    number: str,
    defendant: str,
    question: Asked,
    size: int,
    *,
    asked: Mapping[str, int] | None = None,
    found: Certified | None = None,
    now_ms: int | None = None,
) -> list[Changed]:
    """What of a certificate is not as it was at an earlier size of the record.

    Args:
        number: the case number.
        defendant: the name as recorded, or the party id.
        question: the question of now.
        size: the earlier size.
        asked: the moment that was spoken of then (`day_ms` or `instant_ms`); None: the same as now.
        found: the certificate as of now, where the caller has asked for it; None asks.
        now_ms: what the clock says; None reads it.
    """
    now = found or ask_certificate(number, defendant, now_ms=now_ms)
    then = replace(question, size=size)
    if asked is not None:
        then = replace(then, day=asked.get("day_ms"), instant=asked.get("instant_ms"))
    before = certificate_at(then, number, now.defendant)
    return changes_of(content_of(before), content_of(now.certificate))
