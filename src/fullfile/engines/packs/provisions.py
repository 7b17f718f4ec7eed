"""Reading what a pack says besides dates: rulings.toml, limitation.toml, keeping.toml, papers.toml.

Each file may be left out. A mistake names file, line, key and what was expected, as in
`reading`; references to rules and events must hold, because a broken reference would be
found only on the day somebody asks.

What this does not do: it judges no law; it checks shape and references.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from fullfile.core.entries.rows import DISCOVERY_REQUEST, DOCKET_EVENTS, ITEM_KINDS, PARTY_STATUSES
from fullfile.core.errors import Refused
from fullfile.core.rules import (
    CHECKS,
    Dismissals,
    Jeopardy,
    Limitation,
    Method,
    Pack,
    Paper,
    Period,
    Preservation,
    Provision,
    Remedy,
    Ruling,
    Statement,
    Tolling,
    Window,
    parse_method,
    parse_period,
)
from fullfile.core.rules.provisions import ANSWERS, LAYOUTS, PAPERS, STAGES
from fullfile.engines.packs.tables import Source, Table

__all__ = ["PROVISION_FILES", "read_provisions"]

PROVISION_FILES = ("rulings.toml", "limitation.toml", "keeping.toml", "papers.toml")
_PLACES = ("{state}", "{defendant}", "{case}", "{court}", "{agency}")


def read_provisions(pack: Pack, sources: Mapping[str, Source]) -> Pack:
    """The pack with what its further files say; mistakes are noted in the sources."""
    known = _Known(pack)
    if (source := sources.get("rulings.toml")) is not None:
        top = Table(source, source.data, ())
        pack = replace(
            pack,
            jeopardy=known.jeopardy(top),
            rulings=tuple(known.ruling(table) for table in _each(top, "rulings")),
            dismissals=known.dismissals(top),
            other_sovereign=_sovereign(top),
            remedies=tuple(_remedy(table) for table in _each(top, "remedies")),
        )
        _no_twice(top, "rulings", [ruling.id for ruling in pack.rulings])
        top.done()
    if (source := sources.get("limitation.toml")) is not None:
        top = Table(source, source.data, ())
        pack = replace(
            pack, limitation=tuple(known.limitation(table) for table in _each(top, "limitation"))
        )
        _no_twice(top, "limitation", [f"{one.id} {one.effective_from}" for one in pack.limitation])
        top.done()
    if (source := sources.get("keeping.toml")) is not None:
        top = Table(source, source.data, ())
        pack = replace(
            pack,
            windows=tuple(known.window(table) for table in _each(top, "windows")),
            preservation=tuple(known.preservation(table) for table in _each(top, "preservation")),
        )
        _no_twice(top, "windows", [window.id for window in pack.windows])
        _no_twice(top, "preservation", [duty.id for duty in pack.preservation])
        top.done()
    if (source := sources.get("papers.toml")) is not None:
        top = Table(source, source.data, ())
        pack = replace(pack, papers=tuple(_paper(table) for table in _each(top, "papers")))
        _no_twice(top, "papers", [f"{paper.id} {paper.effective_from}" for paper in pack.papers])
        top.done()
    return pack


DERIVED = f"“{DISCOVERY_REQUEST}” is derived: each row of the table of requests is one"
"""The event that no docket shows, in words."""


class _Known:
    """What references may name: the rules, events and grades of the pack."""

    def __init__(self, pack: Pack) -> None:
        self.rules = tuple(rule.id for rule in pack.rules)
        self.events = (*DOCKET_EVENTS, *(event.id for event in pack.docket_events))
        self.grades = tuple(grade.id for grade in pack.grades)

    def jeopardy(self, top: Table) -> Jeopardy | None:
        found = top.table("jeopardy")
        if found is None:
            return None
        jeopardy = Jeopardy(
            jury=self._events(found, "jury"),
            bench=self._events(found, "bench"),
            plea=self._events(found, "plea"),
            verdict_based=found.flag("verdict_based", default=False),
            cite=_cite(found),
            says=_says(found),
            check=_check(found),
        )
        found.done()
        return jeopardy

    def ruling(self, table: Table) -> Ruling:
        event = table.text("event", example="dismissed_with_prejudice")
        self._check(table, "event", event, self.events, "docket event")
        return Ruling(
            id=_id(table),
            event=event,
            stage=table.word("stage", STAGES, default="any"),
            answer=table.word("answer", ANSWERS),
            cite=_cite(table),
            says=_says(table),
            check=_check(table),
            conditions=table.texts("conditions"),
            appeal=self._rule(table, "appeal"),
            limitation=table.flag("limitation", default=True),
            until=self._rule(table, "until"),
        )

    def dismissals(self, top: Table) -> Dismissals | None:
        found = top.table("dismissals")
        if found is None:
            return None
        limits = []
        for limit in _each(found, "limits"):
            grade = limit.text("grade", example="misdemeanor")
            if grade != "*":
                self._check(limit, "grade", grade, self.grades, "grade of pack.toml")
            number = limit.number("number")
            if number is None or number < 1:
                limit.problem("number", "expected how many dismissals bar, 1 or more.")
            limits.append((grade, number or 1))
        dismissals = Dismissals(
            cite=_cite(found),
            says=_says(found),
            check=_check(found),
            events=self._events(found, "events"),
            limits=tuple(limits),
            exceptions=found.texts("exceptions"),
        )
        found.done()
        return dismissals

    def limitation(self, table: Table) -> Limitation:
        grades = table.texts("grades")
        for grade in grades:
            self._check(table, "grades", grade, self.grades, "grade of pack.toml")
        return Limitation(
            id=_id(table),
            cite=_cite(table),
            says=_says(table),
            check=_check(table),
            grades=grades,
            offenses=table.texts("offenses"),
            period=_period_or_none(table),
            runs_from=table.word("runs_from", ("offense", "discovery"), default="offense"),
            method=_method(table),
            charge_events=self._events(table, "charge_events"),
            tolling=tuple(self._tolling(one) for one in _each(table, "tolling")),
            effective_from=table.day("effective_from"),
            effective_to=table.day("effective_to"),
        )

    def _tolling(self, table: Table) -> Tolling:
        status = table.texts("status")
        for word in status:
            self._check(table, "status", word, PARTY_STATUSES, "word of the status table")
        for key in ("from_event", "to_event"):
            if table.has(key):
                self._check(table, key, table.text_or_empty(key), self.events, "docket event")
        return Tolling(
            id=_id(table),
            cite=_cite(table),
            says=_says(table),
            check=_check(table),
            status=status,
            from_event=table.text_or_empty("from_event"),
            to_event=table.text_or_empty("to_event"),
            cap=_period(table, "cap") if table.has("cap") else None,
            conditions=table.texts("conditions"),
        )

    def window(self, table: Table) -> Window:
        return Window(
            id=_id(table),
            ground=table.text("ground", example="newly discovered evidence"),
            cite=_cite(table),
            says=_says(table),
            check=_check(table),
            rule=self._rule(table, "rule"),
            material=table.flag("material", default=True),
        )

    def preservation(self, table: Table) -> Preservation:
        kinds = table.texts("item_kinds")
        for kind in kinds:
            self._check(table, "item_kinds", kind, ITEM_KINDS, "kind of item")
        return Preservation(
            id=_id(table),
            cite=_cite(table),
            says=_says(table),
            check=_check(table),
            material=table.text("material", example="biological evidence"),
            until=table.text("until", example="until the sentence has been served"),
            item_kinds=kinds,
            categories=table.texts("categories"),
            starts=self._events(table, "starts"),
            rule=self._rule(table, "rule"),
        )

    def _events(self, table: Table, key: str) -> tuple[str, ...]:
        found = table.texts(key)
        for event in found:
            self._check(table, key, event, self.events, "docket event")
        return found

    def _rule(self, table: Table, key: str) -> str:
        found = table.value(key)
        if found in (None, ""):
            return ""
        name = table.text(key, example="us-nm:5-614(C)")
        self._check(table, key, name, self.rules, "rule of this pack")
        return name

    def _check(self, table: Table, key: str, word: str, known: Collection[str], what: str) -> None:
        if word == DISCOVERY_REQUEST and word not in known:
            table.problem(key, f"{DERIVED}, and starts the clocks of rules only (triggers).")
        elif word and word not in known:
            near = difflib.get_close_matches(word, known, 3)
            hint = f"the nearest are {', '.join(near)}." if near else f"known: {', '.join(known)}."
            table.problem(key, f"“{word}” is no {what}: {hint}")


def _each(top: Table, key: str) -> Iterator[Table]:
    for table in top.tables(key):
        yield table
        table.done()


def _sovereign(top: Table) -> Provision | None:
    found = top.table("other_sovereign")
    if found is None:
        return None
    provision = Provision(_id(found), _cite(found), _says(found), _check(found))
    found.done()
    return provision


def _remedy(table: Table) -> Remedy:
    return Remedy(_id(table), _cite(table), _says(table), _check(table), table.texts("weighs"))


def _paper(table: Table) -> Paper:
    statements = tuple(_statement(one) for one in _each(table, "statements"))
    if not statements:
        table.problem(
            "statements", "is missing: expected [[papers.statements]], one for each thing it says."
        )
    return Paper(
        id=_id(table),
        kind=table.word("kind", PAPERS),
        title=table.text("title", example="Certificate of Disclosure"),
        cite=_cite(table),
        check=_check(table),
        layout=table.word("layout", LAYOUTS),
        required=table.flag("required", default=True),
        goes_to_defence=table.flag("goes_to_defence", default=True),
        statements=statements,
        signers=table.texts("signers"),
        says=table.text_or_empty("says"),
        effective_from=table.day("effective_from"),
        effective_to=table.day("effective_to"),
    )


def _statement(table: Table) -> Statement:
    text = table.text("text", example="{state} has disclosed all known material.")
    rest = text
    for place in _PLACES:
        rest = rest.replace(place, "")
    if "{" in rest or "}" in rest:
        table.problem("text", f"only {', '.join(_PLACES)} are filled in.")
    return Statement(text, table.text_or_empty("cite"), _check(table))


def _id(table: Table) -> str:
    return table.text("id", example="with_prejudice")


def _cite(table: Table) -> str:
    return table.text("cite", example="NMSA 1978, 30-1-8(B)")


def _says(table: Table) -> str:
    return table.text("says", example="what it says, in plain words")


def _check(table: Table) -> str:
    return table.word("check", CHECKS)


def _period_or_none(table: Table) -> Period | None:
    if table.value("period") == "none":
        return None
    if not table.has("period"):
        table.problem("period", "is missing: expected a period as “5 years”, or “none”.")
        return None
    return _period(table, "period")


def _period(table: Table, key: str) -> Period | None:
    words = table.text(key, example="5 years")
    try:
        return parse_period(words) if words else None
    except Refused as refused:
        table.problem(key, str(refused))
        return None


def _method(table: Table) -> Method:
    words = table.text_or_empty("method") or "anniversary_years"
    try:
        return parse_method(words)
    except Refused as refused:
        table.problem("method", str(refused))
        return Method("anniversary_years")


def _no_twice(top: Table, key: str, ids: list[str]) -> None:
    for double in sorted({one for one in ids if ids.count(one) > 1}):
        top.problem(key, f"“{double}” stands here twice: an id is used once.")
