"""Draft a production, close it under its number, serve it, record its receipt.

Each act is an entry first; serving writes a row of `disclosures` for every item and defendant in the same unit of
work, all of them or none. What goes is judged again under the writer's lock: an item that was withheld, served or
lost since somebody looked is refused by name.

The law asks for no filing before disclosure, and neither does this: an item that is not on the file may be
served, and its line says Unfiled until somebody puts it there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from fullfile.core.disclosure.producing import (
    decide_acknowledge,
    decide_change,
    decide_close,
    decide_draft,
    decide_fault,
    decide_serve,
)
from fullfile.core.disclosure.productions import CLOSED, WAYS, Change, Given, Production
from fullfile.core.entries import Draft, Entry
from fullfile.core.errors import Reason, Refused
from fullfile.core.facts.cases import Case, Defendant
from fullfile.core.ids import key
from fullfile.core.matching import World
from fullfile.core.matching.words import item_name
from fullfile.core.papers import find_defendant
from fullfile.core.papers.owing import KeptBack, Owing, Place, owing_of
from fullfile.core.said import say, word
from fullfile.server.actions.own_rows import check, is_ahead, now_text
from fullfile.server.queries.asked import Asked
from fullfile.server.queries.items import ask_item
from fullfile.server.queries.packages import plan_for
from fullfile.server.queries.productions import (
    announced_words,
    changes_since,
    counsel_of,
    production_of_entry,
    served_entries,
    standing_against,
)
from fullfile.server.queries.worlds import world_of_case
from fullfile.server.store.acts import last_act
from fullfile.server.store.append import unit_of_work
from fullfile.server.store.load import find_cases
from fullfile.server.store.receipts import next_number

__all__ = [
    "acknowledge_production",
    "change_production",
    "close_production",
    "counsel_cannot_open",
    "draft_production",
    "record_receipt",
    "serve_production",
]

Pairs = Sequence[tuple[str, str]]
"""Items as (agency, tag)."""


def draft_production(
    *,
    case_number: str,
    defendants: Sequence[str],
    items: Pairs | None = None,
    actor: str,
    now_ms: int,
) -> int:
    """Draft a production of all that is owed and was not served, or of some items. The index of the entry.

    Args:
        case_number: the case.
        defendants: for whom: names as recorded, or party ids.
        items: these items for all of them; None: what is owed to each.
        actor: who drafts it.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        NotFound: no such case, defendant or item; the nearest are named.
        Refused: for nobody, nothing is owed, or an item cannot go.
    """
    with unit_of_work() as writer:
        _, world, case = world_of_case(case_number, now_ms=now_ms)
        people = {who.key: who for who in (find_defendant(world, case, one) for one in defendants)}
        names = {one: who.name for one, who in people.items()}
        if items is None:
            lines = _owed_lines(world, case, people.values())
        else:
            found = [ask_item(agency, tag, now_ms=now_ms).item for agency, tag in items]
            lines = [Given(*item_name(world, one)) for one in dict.fromkeys(found)]
        draft = decide_draft(case.number, names, lines, actor)
        whole = Production(entry=-1, case_number=case.number, defendants=names, lines=tuple(lines))
        wrong = standing_against(world, case, whole)
        if wrong:
            raise Refused(wrong)
        return writer.append([draft], now_ms=now_ms)[0]


def change_production(
    production: int,
    *,
    change: Change,
    agency: str,
    tag: str,
    extent: str = "whole",
    what: str = "",
    to: Sequence[str] = (),
    reason: str = "",
    actor: str,
    now_ms: int,
) -> int:
    """Add an item to a draft, take one out with a reason, or say in which form it goes. The index of the entry.

    Args:
        production: the entry that drafted it.
        change: what is changed.
        agency: the item's agency, or a name it is also called by.
        tag: the item's tag.
        extent: whole, part, redacted, described or offered.
        what: what of it goes, where that is not the whole.
        to: to which of the defendants (names, party ids); none: to all.
        reason: why it is taken out.
        actor: who changes it.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        NotFound: no such production, item or defendant.
        Refused: it is closed, or with every other reason.
    """
    with unit_of_work() as writer:
        here = production_of_entry(production)
        _, world, case = world_of_case(here.case_number, now_ms=now_ms)
        named = item_name(world, ask_item(agency, tag, now_ms=now_ms).item)
        keys = tuple(find_defendant(world, case, one).key for one in to)
        line = Given(*named, extent, what.strip(), keys)
        draft = decide_change(here, change, line, actor, reason=reason)
        strangers = [one for one in keys if one not in here.defendants]
        if strangers:
            raise Refused(
                say(
                    "The draft is for {values} only: draft another one for the others.",
                    values=", ".join(here.defendants.values()),
                ),
                code="not_for_them",
            )
        if change is not Change.REMOVE:
            alone = Production(
                entry=-1, case_number=case.number, defendants=here.defendants, lines=(line,)
            )
            wrong = standing_against(world, case, alone)
            if wrong:
                raise Refused(wrong)
        return writer.append([draft], now_ms=now_ms)[0]


def close_production(
    production: int, *, seen_size: int | None = None, actor: str, now_ms: int
) -> int:
    """Number a production and close it: from now on nothing in it changes. Its number.

    Args:
        production: the entry that drafted it.
        seen_size: the size of the record when somebody read the draft; what was changed in it since is named,
            and nothing is recorded.
        actor: who closes it.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        NotFound: no such production.
        Refused: it is closed, is empty, or an item cannot go as it says; each is named.
    """
    with unit_of_work() as writer:
        here = production_of_entry(production)
        _check_unchanged(here, seen_size)
        question, world, case = world_of_case(here.case_number, now_ms=now_ms)
        last = last_act(CLOSED, writer.size)
        number = next_number(
            find_cases([case.number])[case.key], int(last.data["number"]) if last else 0
        )
        at = now_text(now_ms)
        withheld = _withheld(question, world, case, here)
        numbered = replace(here, number=number, closed_at=at, withheld=tuple(withheld))
        draft = decide_close(
            here,
            number,
            actor,
            at=at,
            problems=standing_against(world, case, here),
            withheld=withheld,
            package=_package(question, world, numbered),
        )
        writer.append([draft], now_ms=now_ms)
        return number


def serve_production(
    production: int,
    *,
    way: str,
    served_on: Mapping[str, str] | None = None,
    defendants: Sequence[str] = (),
    served_at: str = "",
    seen_size: int | None = None,
    actor: str,
    now_ms: int,
) -> list[int]:
    """Serve a closed production: on counsel of each defendant, all or nothing. The entries of the service.

    A row of `disclosures` is recorded for every item and defendant.

    Args:
        production: the entry that drafted it.
        way: portal, media or inspection.
        served_on: by defendant (name or party id), on whom; else on counsel as recorded.
        defendants: for whom; none: for all on whom it was not served yet.
        served_at: when; empty: now.
        seen_size: the size of the record when somebody read it; what became of it since is named, and nothing
            is recorded.
        actor: who serves it.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        NotFound: no such production or defendant.
        Refused: it is a draft, was served, an item may not go, or nobody is there to serve; all is named.
    """
    with unit_of_work() as writer:
        here = production_of_entry(production)
        _check_unchanged(here, seen_size)
        _, world, case = world_of_case(here.case_number, now_ms=now_ms)
        people = {one.key: one for one in world.cases.defendants(case, world.on(case))}
        named = [find_defendant(world, case, one).key for one in defendants]
        wanted = (
            named
            or [one for one in here.defendants if one not in here.served]
            or list(here.defendants)
        )
        on = {find_defendant(world, case, one).key: name for one, name in (served_on or {}).items()}
        at = served_at or now_text(now_ms)
        wrong = _moment(at, now_ms)
        drafts: list[Draft] = []
        for who in wanted:
            counsel = on.get(who) or (counsel_of(world, case, people[who]) if who in people else "")
            try:
                served = decide_serve(
                    here,
                    who,
                    actor,
                    way=way,
                    served_on=counsel,
                    served_at=at,
                    problems=standing_against(world, case, here, who),
                )
            except Refused as refused:
                wrong += refused.reasons
                continue
            drafts += [served, *_disclosures(here, who, served, actor, now_ms)]
        if wrong:
            raise Refused(list(dict.fromkeys(wrong)))
        made = writer.append(drafts, now_ms=now_ms)
        return [
            index
            for index, draft in zip(made, drafts, strict=True)
            if draft.type == "production.served"
        ]


def acknowledge_production(
    production: int,
    *,
    defendant: str,
    by: str,
    at: str = "",
    items: Pairs | None = None,
    actor: str,
    now_ms: int,
) -> int:
    """The State records that there is a receipt: it is claimed until counsel signs one. The index of the entry.

    Args:
        production: the entry that drafted it.
        defendant: whose counsel received it: the name as recorded, or the party id.
        by: who received it.
        at: when; empty: now.
        items: those that were received, as (agency, tag); None: all.
        actor: who records it.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        NotFound: no such production or defendant.
        Refused: it was not served, is signed for already, or with every other reason.
    """
    return record_receipt(
        production, defendant, by=by, at=at, signed=False, items=items, actor=actor, now_ms=now_ms
    )


def record_receipt(
    production: int,
    defendant: str,
    *,
    by: str,
    at: str,
    signed: bool,
    items: Pairs | None,
    actor: str,
    now_ms: int,
) -> int:
    """Record a receipt, claimed by the State or signed by counsel (`defence.sign_receipt`): see above."""
    with unit_of_work() as writer:
        here = production_of_entry(production)
        _, world, case = world_of_case(here.case_number, now_ms=now_ms)
        who = find_defendant(world, case, defendant).key
        when = at or now_text(now_ms)
        draft = decide_acknowledge(here, who, actor, by=by, at=when, signed=signed, items=items)
        wrong = _moment(when, now_ms)
        if wrong:
            raise Refused(wrong)
        wanted = None if items is None else {(key(agency), key(tag)) for agency, tag in items}
        rows = [
            _received(row, draft, writer.size, actor)
            for row in served_entries(here, who)
            if (wanted is None or _item(row) in wanted) and _adds(row, signed=signed)
        ]
        return writer.append([draft, *rows], now_ms=now_ms)[0]


def counsel_cannot_open(
    production: int, *, defendant: str, by: str, what: str, actor: str, now_ms: int
) -> int:
    """Counsel says that something in a production cannot be opened. The index of the entry.

    Serving again would not help: the service stands, and the access is to be mended.

    Raises:
        NotFound: no such production or defendant.
        Refused: it was not served, or nothing was said.
    """
    with unit_of_work() as writer:
        here = production_of_entry(production)
        _, world, case = world_of_case(here.case_number, now_ms=now_ms)
        who = find_defendant(world, case, defendant).key
        draft = decide_fault(here, actor, defendant=who, by=by, what=what, at=now_text(now_ms))
        return writer.append([draft], now_ms=now_ms)[0]


def _check_unchanged(here: Production, seen_size: int | None) -> None:
    """Refuse where a production is not as somebody read it.

    Raises:
        Refused: each thing that became of it since.
    """
    since = [] if seen_size is None else changes_since(here, seen_size)
    if since:
        raise Refused(
            [
                Reason(
                    "changed_meanwhile",
                    say(
                        "{by} recorded something about {name} (entry {index:,}, {what}) while you had this "
                        "page open. Nothing of yours was saved: read it again.",
                        by=entry.by,
                        name=here.name,
                        index=entry.index,
                        what=word(entry.type.partition(".")[2].replace("_", " ")),
                    ),
                )
                for entry in since
            ]
        )


def _owed_lines(world: World, case: Case, people: Iterable[Defendant]) -> list[Given]:
    """What is owed to each, in the order of the case's items; `to` where not all are owed it."""
    owed: dict[tuple[str, str], tuple[Owing, list[str]]] = {}
    keys = []
    for who in people:
        keys.append(who.key)
        for one in owing_of(world, case, who):
            if one.place is Place.OWED:
                owed.setdefault(one.item, (one, []))[1].append(who.key)
    return [
        Given(one.agency, one.tag, to=() if to == keys else tuple(to)) for one, to in owed.values()
    ]


