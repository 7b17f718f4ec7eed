"""The rows of the import tables: one frozen dataclass per table of the contract, section 4.

Every attribute is text as it stands in the entry, except lists (tuples of
text) and yes/no (True, False, or None where nothing was said). Empty text is
"nothing was said", never "none".
"""

from __future__ import annotations

from dataclasses import dataclass

from fullfile.core.entries.fields import Kind, column

__all__ = [
    "AgencyRow",
    "AnswerRow",
    "CaseRow",
    "CountRow",
    "CustodyRow",
    "DeterminationRow",
    "DisclosureRow",
    "DocketRow",
    "FilingRow",
    "HoldRow",
    "ItemRow",
    "KnowledgeRow",
    "LinkRow",
    "MentionRow",
    "PartyRow",
    "RequestRow",
    "StatusRow",
    "WithholdingRow",
]

SIDES = ("state", "court", "defence", "other")
ROLES = (
    "defendant",
    "victim",
    "witness",
    "officer",
    "expert",
    "prosecutor",
    "defence_counsel",
    "judge",
)
PARTY_STATUSES = (
    "joined",
    "left",
    "in_custody",
    "at_liberty",
    "counsel",
    "self_represented",
    "absent",
    "resident",
    "incompetent",
    "juvenile",
)
ITEM_KINDS = (
    "object",
    "document",
    "statement",
    "recording",
    "data",
    "test_result",
    "expert_report",
    "criminal_record",
    "grand_jury",
)
ITEM_STATUSES = ("held", "checked_out", "at_lab", "released", "destroyed", "lost")
CUSTODY_EVENTS = (
    "collected",
    "booked",
    "transferred",
    "moved",
    "checked_out",
    "checked_in",
    "sealed",
    "unsealed",
    "examined",
    "inventoried",
    "not_found",
    "found",
    "released",
    "consumed",
    "destroyed",
)
METHODS = ("served", "download", "inspected")
EXTENTS = ("whole", "part", "redacted", "described", "offered")
FINDINGS = (
    "exculpatory",
    "impeaching",
    "mitigating",
    "inculpatory",
    "no_evidentiary_value",
    "privileged",
    "sensitive",
)
LEVELS = ("exists", "picture", "object", "where_filed", "not_disclosed")
OUTCOMES = ("booked", "returned_on_spot", "left_in_place", "not_taken")
ANSWERS = ("all_handed_over", "nothing_held", "more_to_come")
DECISIONS = ("accept", "reject", "ask")
RELATIONS = (
    "co_defendant",
    "same_incident",
    "refiled_from",
    "superseded",
    "consolidated",
    "severed_from",
    "other",
)
DOCKET_EVENTS = (
    "complaint",
    "indictment",
    "information",
    "superseded",
    "first_appearance",
    "arraignment",
    "waiver_of_arraignment",
    "plea_not_guilty",
    "plea_guilty",
    "plea_no_contest",
    "notice_of_discovery",
    "sent_for_trial",
    "case_served",
    "s3_compliance",
    "defence_statement",
    "order",
    "suspended",
    "resumed",
    "trial_set",
    "trial_started",
    "jury_sworn",
    "first_witness_sworn",
    "trial_ended",
    "motion",
    "hearing",
    "testimony",
    "ruling",
    "sanction",
    "dismissed_with_prejudice",
    "dismissed_without_prejudice",
    "nolle_prosequi",
    "stayed",
    "acquitted",
    "convicted",
    "hung_jury",
    "mistrial",
    "sentenced",
    "judgment",
    "appeal_filed",
    "appeal_decided",
    "appeal_withdrawn",
    "reversed",
    "remanded",
    "reinstated",
    "removed",
    "joined",
    "severed",
    "refiled",
    "new_trial_motion",
    "new_trial_granted",
    "new_trial_denied",
    "civil_suit_filed",
    "civil_suit_closed",
    "complaint_against_counsel",
    "closed",
)
"""Events of the contract. A pack may name further ones; one that no pack knows is a warning."""
DISCOVERY_REQUEST = "discovery_request"
"""The event that each row of `requests` is, for its defendant, on the day of the request."""


