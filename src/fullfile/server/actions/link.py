"""Run `link` over the record, learn an office's own model, and record what persons decide about suggestions.

A run is an entry, and so is each suggestion that changed: what stands already is not written again. A model that the
office learned is an entry too, with all its weights. A decision is a row of the table `links`, made by a
named person who did not book the item. A rejected suggestion stays closed until facts come that were not known
when it was rejected; then it stands open again from the day on which they were recorded, and says which they are.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from fullfile.core.entries import Draft
from fullfile.core.errors import NotFound, Reason, Refused
from fullfile.core.ids import key
from fullfile.core.said import say
from fullfile.engines.linkage.booking import find_index, suggest_one, write_index
from fullfile.engines.linkage.engine import EngineName
from fullfile.engines.linkage.model import Model, load_model
from fullfile.engines.linkage.suggesting import FEWEST_STRAYS, Found, Linkage, Suggested
from fullfile.server.settings import database_address, get_home
from fullfile.server.store.append import Writer, unit_of_work
from fullfile.server.store.linking import (
    Decided,
    Standing,
    bookers_of,
    facts_of,
    model_in_use,
    read_decided,
    read_standing,
)
from fullfile.server.store.load import cases, current_size, find_items
from fullfile.server.store.office import get_office

__all__ = ["LinkRun", "decide_link", "link_draft", "run_link"]

_DECISIONS = ("accept", "reject", "ask")
_RECORDED = 0.02
"""Suggestions below this probability are told and not recorded, but for each item's first."""
_SAME = 0.02
"""A probability that moved less is not written again."""
_REASONS = 24
_REST = 0.05
_LEAST_TOLD, _MOST_TOLD = 0.001, 0.999


@dataclass(frozen=True, slots=True)
class LinkRun:
    """What a run found.

    Attributes:
        model: the model that looked.
        entry: the index of the run.
        found: what was found.
        suggestions: for each item as written (agency, tag) its suggestions as data, the likeliest first.
        changed: how many suggestions were recorded.
        new: how many items have a suggestion that had none before.
        learned: what was learned in this run, as a sentence; empty: nothing.
    """

    model: Model
    entry: int
    found: Found
    suggestions: Mapping[tuple[str, str], list[dict[str, Any]]]
    changed: int
    new: int
    learned: str = ""


def run_link(
    by: str,
    *,
    now_ms: int,
    top: int = 20,
    every: bool = False,
    only: tuple[str, str] | None = None,
    train: bool = False,
    engine: EngineName = "duckdb",
    tell: Callable[[str], None] = lambda _: None,
) -> LinkRun:
    """Look for the cases that items belong to, and record what is suggested.

    The first run of an office that has enough to learn from learns its own weights; `train` learns them anew.

    Args:
        by: who asks for it.
        now_ms: what the clock says, UTC milliseconds.
        top: at most so many cases for an item.
        every: look at items that bear on a case too.
        only: one item, as (agency, tag).
        train: learn the office's own weights first.
        engine: where the joins run.
        tell: is told each step.

    Raises:
        NotFound: there is no such item.
    """
    size = current_size()
    model, adopted = model_in_use(size)
    if only is not None:
        return _run_one(by, only, size, model, now_ms=now_ms, top=top, tell=tell)
    learned = ""
    drafts: list[Draft] = []
    with (
        tempfile.TemporaryDirectory(prefix="fullfile-link-", dir=_scratch()) as scratch,
        Linkage(
            database_address(), size, model, scratch=Path(scratch), engine=engine, tell=tell
        ) as linkage,
    ):
        if train or (adopted is None and linkage.strays() >= FEWEST_STRAYS):
            tell("learning from this office's own things")
            version = datetime.fromtimestamp(now_ms / 1000, UTC).strftime("%Y-%m-%d")
            model, learned = linkage.learn(load_model(), version=version)
            linkage.model = model
            drafts.append(_adoption(model, by))
        found = linkage.suggest(top=top, which="TRUE" if every else _ORPHANS)
        tell("keeping an index for single items")
        write_index(get_home() / "linkage", linkage, found)
    return _record(by, size, model, found, drafts, None, now_ms=now_ms, learned=learned)


_ORPHANS = "i.item_id NOT IN (SELECT item_id FROM settled)"


def _run_one(
    by: str,
    only: tuple[str, str],
    size: int,
    model: Model,
    *,
    now_ms: int,
    top: int,
    tell: Callable[[str], None],
) -> LinkRun:
    items = find_items([only])
    if not items:
        raise NotFound(
            say("There is no item {only} of {only_2} on record.", only=only[1], only_2=only[0])
        )
    (item_id,) = items.values()
    with tempfile.TemporaryDirectory(prefix="fullfile-link-", dir=_scratch()) as scratch:
        index = find_index(get_home() / "linkage", size)
        found = (
            None
            if index is None
            else suggest_one(
                index, database_address(), size, model, item_id, scratch=Path(scratch), top=top
            )
        )
        if found is None:
            with Linkage(
                database_address(), size, model, scratch=Path(scratch), tell=tell
            ) as linkage:
                found = linkage.suggest(top=top, which=f"i.item_id = {item_id}")
                write_index(get_home() / "linkage", linkage, found)
    return _record(by, size, model, found, [], only, now_ms=now_ms)