def _withheld(
    question: Asked, world: World, case: Case, production: Production
) -> list[dict[str, Any]]:
    """What is withheld from the defendants of a production, as an entry says it."""
    words = announced_words(case, question.size)
    found = []
    for who in world.cases.defendants(case, world.on(case)):
        if who.key not in production.defendants:
            continue
        for one in owing_of(world, case, who, words):
            if one.place in (Place.WITHHELD, Place.UNAPPROVED):
                found += [_kept(who.key, one, kept) for kept in one.kept_back]
    return found


def _package(question: Asked, world: World, production: Production) -> dict[str, Any]:
    """What is recorded of the packages: how many files and bytes in all, and each one's manifest by its digest."""
    plans = {
        who: plan_for(question, world, production, who)
        for who in production.defendants
        if production.lines_to(who)
    }
    files = {sha256: size for plan in plans.values() for _, sha256, size in plan.stored}
    return {
        "files": len(files),
        "bytes": sum(files.values()),
        "manifests": {who: plan.manifest for who, plan in plans.items()},
    }


def _kept(who: str, one: Owing, kept: KeptBack) -> dict[str, Any]:
    said = {
        "to": who,
        "agency": one.agency,
        "tag": one.tag,
        "entry": kept.entry,
        "ground": kept.ground,
        "rule": kept.cite,
        "order": kept.order,
        "until": kept.until,
        "announced_at": kept.announced_at,
        "announced_as": kept.announced_as,
        "sealed": kept.sealed or "",
    }
    return {name: value for name, value in said.items() if value != ""}


