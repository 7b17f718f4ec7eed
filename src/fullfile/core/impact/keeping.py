"""The holds that stand on an item, and the preservation duties it may fall under.

Holds are those of `core.custody.holds`. A preservation duty applies where the item's kind and
category fit its words and it has begun; whether the thing itself is what the law means
is a person's judgment, and `why` says on what words the duty was named.
"""

from __future__ import annotations

from collections.abc import Sequence

from fullfile.core.custody.holds import holds_on
from fullfile.core.facts.dates import when_words
from fullfile.core.facts.rows import ItemKey, Row
from fullfile.core.ids import day_text, key
from fullfile.core.impact.linked import event_words
from fullfile.core.impact.result import Hold, Keeping, LinkedCase
from fullfile.core.impact.windows import as_day, counted_from
from fullfile.core.matching import World
from fullfile.core.rules.packs import Pack
from fullfile.core.rules.provisions import Preservation
from fullfile.core.said import joined, say

__all__ = ["holds_of", "keeping_of"]


def holds_of(world: World, items: Sequence[ItemKey]) -> tuple[Hold, ...]:
    """Every hold that stands on one of the items now, each once."""
    found: dict[str, Hold] = {}
    for item in items:
        standing = holds_on(
            world.facts,
            world.cases,
            world.things,
            world.bearing,
            item,
            world.on(),
            world.cases_of(item),
            world.policy.threshold,
        )
        for hold in standing:
            found.setdefault(
                f"{key(hold.name)} {hold.words}",
                Hold(
                    name=hold.name,
                    words=hold.words,
                    since=day_text(hold.since),
                    by=hold.by,
                    case_number=hold.case,
                    ends=hold.ends,
                    entries=hold.entries,
                ),
            )
    return tuple(found.values())


def keeping_of(world: World, cases: Sequence[LinkedCase], item: ItemKey) -> tuple[Keeping, ...]:
    """The preservation duties of the linked cases' packs that an item may fall under."""
    rows = world.facts.of_item("items", item)
    found: dict[tuple[str, str], Keeping] = {}
    for linked in cases:
        pack = world.law.pack(linked.jurisdiction)
        for duty in pack.preservation if pack is not None else ():
            why = _fits(duty, rows)
            begun = _begun(world, linked, duty)
            if pack is not None and why and begun is not None:
                kept = _keeping(world, linked, pack, duty, why, begun)
                found.setdefault((pack.id, duty.id), kept)
    return tuple(found.values())


def _fits(duty: Preservation, rows: Sequence[Row]) -> str:
    """On what words a duty fits an item; empty where it does not."""
    kinds = {key(row.text("kind")) for row in rows} - {""}
    said = " ".join(key(row.text("category")) for row in rows)
    if duty.item_kinds and not kinds & {key(kind) for kind in duty.item_kinds}:
        return ""
    if duty.categories:
        hits = [word for word in duty.categories if key(word) in said]
        return say("its category has “{hits}”", hits=hits[0]) if hits else ""
    if duty.item_kinds:
        return say("it is a {kinds}", kinds=", ".join(sorted(kinds)))
    return say("the duty is for every item")


def _begun(world: World, linked: LinkedCase, duty: Preservation) -> list[Row] | None:
    """The rows that began a duty; None where none has. Without such events it runs from the seizure."""
    if not duty.starts:
        return []
    case = world.cases.by_key[linked.key]
    on = world.on(case)
    rows = [
        row
        for row in world.facts.of_case("docket", case.key)
        if row.data["event"] in duty.starts and (row.first or 0) <= on
    ]
    return sorted(rows, key=lambda row: row.ord) or None


def _keeping(
    world: World, linked: LinkedCase, pack: Pack, duty: Preservation, why: str, begun: list[Row]
) -> Keeping:
    rules = [rule for rule in pack.rules if rule.id == duty.rule]
    last = None
    if rules and begun:
        last = as_day(counted_from(world, pack, rules, begun[0]).due)
    since = say("from the seizure")
    if begun:
        event = event_words(begun[0].text("event"))
        since = say(
            "since {event} {when_words}",
            event=event,
            when_words=when_words(begun[0].text("occurred_on"), begun[0].first or 0),
        )
    return Keeping(
        case_number=linked.case_number,
        id=f"{pack.id}:{duty.id}",
        material=duty.material,
        until=duty.until,
        last_day=None if last is None else last.isoformat(),
        why=joined((why, since), "; "),
        cite=duty.cite,
        check=duty.check,
        says=duty.says,
        entries=tuple(row.entry for row in begun[:1]),
    )
