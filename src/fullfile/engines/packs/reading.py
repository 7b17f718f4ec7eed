"""One pack from its folder: `pack.toml`, and one file for each rule in `rules/`."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from fullfile.core.entries.rows import DISCOVERY_REQUEST, DOCKET_EVENTS, ITEM_KINDS, PARTY_STATUSES
from fullfile.core.errors import Refused
from fullfile.core.rules import (
    AFTER,
    ANNOUNCE,
    CHECKS,
    CONTINUING,
    DIRECTIONS,
    DUTIES,
    ORDERS,
    ROLLS,
    SIDES,
    TRIGGER_CHOICES,
    Authority,
    CourtLevel,
    Covered,
    Ground,
    Method,
    Named,
    Pack,
    Period,
    Rule,
    Trigger,
    Variant,
    default_direction,
    default_roll,
    parse_method,
    parse_period,
)
from fullfile.engines.packs.calendars import read_weekend
from fullfile.engines.packs.provisions import DERIVED, PROVISION_FILES, read_provisions
from fullfile.engines.packs.tables import PackProblem, Source, Table, canonical_digest, read_source

__all__ = ["read_pack", "rule_file_name"]


def rule_file_name(rule_id: str) -> str:
    """The name of a rule's files: `us-nm:5-501(A)` lies in `5-501-A.toml`."""
    plain = rule_id.partition(":")[2] or rule_id
    kept = "".join(letter if letter.isalnum() else "-" for letter in plain)
    return "-".join(part for part in kept.split("-") if part) + ".toml"


def read_pack(folder: Path, *, origin: str, problems: list[PackProblem]) -> Pack | None:
    """Read the pack in a folder; None, with every problem noted, when anything in it is wrong.

    Half a pack would be half the law, so a pack with one mistake is not used at all.
    """
    found: list[PackProblem] = []
    head_path = folder / "pack.toml"
    head = read_source(head_path, shown_as=f"packs/{folder.name}/pack.toml", problems=found)
    if head is None:
        problems.extend(found)
        return None
    said: dict[str, object] = {"pack.toml": head.data}
    sources: list[Source] = []
    for path in sorted((folder / "rules").glob("*.toml")):
        shown = f"packs/{folder.name}/rules/{path.name}"
        source = read_source(path, shown_as=shown, problems=found)
        if source is not None:
            sources.append(source)
            said[f"rules/{path.name}"] = source.data
    beside: dict[str, Source] = {}
    for name in PROVISION_FILES:
        if (folder / name).exists():
            source = read_source(
                folder / name, shown_as=f"packs/{folder.name}/{name}", problems=found
            )
            if source is not None:
                beside[name] = source
                said[name] = source.data
    pack = _pack(head, sources, folder.name, origin, canonical_digest(said))
    pack = read_provisions(pack, beside)
    found.extend(head.problems)
    for source in (*sources, *beside.values()):
        found.extend(source.problems)
    problems.extend(found)
    return None if found else pack