def _scratch() -> Path:
    place = get_home() / "scratch"
    place.mkdir(parents=True, exist_ok=True)
    return place


def _adoption(model: Model, by: str) -> Draft:
    return Draft(
        "model.adopted",
        by,
        {
            "model": model.name,
            "version": model.version,
            "digest": model.digest,
            "trained_on": model.trained_on,
            "content": dict(model.data),
        },
    )


def _record(
    by: str,
    size: int,
    model: Model,
    found: Found,
    drafts: list[Draft],
    only: tuple[str, str] | None,
    *,
    now_ms: int,
    learned: str = "",
) -> LinkRun:
    today = (
        datetime.fromtimestamp(now_ms / 1000, UTC).astimezone(get_office().zone).date().isoformat()
    )
    with unit_of_work() as writer:
        if drafts:
            writer.append(drafts, now_ms=now_ms)
        run: dict[str, object] = {
            "model": model.name,
            "version": model.version,
            "digest": model.digest,
            "trained_on": model.trained_on,
            "size": size,
            "looked_at": found.looked_at,
            "suggested": len(found.suggestions),
            "base": f"{found.base:.3f}",
            "share": f"{found.share:.3f}",
        }
        if only is not None:
            run |= {"agency": only[0], "tag": only[1]}
        entry = writer.append([Draft("link.ran", by, run)], now_ms=now_ms)[0]
        one_id = None if only is None else next(iter(find_items([only]).values()))
        standing = read_standing(writer.size, one_id)
        decided = read_decided(writer.size)
        told = {
            item: [_as_data(found, one, decided, today) for one in cases_of]
            for item, cases_of in found.suggestions.items()
        }
        changes = list(_changes(told, standing, entry, by))
        if only is not None and only not in told:
            changes += _nothing(only, standing, entry, by)
        _append_all(writer, changes, now_ms)
        fresh = sum(1 for item in told if (key(item[0]), key(item[1])) not in standing)
    return LinkRun(model, entry, found, told, len(changes), fresh, learned)


def _append_all(writer: Writer, drafts: list[Draft], now_ms: int) -> None:
    for start in range(0, len(drafts), 5_000):
        writer.append(drafts[start : start + 5_000], now_ms=now_ms)


def _changes(
    told: Mapping[tuple[str, str], list[dict[str, Any]]],
    standing: Mapping[tuple[str, str], Standing],
    run: int,
    by: str,
) -> Iterator[Draft]:
    for (agency, tag), every in told.items():
        kept = [
            one
            for place, one in enumerate(every)
            if place == 0 or float(one["steps"][-1]["probability"]) >= _RECORDED
        ]
        old = standing.get((key(agency), key(tag)))
        if old is not None and _as_before(kept, old.suggestions):
            continue
        yield Draft(
            "suggestion.made",
            by,
            {"run": run, "agency": agency, "tag": tag, "suggestions": kept},
            corrects=None if old is None else old.entry,
        )


def _nothing(
    only: tuple[str, str],
    standing: Mapping[tuple[str, str], Standing],
    run: int,
    by: str,
) -> list[Draft]:
    old = standing.get((key(only[0]), key(only[1])))
    if old is None:
        return []
    data = {"run": run, "agency": only[0], "tag": only[1], "suggestions": []}
    return [Draft("suggestion.made", by, data, corrects=old.entry)]


def _as_before(new: list[dict[str, Any]], old: tuple[Mapping[str, Any], ...]) -> bool:
    """Whether what stands says the same: the same cases in the same order, the same facts, hardly another chance."""
    if [one["case_number"] for one in new] != [one["case_number"] for one in old]:
        return False
    for mine, theirs in zip(new, old, strict=True):
        if [one["on"] for one in mine["steps"]] != [one["on"] for one in theirs["steps"]]:
            return False
        if facts_of(mine["reasons"]) != facts_of(theirs["reasons"]):
            return False
        if any(
            abs(float(one["probability"]) - float(other["probability"])) >= _SAME
            for one, other in zip(mine["steps"], theirs["steps"], strict=True)
        ):
            return False
        if mine.get("again") != theirs.get("again"):
            return False
    return True


