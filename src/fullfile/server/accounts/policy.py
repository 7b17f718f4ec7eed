"""Who may do what and see what: the one place that says so, down to the field.

Three questions, each with one answer here:

1. `rights_of(role)`: which acts and pages a role has. A page or an operation of the API that names no right
   is refused to everybody (`web.doors`), so a new one cannot be open by accident.
2. `reach_of(role)`: which cases and items it has them for: of its agency, of its cases, all, its clients'.
3. `shown(role, field, …)`: what of a thing it sees: the field, that there is one ("sealed"), or nothing.

All of it is policy of Fullfile, following the table "Who sees what" of its design. What a court sealed and what a
grant leaves out narrow it further; nothing here widens what the record allows: actions judge for
themselves who booked an item, or who made the first reading.

What this does not do: it asks no database and knows no person.
"""

from __future__ import annotations

from enum import StrEnum

__all__ = [
    "FIELDS",
    "OFFICE_SIDE",
    "RIGHTS",
    "Field",
    "Reach",
    "Right",
    "Role",
    "Shown",
    "reach_of",
    "rights_of",
    "shown",
]


class Role(StrEnum):
    """What somebody is in the office."""

    CUSTODIAN = "custodian"
    INVESTIGATOR = "investigator"
    LABORATORY = "laboratory"
    PROSECUTOR = "prosecutor"
    SUPERVISOR = "supervisor"
    CLERK = "clerk"
    DEFENCE = "defence"
    COURT = "court"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Right(StrEnum):
    """An act, or a kind of page. Its value is the scope of a token of the API."""

    ANYONE = "anyone"  # without signing in: notice, sign-in, health
    SELF = "self"  # one's own account, the start page, the language
    CHECK_RECORD = "record:check"  # the log, proofs, verification
    SEARCH = "search"
    SEE_CASES = "cases:read"
    SEE_ITEMS = "items:read"
    SEE_DOCKET = "docket:read"
    SEE_PAPERS = "papers:read"
    SEE_REQUESTS = "requests:read"
    SEE_IMPACT = "impact:read"
    SEE_KNEW = "knew:read"
    SEE_PEOPLE = "people:read"
    SEE_SUGGESTIONS = "suggestions:read"
    SEE_VIEWS = "determinations:read"
    SEE_FILES = "files:read"
    BOOK = "items:book"
    HANDLE = "items:handle"  # check out and in, transfer, move, seal, examine
    ADD_FILE = "files:add"
    MENTION = "mentions:write"
    TELL = "tellings:write"  # that somebody was told of a loss or a late find
    ASK_TO_LEAVE = "leaving:ask"
    APPROVE_LEAVING = "leaving:approve"
    SEE_COUNT = "inventories:read"
    COUNT = "inventories:scan"
    SET_UP_COUNT = "inventories:set-up"
    DECIDE_SUGGESTION = "suggestions:decide"
    PUT_ON_FILE = "filings:write"
    SET_ASIDE = "filings:set-aside"
    DETERMINE = "determinations:write"
    WITHHOLD = "withholdings:write"
    PRODUCE = "productions:write"
    SERVE = "productions:serve"
    ISSUE_SCHEDULE = "schedules:issue"
    SIGN_CERTIFICATE = "certificates:sign"
    RECORD_REQUEST = "requests:write"
    REPLY = "requests:reply"
    ANSWER = "answers:write"
    OPEN_CASE = "cases:open"
    RECORD_DOCKET = "docket:write"
    FILE_WITH_COURT = "court-filings:write"  # that a paper was filed with the court
    PLACE_HOLD = "holds:place"
    LIFT_HOLD = "holds:lift"
    IMPORT = "imports:write"
    REPORTS = "reports:read"
    PORTAL = "portal"  # defence counsel, own clients
    COURT = "court"
    AUDIT = "audit"
    MANAGE_ACCOUNTS = "accounts:manage"
    APPROVE_ACCOUNTS = "accounts:approve"
    SEE_OFFICE = "office:read"
    CHANGE_OFFICE = "office:write"
    JOBS = "jobs:read"
    WEBHOOKS = "webhooks:write"  # be told that something was recorded, of which type: not for the other side