def _pack(head: Source, sources: list[Source], folder: str, origin: str, digest: str) -> Pack:
    top = Table(head, head.data, ())
    pack_id = top.text("id", example="us-nm")
    if pack_id and pack_id != folder:
        top.problem("id", f"is “{pack_id}”, and the folder is “{folder}”: they must agree.")
    zones = top.texts("time_zones", needed=True)
    for zone in zones:
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            top.problem(
                "time_zones", f"“{zone}” is no time zone: expected a name as America/Denver."
            )
    levels = tuple(
        CourtLevel(
            table.text("id", example="district"),
            table.text("name", example="district court"),
            table.text_or_empty("note"),
        )
        for table in _each(top, "court_levels")
    )
    words = tuple(level.id for level in levels)
    default = top.text("default_court_level", example="district")
    if default and default not in words:
        top.problem(
            "default_court_level", f"expected one of {', '.join(words) or '[[court_levels]]'}."
        )
    events = _named(top, "docket_events")
    pack = Pack(
        id=pack_id,
        name=top.text("name", example="New Mexico"),
        language=top.text("language", example="en"),
        time_zones=zones,
        version=top.text("version", example="2026.1"),
        effective_from=top.day_needed("effective_from"),
        effective_to=top.day("effective_to"),
        weekend=read_weekend(top),
        calendar=top.text("calendar", example="us-nm-courts"),
        not_legal_advice=top.text("not_legal_advice", example="This is not legal advice."),
        court_levels=levels,
        default_court_level=default,
        rules=_rules(sources, pack_id, words, (*DOCKET_EVENTS, *(event.id for event in events))),
        grounds=tuple(_ground(table) for table in _each(top, "grounds")),
        authorities=tuple(
            Authority(
                table.text("cite", example="Rule 5-104 NMRA"),
                table.text("says", example="how time is counted"),
                table.word("check", CHECKS),
                table.text_or_empty("version"),
            )
            for table in _each(top, "authorities")
        ),
        docket_events=events,
        grades=_named(top, "grades"),
        reviewed_on=top.day("reviewed_on"),
        state_name=top.text("state_name", example="the State")
        if top.has("state_name")
        else "the State",
        origin=origin,
        digest=digest,
    )
    _no_twice(top, "grounds", [ground.id for ground in pack.grounds])
    _no_twice(top, "court_levels", list(words))
    top.done()
    return replace(pack, rules=tuple(_dated(rule, pack) for rule in pack.rules))


def _dated(rule: Rule, pack: Pack) -> Rule:
    """A rule that states no dates is taken to be in force as long as its pack."""
    return replace(
        rule,
        effective_from=rule.effective_from or pack.effective_from,
        effective_to=rule.effective_to or pack.effective_to,
    )


def _each(top: Table, key: str) -> Iterator[Table]:
    """The tables under a key; each is checked for unknown keys once it has been read."""
    for table in top.tables(key):
        yield table
        table.done()


def _named(top: Table, key: str) -> tuple[Named, ...]:
    return tuple(
        Named(table.text("id", example="misdemeanor"), table.text("name", example="misdemeanor"))
        for table in _each(top, key)
    )


def _ground(table: Table) -> Ground:
    return Ground(
        id=table.text("id", example="informer"),
        name=table.text("name", example="identity of an informer"),
        cite=table.text("cite", example="Rule 5-501(F) NMRA"),
        order=table.word("order", ORDERS),
        announce=table.word("announce", ANNOUNCE),
        check=table.word("check", CHECKS),
        says=table.text_or_empty("says"),
    )


def _no_twice(top: Table, key: str, ids: list[str]) -> None:
    for double in sorted({one for one in ids if one and ids.count(one) > 1}):
        top.problem(key, f"“{double}” stands here twice: an id is used once.")


def _rules(
    sources: list[Source], pack_id: str, levels: tuple[str, ...], events: tuple[str, ...]
) -> tuple[Rule, ...]:
    rules: list[Rule] = []
    for source in sources:
        top = Table(source, source.data, ())
        rule = _rule(top, pack_id, levels, events)
        top.done()
        if any(
            rule.id == other.id and rule.effective_from == other.effective_from for other in rules
        ):
            top.problem("id", f"“{rule.id}” stands in two files with the same effective_from.")
        rules.append(rule)
    return tuple(rules)