def _as_data(
    found: Found,
    one: Suggested,
    decided: Mapping[tuple[tuple[str, str], str], Decided],
    today: str,
) -> dict[str, Any]:
    reasons = [
        {
            "what": reason.what,
            "weight": f"{reason.weight:.3f}",
            "group": reason.group,
            "item_side": reason.item_side,
            "case_side": reason.case_side,
            "on": _iso(reason.day),
        }
        for reason in one.reasons[:_REASONS]
    ]
    steps: list[dict[str, str]] = []
    for day, bits in one.steps:
        step = {"on": _iso(day), "probability": f"{_clamped(found.probability(bits)):.3f}"}
        if not steps or steps[-1]["probability"] != step["probability"]:
            steps.append(step)
    # The weights and the base add up to the chance that is told, to rounding.
    chance = float(steps[-1]["probability"])
    said = found.base + sum(float(reason["weight"]) for reason in reasons)
    rest = math.log2(chance / (1 - chance)) - said
    if abs(rest) >= _REST:
        capped = chance in (_LEAST_TOLD, _MOST_TOLD)
        what = "no chance is told beyond 999 in 1,000" if capped else "all smaller signs together"
        reasons.append(
            {
                "what": what,
                "weight": f"{rest:.3f}",
                "group": "rest",
                "item_side": "",
                "case_side": "",
                "on": steps[0]["on"],
            }
        )
    data: dict[str, Any] = {"case_number": one.case_number, "steps": steps, "reasons": reasons}
    pair = ((key(one.agency), key(one.tag)), key(one.case_number))
    rejection = decided.get(pair)
    if rejection is not None:
        _after_rejection(data, rejection, today)
    return data


def _after_rejection(data: dict[str, Any], rejection: Decided, today: str) -> None:
    """What was rejected stays as it was on that day, unless facts came that were not known then."""
    known = rejection.reasons
    new = [
        one["what"]
        for one in data["reasons"]
        if float(one["weight"]) > 0
        and (one["item_side"] or one["case_side"])
        and (one["group"], one["item_side"], one["case_side"]) not in known
    ]
    steps = data["steps"]
    if not new:
        data["steps"] = [one for one in steps if one["on"] <= rejection.day] or [
            {**steps[0], "on": min(steps[0]["on"], rejection.day)}
        ]
        return
    data["again"] = {"entry": rejection.entry, "new": new}
    if steps[-1]["on"] <= rejection.day:
        after = (date.fromisoformat(rejection.day) + timedelta(days=1)).isoformat()
        data["steps"] = [*steps, {**steps[-1], "on": max(today, after)}]


def _clamped(probability: float) -> float:
    return min(max(probability, _LEAST_TOLD), _MOST_TOLD)


def _iso(day: int | None) -> str:
    return "" if day is None else (date(1970, 1, 1) + timedelta(days=day)).isoformat()


def decide_link(
    decision: str, agency: str, tag: str, case: str, *, by: str, reason: str, now_ms: int
) -> int:
    """Record what a person decided about a suggestion. The index of the entry.

    Args:
        decision: accept, reject or ask.
        agency: who holds the item.
        tag: its tag.
        case: the case number.
        by: who decides; never whoever booked the item.
        reason: why; needed to reject.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        NotFound: there is no such item or case.
        Refused: with every reason.
    """
    with unit_of_work() as writer:
        draft = link_draft(
            decision, agency, tag, case, by=by, reason=reason, size=writer.size, now_ms=now_ms
        )
        return writer.append([draft], now_ms=now_ms)[0]


def link_draft(
    decision: str, agency: str, tag: str, case: str, *, by: str, reason: str, size: int, now_ms: int
) -> Draft:
    """The entry of a decision: see `decide_link`, which records it.

    Args:
        decision: accept, reject or ask.
        agency: who holds the item.
        tag: its tag.
        case: the case number.
        by: who decides.
        reason: why.
        size: of the record.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        NotFound: there is no such item or case.
        Refused: with every reason.
    """
    numbers = cases()
    if key(case) not in numbers:
        raise NotFound(say("There is no case {case} on record.", case=case))
    found = find_items([(agency, tag)])
    if not found:
        raise NotFound(say("There is no item {tag} of {agency} on record.", tag=tag, agency=agency))
    (item_id,) = found.values()
    reasons = []
    if decision not in _DECISIONS:
        reasons.append(
            Reason(
                "decision_unknown",
                say(
                    "“{decision}” is none of {decisions}.",
                    decision=decision,
                    decisions=", ".join(_DECISIONS),
                ),
            )
        )
    if not by.strip():
        reasons.append(Reason("by_missing", say("A decision names who decides: give --by NAME.")))
    if decision in ("reject", "ask") and not reason.strip():
        reasons.append(
            Reason(
                "reason_missing",
                say(
                    "To {decision} a suggestion needs a reason: give --reason TEXT.",
                    decision=decision,
                ),
            )
        )
    if key(by) in bookers_of(item_id, size):
        reasons.append(
            Reason(
                "booked_it",
                say("{by} booked the item: another person decides what it belongs to", by=by),
            )
        )
    if reasons:
        raise Refused(reasons)
    moment = datetime.fromtimestamp(now_ms / 1000, UTC).astimezone(get_office().zone)
    data = {
        "agency": agency,
        "tag": tag,
        "case_number": numbers[key(case)],
        "decision": decision,
        "by": by,
        "decided_at": moment.isoformat(timespec="seconds"),
    }
    if reason.strip():
        data["reason"] = reason.strip()
    return Draft("link.recorded", by, data)