def _must(kind: Kind = Kind.TEXT, *, words: tuple[str, ...] = (), key: bool = True) -> str:
    text: str = column(kind, required=True, key=key, words=words)
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyRow:
    """An office that holds or handles things."""

    agency: str = _must(Kind.NAME)
    kind: str = column()
    side: str = column(Kind.WORD, words=SIDES)
    also_called: tuple[str, ...] = column(Kind.LIST)
    ori: str = column(Kind.NUMBER)
    time_zone: str = column()


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """One prosecution before a court."""

    case_number: str = _must(Kind.NUMBER)
    jurisdiction: str = _must(key=False)
    court: str = column()
    court_level: str = column()
    title: str = column()
    opened_on: str = column(Kind.WHEN)
    report_numbers: tuple[str, ...] = column(Kind.LIST)
    related_cases: tuple[str, ...] = column(Kind.LIST)
    agencies: tuple[str, ...] = column(Kind.LIST)
    incident_on: str = column(Kind.WHEN)
    incident_location: str = column()
    summary: str = column()
    time_zone: str = column()
    sealed: bool | None = column(Kind.YES_NO)
    order: str = column()


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRow:
    """A person in a case, with a role."""

    case_number: str = _must(Kind.NUMBER)
    name: str = _must(Kind.NAME)
    role: str = _must(Kind.WORD, words=ROLES)
    party_id: str = column(Kind.NUMBER)
    date_of_birth: str = column(Kind.WHEN, key=True)
    agency: str = column(Kind.NAME)
    counsel: str = column(Kind.NAME)
    in_custody: bool | None = column(Kind.YES_NO)
    phone: str = column()
    address: str = column()
    protected: bool | None = column(Kind.YES_NO)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusRow:
    """How a defendant stood from a day: joined, left, in custody, represented."""

    case_number: str = _must(Kind.NUMBER)
    defendant: str = _must(Kind.NAME)
    status: str = _must(Kind.WORD, words=PARTY_STATUSES)
    from_: str = _must(Kind.WHEN)
    until: str = column(Kind.WHEN)
    detail: str = column()
    by: str = column(Kind.NAME)
    document: str = column()


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRow:
    """One charge against one defendant."""

    case_number: str = _must(Kind.NUMBER)
    defendant: str = _must(Kind.NAME)
    count: str = _must(Kind.NUMBER)
    offense: str = _must(key=False)
    statute: str = column()
    grade: str = column()
    charged_on: str = column(Kind.WHEN)
    offense_on: str = column(Kind.WHEN)
    override: str = column()


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """One thing that an agency has."""

    agency: str = _must(Kind.NAME)
    tag: str = _must(Kind.NUMBER)
    description: str = _must(key=False)
    collected_at: str = column(Kind.WHEN)
    booked_at: str = column(Kind.WHEN)
    report_number: str = column(Kind.NUMBER)
    kind: str = column(Kind.WORD, words=ITEM_KINDS)
    category: str = column()
    quantity: str = column(Kind.QUANTITY)
    serial_number: str = column(Kind.NUMBER)
    collected_by: str = column(Kind.NAME)
    collected_from: str = column(Kind.NAME)
    collected_where: str = column()
    booked_by: str = column(Kind.NAME)
    status: str = column(Kind.WORD, words=ITEM_STATUSES)
    storage_location: str = column()
    parent_agency: str = column(Kind.NAME)
    parent_tag: str = column(Kind.NUMBER)
    same_as: tuple[str, ...] = column(Kind.LIST)
    persons: tuple[str, ...] = column(Kind.LIST)
    notes: str = column()
    sha256: str = column()
    sealed: bool | None = column(Kind.YES_NO)


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyRow:
    """One event in the custody of an item."""

    agency: str = _must(Kind.NAME)
    tag: str = _must(Kind.NUMBER)
    event: str = _must(Kind.WORD, words=CUSTODY_EVENTS)
    occurred_at: str = _must(Kind.WHEN)
    by: str = column(Kind.NAME)
    from_: str = column(Kind.NAME)
    to: str = column(Kind.NAME)
    place: str = column()
    quantity: str = column(Kind.QUANTITY)
    reason: str = column()
    seal: str = column(Kind.NUMBER)
    seal_intact: bool | None = column(Kind.YES_NO)
    authority: str = column()
    order: str = column()
    order_on: str = column(Kind.WHEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingRow:
    """An item on the list of evidence of the prosecution's file, or set aside for the case."""

    case_number: str = _must(Kind.NUMBER)
    agency: str = _must(Kind.NAME)
    tag: str = _must(Kind.NUMBER)
    filed_at: str = column(Kind.WHEN)
    filed_by: str = column(Kind.NAME)
    exhibit_number: str = column(Kind.NUMBER)
    with_contents: bool | None = column(Kind.YES_NO)
    withdrawn: bool | None = column(Kind.YES_NO)
    # Part of the key: setting aside is a wish beside the filing, not a correction of it.
    set_aside: bool | None = column(Kind.YES_NO, key=True)
    reason: str = column()
    confirmed_by: str = column(Kind.NAME)
    confirmed_at: str = column(Kind.WHEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureRow:
    """An item served on, or made available to, one defendant."""

    case_number: str = _must(Kind.NUMBER)
    defendant: str = _must(Kind.NAME)
    agency: str = _must(Kind.NAME)
    tag: str = _must(Kind.NUMBER)
    disclosed_at: str = _must(Kind.WHEN)
    production: str = column(Kind.NUMBER, key=True)
    method: str = column(Kind.WORD, words=METHODS)
    extent: str = column(Kind.WORD, words=EXTENTS)
    what: str = column()
    sha256: str = column()
    served_on: str = column(Kind.NAME)
    with_contents: bool | None = column(Kind.YES_NO)
    disclosed_by: str = column(Kind.NAME)
    acknowledged_at: str = column(Kind.WHEN)
    acknowledged_by: str = column(Kind.NAME)


@dataclass(frozen=True, slots=True, kw_only=True)
class WithholdingRow:
    """An item held back from a defendant, on a ground."""

    case_number: str = _must(Kind.NUMBER)
    agency: str = _must(Kind.NAME)
    tag: str = _must(Kind.NUMBER)
    ground: str = _must()
    withheld_at: str = _must(Kind.WHEN)
    by: str = column(Kind.NAME)
    defendant: str = column(Kind.NAME, key=True)
    announced_at: str = column(Kind.WHEN)
    sealed: bool | None = column(Kind.YES_NO)
    order: str = column()
    order_on: str = column(Kind.WHEN)
    until: str = column(Kind.WHEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeterminationRow:
    """A named person's view of an item in a case."""

    case_number: str = _must(Kind.NUMBER)
    agency: str = _must(Kind.NAME)
    tag: str = _must(Kind.NUMBER)
    finding: str = _must(Kind.WORD, words=FINDINGS)
    by: str = _must(Kind.NAME)
    made_at: str = _must(Kind.WHEN)
    reason: str = _must()
    verified_by: str = column(Kind.NAME)
    verified_at: str = column(Kind.WHEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeRow:
    """What a person knew of an item, and since when."""

    agency: str = _must(Kind.NAME)
    tag: str = _must(Kind.NUMBER)
    person: str = _must(Kind.NAME)
    level: str = _must(Kind.WORD, words=LEVELS)
    known_from: str = _must(Kind.WHEN, key=False)
    how: str = column()
    role: str = column()
    case_number: str = column(Kind.NUMBER)
    source: str = column(key=True)
    denied: bool | None = column(Kind.YES_NO)


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionRow:
    """A report says that an item was taken."""

    agency: str = _must(Kind.NAME)
    report_number: str = _must(Kind.NUMBER)
    description: str = _must()
    mentioned_at: str = _must(Kind.WHEN, key=False)
    by: str = column(Kind.NAME)
    document: str = column(key=True)
    case_number: str = column(Kind.NUMBER)
    quantity: str = column(Kind.QUANTITY)
    booked_agency: str = column(Kind.NAME)
    booked_as: str = column(Kind.NUMBER)
    outcome: str = column(Kind.WORD, words=OUTCOMES)
    outcome_by: str = column(Kind.NAME)
    outcome_confirmed_by: str = column(Kind.NAME)
    outcome_reason: str = column()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """An agency's word for a case."""

    case_number: str = _must(Kind.NUMBER)
    agency: str = _must(Kind.NAME)
    answer: str = _must(Kind.WORD, words=ANSWERS)
    by: str = _must(Kind.NAME)
    answered_at: str = _must(Kind.WHEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRow:
    """What a defendant asked for."""

    case_number: str = _must(Kind.NUMBER)
    defendant: str = _must(Kind.NAME)
    requested_at: str = _must(Kind.WHEN)
    asks_for: str = _must()
    category: str = column()
    keywords: tuple[str, ...] = column(Kind.LIST)
    replied_at: str = column(Kind.WHEN)
    reply: str = column()


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRow:
    """A person's decision on the suggestion that an item belongs to a case."""

    agency: str = _must(Kind.NAME)
    tag: str = _must(Kind.NUMBER)
    case_number: str = _must(Kind.NUMBER)
    decision: str = _must(Kind.WORD, words=DECISIONS)
    by: str = _must(Kind.NAME)
    decided_at: str = _must(Kind.WHEN)
    reason: str = column()


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldRow:
    """A duty to keep."""

    hold: str = _must(Kind.NUMBER)
    placed_at: str = _must(Kind.WHEN)
    by: str = _must(Kind.NAME)
    reason: str = _must()
    case_number: str = column(Kind.NUMBER, key=True)
    agency: str = column(Kind.NAME, key=True)
    report_number: str = column(Kind.NUMBER, key=True)
    tag: str = column(Kind.NUMBER, key=True)
    lifted_at: str = column(Kind.WHEN)
    lifted_by: str = column(Kind.NAME)
    lifted_reason: str = column()


@dataclass(frozen=True, slots=True, kw_only=True)
class DocketRow:
    """What the court did."""

    case_number: str = _must(Kind.NUMBER)
    event: str = _must()
    occurred_on: str = _must(Kind.WHEN)
    defendant: str = column(Kind.NAME, key=True)
    count: str = column(Kind.NUMBER, key=True)
    detail: str = column()
    by: str = column(Kind.NAME)
    document: str = column()
    due_on: str = column(Kind.WHEN)
    relates_to: str = column()