def _rule(top: Table, pack_id: str, levels: tuple[str, ...], events: tuple[str, ...]) -> Rule:
    rule_id = top.text("id", example=f"{pack_id}:5-501(A)")
    if rule_id and not rule_id.startswith(f"{pack_id}:"):
        top.problem("id", f"expected an id that begins with “{pack_id}:”, found “{rule_id}”.")
    method = _method(top)
    given = top.has("roll")
    direction = top.word("direction", DIRECTIONS, default=default_direction(method))
    roll = top.word("roll", (*ROLLS, "not_stated"), default=default_roll(method))
    bound = top.texts("court_levels", needed=True)
    for level in bound:
        if level not in levels:
            top.problem(
                "court_levels", f"“{level}” is no court level of pack.toml ({', '.join(levels)})."
            )
    duty = top.word("duty", DUTIES)
    continuing = top.word("continuing", CONTINUING) if top.has("continuing") else None
    if duty == "continuing" and continuing is None:
        top.problem("continuing", f"is missing: expected one of {', '.join(CONTINUING)}.")
    period = _period(top)
    if period is None and method.name not in ("undated", "event_fixed"):
        if not top.has("period"):
            top.problem("period", f"is missing: {method} counts a number, for example “10 days”.")
    elif period is not None and method.name in ("undated", "event_fixed"):
        top.problem(
            "period", f"{method} takes no number: use period_words for the law's own words."
        )
    return Rule(
        id=rule_id,
        cite=top.text("cite", example="Rule 5-501(A) NMRA"),
        title=top.text("title", example="the State's first disclosure"),
        duty=duty,
        owes=top.word("owes", SIDES),
        to=top.word("to", SIDES),
        court_levels=bound,
        triggers=_triggers(top, events),
        trigger_words=top.text("trigger_words", example="arraignment, or the filing of a waiver"),
        method=method,
        direction=direction,
        roll=default_roll(method) if roll == "not_stated" else roll,
        roll_stated=(given or direction == AFTER) and roll != "not_stated",
        check=top.word("check", CHECKS),
        period=period,
        period_words=top.text_or_empty("period_words"),
        covers=tuple(
            Covered(
                table.text("part", example="A(1)"),
                table.text("what", example="statements of the defendant"),
                table.word("check", CHECKS),
            )
            for table in _each(top, "covers")
        ),
        continuing=continuing,
        paper=top.text_or_empty("paper"),
        says=top.text_or_empty("says"),
        version=top.text_or_empty("version"),
        to_confirm=top.text_or_empty("to_confirm"),
        effective_from=top.day("effective_from"),
        effective_to=top.day("effective_to"),
        item_kinds=_kinds(top, duty),
        variants=tuple(_variant(table) for table in _each(top, "variants")),
        trigger_choice=top.word("trigger_choice", TRIGGER_CHOICES, default="first"),
        suspendable=top.flag("suspendable", default=False),
    )


def _kinds(top: Table, duty: str) -> tuple[str, ...]:
    kinds = top.texts("item_kinds")
    for kind in kinds:
        if kind not in ITEM_KINDS:
            top.problem("item_kinds", f"“{kind}” is no kind of item ({', '.join(ITEM_KINDS)}).")
    if kinds and duty != "first_disclosure":
        top.problem("item_kinds", "only a first_disclosure is for some kinds of items.")
    return kinds


def _variant(table: Table) -> Variant:
    return Variant(
        status=table.word("status", PARTY_STATUSES),
        period=_period(table) or Period(1, "days"),
        cite=table.text("cite", example="CPL 245.10(1)(a)(i)"),
        check=table.word("check", CHECKS),
    )


def _method(top: Table) -> Method:
    words = top.text("method", example="calendar_roll")
    try:
        return parse_method(words) if words else Method("undated")
    except Refused as refused:
        top.problem("method", str(refused))
        return Method("undated")


def _period(top: Table) -> Period | None:
    words = top.text_or_empty("period")
    if not words:
        return None
    try:
        return parse_period(words)
    except Refused as refused:
        top.problem("period", str(refused))
        return None


def _triggers(top: Table, events: tuple[str, ...]) -> tuple[Trigger, ...]:
    found: list[Trigger] = []
    for words in top.texts("triggers"):
        event, _, source = words.partition(":")
        if source not in ("", "occurred_on", "due_on"):
            top.problem("triggers", f"“{words}”: expected an event, or event:due_on.")
        if event == DISCOVERY_REQUEST:
            if source == "due_on":
                top.problem("triggers", f"“{words}”: {DERIVED}, and sets no day.")
        elif event not in events:
            near = difflib.get_close_matches(event, (*events, DISCOVERY_REQUEST), 3)
            hint = f"the nearest are {', '.join(near)}; " if near else ""
            if DISCOVERY_REQUEST in near:
                hint += f"{DERIVED}; "
            top.problem(
                "triggers",
                f"“{event}” is no docket event: {hint}a new one is named in [[docket_events]] of pack.toml.",
            )
        found.append(Trigger(event, source or "occurred_on"))
    return tuple(found)
