"""Record that a paper was filed with the court, or put before it by its order; and that it was not, after all.

From then on the court opens exactly that: a file of an item, the account of who knew what of an item, the reasons of
its determinations in the case. Schedules and certificates it may read anyway; of these the filing is told.

What this does not do: it files nothing anywhere; it records that somebody did.
"""

from __future__ import annotations

from dataclasses import replace

from fullfile.core.errors import NotFound, Refused
from fullfile.core.ids import DAY_MS, end_of_day, key, parse_when, wall_ms
from fullfile.core.papers import CERTIFICATE, SCHEDULE
from fullfile.core.papers.court import FilingAsked, Kind, decide_filing, decide_withdrawal
from fullfile.core.said import say
from fullfile.server.actions.defence import Clients, check_counsel
from fullfile.server.queries.court_filings import filing_of, filings_of_case
from fullfile.server.queries.files import file_of_entry
from fullfile.server.queries.items import ask_item
from fullfile.server.queries.readings import readings_of
from fullfile.server.store.acts import acts_of_case
from fullfile.server.store.append import unit_of_work
from fullfile.server.store.connections import case_number, cases_of_item, ids_of_cases, item_key
from fullfile.server.store.load import current_size, office

__all__ = ["file_with_court", "withdraw_filing"]

_PAPERS = {Kind.SCHEDULE: SCHEDULE, Kind.CERTIFICATE: CERTIFICATE}


def file_with_court(
    *,
    case: str,
    kind: Kind,
    filed_on: str,
    by: str,
    of: int | None = None,
    agency: str = "",
    tag: str = "",
    ordered: bool = False,
    order: str = "",
    order_on: str = "",
    under_seal: bool = False,
    detail: str = "",
    counsel_of: Clients | None = None,
    client: str = "",
    actor: str,
    now_ms: int,
) -> int:
    """Record that a paper was filed with the court. The index of the entry.

    Args:
        case: the case number.
        kind: what was filed.
        filed_on: on which day.
        by: who filed it.
        of: the entry of the schedule, certificate or file.
        agency: of the item, where it is about one; of a file it is known.
        tag: likewise.
        ordered: because the court ordered it.
        order: the order, in words.
        order_on: its date.
        under_seal: the other side is not told.
        detail: what else there is to say.
        counsel_of: whose counsel somebody of the defence is; None: the State files.
        client: of the defence: for which defendant.
        actor: who records it.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        NotFound: no such case, paper, file or item.
        NotPermitted: counsel of another.
        Refused: with every reason.
    """
    if counsel_of is not None:
        check_counsel(case, client, counsel_of)
    with unit_of_work() as writer:
        case_id = _case_id(case)
        number = case_number(case_id) or case
        zone = office().zone
        try:
            bounds = parse_when(filed_on).on_clock(zone)
        except ValueError:
            bounds = None
        asked = FilingAsked(
            case_number=number,
            kind=kind,
            of=() if of is None else (of,),
            filed_on=filed_on,
            bounds=bounds,
            today=end_of_day(wall_ms(now_ms, zone)),
            by=by,
            agency=agency.strip(),
            tag=tag.strip(),
            ordered=ordered,
            order=order,
            order_on=_day_or_nothing(order_on),
            under_seal=under_seal,
            side="state" if counsel_of is None else "defence",
            detail=detail,
        )
        if kind in _PAPERS:
            asked = _paper(asked, case_id, client)
        elif kind is Kind.FILE:
            asked = _file(asked, case_id)
        else:
            asked = _of_item(asked, case_id)
        draft = decide_filing(asked, filings_of_case(case_id), actor=actor, size=writer.size)
        return writer.append([draft], now_ms=now_ms)[0]


def withdraw_filing(
    *, case: str, filing: int, reason: str, by: str, actor: str, now_ms: int
) -> int:
    """Record that a paper was not filed with the court after all, or was given back. The index of the entry.

    Raises:
        NotFound: no such case or filing.
        Refused: it was withdrawn before, or no reason is given.
    """
    with unit_of_work() as writer:
        found = filing_of(_case_id(case), filing)
        draft = decide_withdrawal(found, reason=reason, by=by, actor=actor)
        return writer.append([draft], now_ms=now_ms)[0]


def _case_id(case: str) -> int:
    found = ids_of_cases([case]).get(key(case))
    if found is None:
        raise NotFound(say("There is no case “{case}” on record.", case=case.strip()[:60]))
    return found


def _day_or_nothing(text: str) -> str:
    try:
        return parse_when(text).text if text.strip() else ""
    except ValueError as error:
        raise Refused(
            say("The order's day: {error}.", error=error.args[0]), code="order_on"
        ) from error


def _paper(asked: FilingAsked, case_id: int, client: str) -> FilingAsked:
    """A schedule or certificate of the case, as it was issued or signed."""
    kind = _PAPERS[asked.kind]
    for act in acts_of_case(case_id, (kind,), current_size()):
        whose = (key(str(act.data["defendant"])), key(str(act.data["defendant_key"])))
        if act.index in asked.of and (not client or key(client) in whose):
            made = wall_ms(act.recorded_ms, office().zone)
            return replace(
                asked,
                agency="",
                tag="",
                defendant=str(act.data["defendant"]),
                defendant_key=str(act.data["defendant_key"]),
                earliest=made - made % DAY_MS,
            )
    raise NotFound(say("No such paper was issued or signed in this case."))


def _file(asked: FilingAsked, case_id: int) -> FilingAsked:
    """A file of an item of the case."""
    if not asked.of:
        return asked
    file = file_of_entry(asked.of[0])
    return _bearing(replace(asked, agency=file.agency, tag=file.tag), case_id)


def _of_item(asked: FilingAsked, case_id: int) -> FilingAsked:
    """An account of who knew what of an item, or the reasons of its determinations that were read twice."""
    if not (asked.agency and asked.tag):
        return replace(asked, of=())
    found = _bearing(asked, case_id)
    if asked.kind is Kind.KNEW:
        return replace(found, of=())
    views = readings_of(found.agency, found.tag, found.case_number, reader="")
    told = tuple(one.entry for one in views if one.second is not None)
    return replace(found, of=told, waiting=len(views) - len(told))


def _bearing(asked: FilingAsked, case_id: int) -> FilingAsked:
    item_id = ask_item(asked.agency, asked.tag).item_id
    bears = any(case == case_id for case, _number in cases_of_item(item_id))
    named = item_key(item_id)
    _, agency, tag = named if named is not None else (0, asked.agency, asked.tag)
    return replace(asked, agency=agency, tag=tag, bears=bears)