def _disclosures(
    production: Production, who: str, served: Draft, actor: str, now_ms: int
) -> list[Draft]:
    """The rows of `disclosures` that serving gives: one of them is checked in every column, for they are alike."""
    lines = production.lines_to(who)
    said = {
        "case_number": production.case_number,
        "defendant": production.defendants[who],
        "agency": lines[0].agency,
        "tag": lines[0].tag,
        "disclosed_at": str(served.data["served_at"]),
        "production": str(production.number),
        "method": WAYS[str(served.data["way"])],
        "served_on": str(served.data["served_on"]),
        "disclosed_by": actor,
    }
    data = check("disclosures", said, now_ms=now_ms)
    rows = []
    for line in lines:
        row = {**data, "agency": line.agency, "tag": line.tag, "extent": line.extent}
        row["defendant_key"] = who
        if line.what:
            row["what"] = line.what
        rows.append(Draft("disclosure.recorded", actor, row))
    return rows


def _received(row: Entry, draft: Draft, index: int, actor: str) -> Draft:
    """A disclosure with its receipt; `signed` names the entry by which counsel signed."""
    said: dict[str, Any] = {
        "acknowledged_at": draft.data["acknowledged_at"],
        "acknowledged_by": draft.data["acknowledged_by"],
    }
    if draft.data["signed"]:
        said["signed"] = index
    return Draft("disclosure.recorded", actor, {**row.data, **said}, corrects=row.index)


def _adds(row: Entry, *, signed: bool) -> bool:
    """Whether a receipt says more than what is on record: the first one, or a signed one after a claim."""
    if "signed" in row.data:
        return False
    return signed or not row.data.get("acknowledged_at")


def _item(row: Entry) -> tuple[str, str]:
    return key(str(row.data["agency"])), key(str(row.data["tag"]))


def _moment(text: str, now_ms: int) -> list[Reason]:
    if is_ahead(text, now_ms):
        return [
            Reason(
                "ahead",
                say("{text} has not come yet: nothing is recorded ahead of its day.", text=text),
            )
        ]
    return []