R = Right
_EVERYONE = frozenset({R.ANYONE, R.SELF, R.CHECK_RECORD})
_STAFF = _EVERYONE | {
    R.SEARCH,
    R.SEE_CASES,
    R.SEE_ITEMS,
    R.SEE_DOCKET,
    R.SEE_REQUESTS,
    R.JOBS,
    R.WEBHOOKS,
}
_HOLDER = _STAFF | {
    R.BOOK,
    R.HANDLE,
    R.ADD_FILE,
    R.SEE_FILES,
    R.MENTION,
    R.TELL,
    R.ANSWER,
    R.SEE_PEOPLE,
}
_CASEWORK = _STAFF | {
    R.SEE_PAPERS,
    R.SEE_IMPACT,
    R.SEE_PEOPLE,
    R.SEE_SUGGESTIONS,
    R.SEE_VIEWS,
    R.SEE_FILES,
    R.SEE_KNEW,
    R.REPORTS,
    R.PUT_ON_FILE,
    R.MENTION,
    R.TELL,
    R.RECORD_REQUEST,
    R.ISSUE_SCHEDULE,
    R.OPEN_CASE,
    R.RECORD_DOCKET,
    R.FILE_WITH_COURT,
    R.ADD_FILE,
}

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.CUSTODIAN: _HOLDER | {R.ASK_TO_LEAVE, R.SEE_COUNT, R.COUNT, R.SET_UP_COUNT, R.REPORTS},
    Role.INVESTIGATOR: _HOLDER | {R.SEE_SUGGESTIONS, R.DECIDE_SUGGESTION, R.SEE_VIEWS},
    Role.LABORATORY: _HOLDER,
    Role.PROSECUTOR: _CASEWORK
    | {
        R.DECIDE_SUGGESTION,
        R.SET_ASIDE,
        R.DETERMINE,
        R.WITHHOLD,
        R.PRODUCE,
        R.SERVE,
        R.SIGN_CERTIFICATE,
        R.REPLY,
        R.PLACE_HOLD,
    },
    Role.SUPERVISOR: _CASEWORK
    | {
        R.DECIDE_SUGGESTION,
        R.SET_ASIDE,
        R.DETERMINE,
        R.WITHHOLD,
        R.SIGN_CERTIFICATE,
        R.REPLY,
        R.PLACE_HOLD,
        R.LIFT_HOLD,
        R.APPROVE_LEAVING,
        # Whoever sets an inventory up reads how it goes; who counts is the custodian.
        R.SEE_COUNT,
        R.SET_UP_COUNT,
        R.APPROVE_ACCOUNTS,
        R.SEE_OFFICE,
    },
    Role.CLERK: _CASEWORK | {R.PRODUCE, R.SERVE, R.IMPORT},
    Role.DEFENCE: _EVERYONE | {R.PORTAL},
    Role.COURT: _EVERYONE
    | {
        R.COURT,
        R.SEARCH,
        R.SEE_CASES,
        R.SEE_ITEMS,
        R.SEE_DOCKET,
        R.SEE_REQUESTS,
        R.SEE_IMPACT,
        R.SEE_PAPERS,
        R.SEE_PEOPLE,
        R.RECORD_DOCKET,
    },
    Role.AUDITOR: _EVERYONE
    | {
        R.AUDIT,
        R.SEARCH,
        R.SEE_CASES,
        R.SEE_ITEMS,
        R.SEE_KNEW,
        R.REPORTS,
        R.SEE_COUNT,
        R.SET_UP_COUNT,
        R.SEE_OFFICE,
        R.JOBS,
        R.WEBHOOKS,
    },
    # An administrator approves what another one asked for; nobody approves their own wish (`actions.granting`).
    Role.ADMINISTRATOR: _EVERYONE
    | {R.MANAGE_ACCOUNTS, R.APPROVE_ACCOUNTS, R.SEE_OFFICE, R.CHANGE_OFFICE, R.JOBS, R.WEBHOOKS},
}
"""The rights of each role. Being administrator shows no evidence."""

OFFICE_SIDE = frozenset(
    {
        Role.CUSTODIAN,
        Role.INVESTIGATOR,
        Role.LABORATORY,
        Role.PROSECUTOR,
        Role.SUPERVISOR,
        Role.CLERK,
    }
)
"""Everybody but defence, court, auditor and administrator."""


class Reach(StrEnum):
    """For which cases and items a role has its rights, before a grant narrows it."""

    AGENCY = "agency"  # items that its agency holds or booked, and the cases they bear on
    CASES = "cases"  # its cases (all, unless the grant lists some) and their items
    CLIENTS = "clients"  # what was given to its clients
    ALL = "all"
    NONE = "none"


_REACH = {
    Role.CUSTODIAN: Reach.AGENCY,
    Role.INVESTIGATOR: Reach.AGENCY,
    Role.LABORATORY: Reach.AGENCY,
    Role.PROSECUTOR: Reach.CASES,
    Role.SUPERVISOR: Reach.CASES,
    Role.CLERK: Reach.CASES,
    Role.DEFENCE: Reach.CLIENTS,
    Role.COURT: Reach.CASES,
    Role.AUDITOR: Reach.ALL,
    Role.ADMINISTRATOR: Reach.NONE,
}


class Shown(StrEnum):
    """How much of a field somebody sees."""

    YES = "yes"
    ROUGHLY = "roughly"  # said in general words: "in the property room", "ground, no content"
    THAT = "that"  # that there is one, and the word "sealed" or the names for the rest
    NO = "no"


class Field(StrEnum):
    """A kind of content that not everybody sees who sees the thing."""

    CUSTODY = "custody"  # tag, what it is, custody
    SHELF = "shelf"  # shelf, safe, seal number
    FILES = "files"
    PERSONAL = "personal"  # address, telephone, birth
    SUGGESTIONS = "suggestions"
    BOOKED_SUGGESTIONS = "booked_suggestions"  # for what one has just booked oneself
    DETERMINATIONS = "determinations"
    KNEW = "knew"
    WITHHELD = "withheld"
    DEFENCE_READING = "defence_reading"
    ACCOUNTS = "accounts"
    SEALED = "sealed"  # what a court sealed


_YES, _ROUGHLY, _THAT, _NO = Shown.YES, Shown.ROUGHLY, Shown.THAT, Shown.NO
_COLUMNS = ("holder", "casework", "defence", "court", "auditor", "administrator")
FIELDS: dict[Field, tuple[Shown, Shown, Shown, Shown, Shown, Shown]] = {
    #                       holder     casework  defence    court      auditor    administrator
    Field.CUSTODY:         (_YES,      _YES,     _ROUGHLY,  _YES,      _YES,      _NO),
    Field.SHELF:           (_YES,      _ROUGHLY, _NO,       _NO,       _YES,      _NO),
    Field.FILES:           (_ROUGHLY,  _YES,     _ROUGHLY,  _ROUGHLY,  _NO,       _NO),
    Field.PERSONAL:        (_ROUGHLY,  _YES,     _NO,       _YES,      _NO,       _NO),
    Field.SUGGESTIONS:     (_NO,       _YES,     _NO,       _NO,       _THAT,     _NO),
    # Whoever books is told what may be near while the giver still stands at the counter; somebody else decides.
    Field.BOOKED_SUGGESTIONS: (_ROUGHLY, _YES, _NO,      _NO,       _NO,       _NO),
    Field.DETERMINATIONS:  (_ROUGHLY,  _YES,     _NO,       _THAT,     _THAT,     _NO),
    Field.KNEW:            (_ROUGHLY,  _YES,     _NO,       _NO,       _YES,      _NO),
    Field.WITHHELD:        (_THAT,     _YES,     _ROUGHLY,  _YES,      _ROUGHLY,  _NO),
    Field.DEFENCE_READING: (_NO,       _NO,      _YES,      _NO,       _NO,       _NO),
    Field.ACCOUNTS:        (_ROUGHLY,  _ROUGHLY, _ROUGHLY,  _ROUGHLY,  _YES,      _YES),
    Field.SEALED:          (_THAT,     _YES,     _NO,       _YES,      _THAT,     _NO),
}  # fmt: skip
"""Roughly: its own, where that differs from all (the custody of another agency's item, one's own files);
or in general words. A holder of another agency's item sees of a shelf what casework sees."""

_COLUMN = {
    Role.CUSTODIAN: 0,
    Role.INVESTIGATOR: 0,
    Role.LABORATORY: 0,
    Role.PROSECUTOR: 1,
    Role.SUPERVISOR: 1,
    Role.CLERK: 1,
    Role.DEFENCE: 2,
    Role.COURT: 3,
    Role.AUDITOR: 4,
    Role.ADMINISTRATOR: 5,
}


def rights_of(role: Role) -> frozenset[Right]:
    """What a role may do."""
    return RIGHTS[role]


def reach_of(role: Role) -> Reach:
    """For which cases and items it may."""
    return _REACH[role]


def shown(role: Role, field: Field, *, own: bool = False) -> Shown:
    """How much of a field a role sees.

    Args:
        role: the role.
        field: the field.
        own: whether the thing is its own: held by its agency, added or made by the person.
    """
    if role is Role.INVESTIGATOR and field is Field.SUGGESTIONS:
        return Shown.YES
    says = FIELDS[field][_COLUMN[role]]
    if role in OFFICE_SIDE and _COLUMN[role] == 0:
        if field is Field.SHELF and not own:
            return Shown.ROUGHLY
        if says is Shown.ROUGHLY and field is not Field.SHELF:
            return Shown.YES if own else Shown.NO
    return says
