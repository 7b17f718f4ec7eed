"""Lines beside the items: unbooked, unanswered, barred counts, orphans (the match, section 9)."""

from __future__ import annotations

import ibis

from fullfile.core.facts.suggestions import millionths
from fullfile.core.facts.suspected import DECIDED
from fullfile.core.matching.line import State
from fullfile.engines.matching.arithmetic import day, day_after, later, none, target_on
from fullfile.engines.matching.expressions.bearing import (
    item_facts,
    not_of_the_state,
    pairs,
)
from fullfile.engines.matching.expressions.cases import (
    case_facts,
    case_reports,
    concerned,
    happened,
    matter,
    twins,
)
from fullfile.engines.matching.expressions.custody import custody_facts, handled
from fullfile.engines.matching.expressions.due import clocks, due, refiled
from fullfile.engines.matching.expressions.lines import as_line
from fullfile.engines.matching.tables import Expr
from fullfile.engines.matching.work import Work, attach

__all__ = ["barred_counts", "orphans", "unanswered", "unbooked"]

_BARS = ("acquitted", "convicted", "dismissed_with_prejudice")
_UNBARS = ("new_trial_granted", "reversed", "remanded", "reinstated")
"""Re-openings; that the State refiles takes no bar away."""
_WHO = ["case_id", "defendant_id"]
_OF = ["case_id", "agency_id"]


def _always(state: State) -> dict[State, Expr]:
    return {state: ibis.literal(value=True)}


def orphans(work: Work) -> Expr:
    """An item of the State on the list or handled at T that arises in no case on record on T."""
    facts = item_facts(work)
    columns = ["item_id", "agency_id", "held", "booked", "on_list"]
    listed = facts.filter(facts.on_list & facts.agency_id.notnull()).select(*columns)
    touched = handled(work)
    if touched is not None:
        # What only a booking has on the list is among them: its agency is known by its key.
        other = touched.distinct().anti_join(listed, "item_id")
        other = attach(other, facts.drop("agency_id"), ["item_id"])
        other = attach(other, work.tables["item_key"].select("item_id", "agency_id"), ["item_id"])
        other = other.mutate(on_list=ibis.coalesce(other.on_list, ibis.literal(value=False)))
        listed = listed.union(other.select(*columns))
    rows = listed.anti_join(pairs(work), "item_id")
    outside = not_of_the_state(work)
    if outside is not None:
        rows = rows.anti_join(outside, "agency_id")
    rows = _with_examination(work, work.step("orphans", rows, ("item_id",)))
    found = custody_facts(work)
    missing = ~rows.on_list  # handled, and on no list
    states = _always(State.ORPHAN)
    if found is None:
        rows = rows.mutate(is_missing=missing)
    else:
        rows = attach(rows, found, ["item_id"])
        rows = rows.mutate(is_missing=~rows.on_list | rows.missing_since.notnull())
        states[State.DESTROYED_UNDER_HOLD] = rows.kept_first.notnull()
    states[State.MISSING] = rows.is_missing
    return as_line(
        rows,
        "item",
        states,
        State.ORPHAN,
        may_settle=True,
        item_id=rows.item_id,
        agency_id=rows.agency_id,
        held_first=rows.held,
        booked_first=rows.booked,
    )


def _with_examination(work: Work, rows: Expr) -> Expr:
    """Adds `settled`: a run of `link` covered the item as it now is, and no suggestion stands open."""
    if not work.has("link_runs"):
        return rows.mutate(settled=ibis.literal(value=False))
    runs = work.seen("link_runs")
    over_all = runs.filter(runs.item_id.isnull()).agg(all_to=runs.size.max())
    of_item = runs.filter(runs.item_id.notnull()).group_by("item_id").agg(own_to=runs.size.max())
    rows = attach(rows, of_item, ["item_id"]).cross_join(over_all)
    last = work.seen("items").select("item_id", "entry")
    if work.has("custody"):
        last = last.union(work.seen("custody").select("item_id", "entry"))
    last = last.semi_join(rows, "item_id").group_by("item_id").agg(last_entry=last.entry.max())
    rows = attach(work.step("examined", rows, ("item_id",)), last, ["item_id"])
    reach = later(rows.all_to, rows.own_to)
    covered = ibis.coalesce(ibis.coalesce(rows.last_entry, -1) < reach, ibis.literal(value=False))
    rows = work.step("covered", rows.mutate(covered=covered), ("item_id",))
    suspected = _open_suggestions(work)
    if suspected is None:
        return rows.mutate(settled=rows.covered)
    rows = attach(rows, suspected.mutate(suspected=ibis.literal(value=True)), ["item_id"])
    return rows.mutate(settled=rows.covered & rows.suspected.isnull())


def _open_suggestions(work: Work) -> Expr | None:
    """Items (item_id) with a suggestion at or above the threshold that nobody has decided since."""
    if not work.has("suggestions"):
        return None
    on = ibis.literal(work.moment.on, "int64")
    steps = work.seen("suggestions")
    steps = steps.filter(steps["first"] <= on)
    pair = ["item_id", "case_id"]
    latest = steps.group_by(pair).agg(first=steps["first"].max())
    found = attach(latest, steps, [*pair, "first"], how="inner")
    found = found.filter(found.millionths >= millionths(work.policy.threshold))
    if work.has("links"):
        links = work.seen("links")
        links = links.filter(links.decision.isin(DECIDED))
        links = happened(work, links)
        decided = links.group_by(pair).agg(decided=links["last"].max())
        found = attach(work.step("suspected", found), decided, pair)
        found = found.filter(found.decided.isnull() | (found["first"] > found.decided))
    return found.select("item_id").distinct()


def unbooked(work: Work) -> Expr | None:
    """A mention by T that nobody closed and nobody booked: one line for each case it names."""
    if not work.has("mentions"):
        return None
    mentions = work.seen("mentions")
    mentions = mentions.filter(~mentions.closed)
    items = work.seen("items")
    quantities = items.filter(items.quantity.notnull())
    first = quantities.group_by("item_id").agg(entry=quantities.entry.min())
    quantities = quantities.semi_join(first, "entry").select("item_id", whole="quantity")
    listed = item_facts(work)
    listed = listed.filter(listed.on_list).select("item_id").semi_join(mentions, "item_id")
    listed = attach(listed, quantities, ["item_id"]).mutate(on_list=ibis.literal(value=True))
    rows = attach(mentions, listed, ["item_id"])
    smaller = ibis.coalesce(rows.whole < rows.quantity, ibis.literal(value=False))
    rows = rows.filter(rows.on_list.isnull() | smaller)
    rows = rows.select("entry", "case_id", "report_id", "item_id", "agency_id", "last")
    rows = work.keep("unbooked", rows, ("case_id",))
    cases = attach(case_facts(work).select("case_id", "start", "t"), _all_ended(work), ["case_id"])
    columns = ["entry", "item_id", "agency_id", "last"]
    named = [rows.filter(rows.case_id.notnull()).select(*columns, "case_id")]
    if work.had("case_reports"):
        other = rows.filter(rows.case_id.isnull())
        other = attach(other.drop("case_id"), case_reports(work), ["report_id"], how="inner")
        named.append(other.select(*columns, "case_id"))
    every = ibis.union(*named) if len(named) > 1 else named[0]
    every = work.keep("in_cases", attach(every, cases, ["case_id"], how="inner"), ("entry",))
    exist = every.filter(every.start.isnull() | (every.start <= every.t))
    alone = rows.anti_join(exist, "entry").filter(lambda mention: mention["last"] <= work.on)
    here = exist.filter(exist["last"] <= exist.t)
    alone = alone.select(*columns, case_id=none("int32"), ended_day=none("int32"))
    both = here.select(*columns, "case_id", "ended_day").union(alone)
    after = both["last"] >= day_after(both.ended_day)
    both = both.mutate(after_end=ibis.coalesce(after, ibis.literal(value=False)))
    return as_line(
        both,
        "mention",
        _always(State.UNBOOKED),
        State.UNBOOKED,
        case_id=both.case_id,
        item_id=both.item_id,
        agency_id=both.agency_id,
        entry=both.entry,
        ended_day=both.ended_day,
        changed=both.after_end,
    )


def _all_ended(work: Work) -> Expr:
    """(case_id, ended_day) of cases in which every defendant's case has ended."""
    clock = clocks(work).filter(lambda rows: rows.present)
    ended = clock.group_by("case_id").agg(last=clock.frozen.max(), open=clock.frozen.isnull().any())
    ended = ended.filter(~ended.open)
    return ended.select("case_id", ended_day=day(ended["last"]))


def _bearing_by_agency(work: Work) -> Expr:
    """Per case and agency: how many of its items bear on it, the last held, the last to bear."""
    each = pairs(work)
    return work.share(
        "by_agency",
        lambda: each.group_by(_OF).agg(last_held=each.held.max(), last_bears=each.bears.max()),
        keys=_OF,
    )


def _agencies_of_cases(work: Work) -> Expr:
    """The State's agencies of each case: listed, of its numbers, officers, items and their custody."""
    parts = [_bearing_by_agency(work).select(*_OF)]
    if work.has("case_agencies"):
        parts.append(work.seen("case_agencies").select(*_OF))
    if work.has("case_reports"):
        keys = work.tables["report_key"].select("report_id", "agency_id")
        listed = work.seen("case_reports").select("case_id", "report_id")
        parts.append(attach(listed, keys, ["report_id"], how="inner").select(*_OF))
    if work.has("parties"):
        parties = work.seen("parties")
        officers = parties.filter((parties.role == "officer") & parties.agency_id.notnull())
        parts.append(officers.select(*_OF))
    if work.has("custody_names") and work.has("agency_names"):
        parts.append(_had_in_hand(work))
    every = ibis.union(*parts, distinct=True) if len(parts) > 1 else parts[0]
    every = work.step("agencies_of", every, _OF)
    outside = not_of_the_state(work)
    return every if outside is None else every.anti_join(outside, "agency_id")


def _had_in_hand(work: Work) -> Expr:
    """Agencies on record that the custody of an item that arises by T names, each by any name."""
    names = work.seen("agency_names")
    # Of several agencies that go by one name, the first recorded has it.
    first = names.group_by("name_norm").agg(entry=names.entry.min())
    called = attach(names, first, ["name_norm", "entry"], how="inner")
    called = called.select("agency_id", "name_norm").distinct()
    events = work.seen("custody_names").select("item_id", "first", "name_norm")
    events = attach(events, called, ["name_norm"], how="inner")
    events = events.select("item_id", "first", "agency_id")
    events = work.step("in_hand", events, ("item_id",))
    rows = attach(pairs(work).select("item_id", "case_id"), events, ["item_id"], how="inner")
    if work.moment.uniform:
        rows = rows.filter(rows["first"] <= work.on)
    else:
        rows = attach(rows, case_facts(work).select("case_id", "t"), ["case_id"], how="inner")
        rows = rows.filter(rows["first"] <= rows.t)
    return rows.select(*_OF).distinct()


def _first_due(work: Work) -> Expr:
    """Cases in which a defendant's first due date has come: of an item held since case_start."""
    clock = clocks(work)
    over = ibis.coalesce(clock.t > clock.ended, ibis.literal(value=False))
    rows = clock.filter(clock.present & ~over)
    rows = rows.mutate(held_day=day(rows.start))
    rows = refiled(work, due(work, work.keep("first_due", rows, ("case_id",))))
    exists = rows.start.isnull() | (rows.start <= rows.t)
    rows = work.step("dated", rows.mutate(has_come=exists & (rows.due_day <= day(rows.t))))
    first = rows.filter(rows.has_come)
    return first.group_by("case_id").agg(due_day=first.due_day.min())


def unanswered(work: Work) -> Expr:
    """A State agency of a case without a standing answer, once the first due date has come."""
    rows = attach(_agencies_of_cases(work), _first_due(work), ["case_id"], how="inner")
    if work.has("answers"):
        rows = rows.anti_join(work.keep("standing", _standing(work), _OF), _OF)
    return as_line(
        rows,
        "agency",
        _always(State.UNANSWERED),
        State.UNANSWERED,
        case_id=rows.case_id,
        agency_id=rows.agency_id,
        due_day=rows.due_day,
    )


def _standing(work: Work) -> Expr:
    """(case_id, agency_id) whose last answer by T stands."""
    rows = happened(work, work.seen("answers"))
    last = rows.group_by(_OF).agg(ord=rows.ord.max())
    rows = attach(rows, last, [*_OF, "ord"], how="inner")
    rows = rows.select(*_OF, "answer", "last", said="entry", said_batch="batch")
    rows = attach(rows, _bearing_by_agency(work), _OF)
    rows = attach(rows, case_facts(work).select("case_id", "start", "t"), ["case_id"], "inner")
    arises = ibis.ifelse(rows.last_bears.notnull(), later(rows.last_bears, rows.start), none())
    rows = rows.mutate(last_arises=arises)
    rows = work.keep("answers", rows, _OF)
    nothing = rows.filter((rows.answer == "nothing_held") & rows.last_bears.isnull())
    told = day(rows["last"])
    more = rows.filter(
        (rows.answer == "more_to_come") & (day(rows.t) <= told + target_on(told, work.policy))
    )
    everything = rows.filter(
        (rows.answer == "all_handed_over")
        & ~ibis.coalesce(rows.last_held > rows["last"], ibis.literal(value=False))
        & ~ibis.coalesce(rows.last_arises > rows["last"], ibis.literal(value=False))
    )
    everything = everything.anti_join(_recorded_later(work, everything), _OF)
    parts = [nothing, more, everything]
    return ibis.union(*[work.step("stands", part.select(*_OF)) for part in parts])


def _recorded_later(work: Work, answers: Expr) -> Expr:
    """Answers after which an item of the agency was first recorded in another import."""
    mine = attach(pairs(work).select("item_id", *_OF), answers, _OF, how="inner")
    items = work.every("items").semi_join(mine, "item_id")
    first = items.group_by("item_id").agg(entry=items.entry.min())
    first = items.semi_join(first, "entry").select(
        "item_id", recorded="entry", recorded_batch="batch"
    )
    met = attach(mine, first, ["item_id"], how="inner")
    other = (met.recorded_batch != met.said_batch) | (met.recorded_batch == -1)
    return met.filter((met.recorded > met.said) & other).select(*_OF).distinct()


def barred_counts(work: Work) -> Expr | None:
    """A count charged after a ruling that bars it, not re-opened between, without override."""
    if not (work.has("counts") and work.has("docket")):
        return None
    docket = work.seen("docket")
    rulings = happened(work, docket.filter(docket.event.isin((*_BARS, *_UNBARS))))
    if not work.any(rulings.filter(rulings.event.isin(_BARS))):
        return None
    counts = work.keep("charged", _charged(work), _WHO)
    seats = work.keep("seats", _seats(work, counts), ("other_id", "twin_id"))
    met = attach(counts, seats, _WHO, how="inner")
    met = attach(met, _rulings(work, rulings), ["other_id", "twin_id"], how="inner")
    met = met.filter(met["first"] < met.charged)
    offences = _offences(work)
    named = offences.select("other_id", "twin_id", "offense_norm", "which")
    some = named.select("other_id", "twin_id", "offense_norm").distinct()
    by_count = met.filter(met.which != "").semi_join(
        named, ["other_id", "twin_id", "offense_norm", "which"]
    )
    of_all = met.filter(met.which == "").semi_join(some, ["other_id", "twin_id", "offense_norm"])
    met = work.keep("barring", by_count.union(of_all), ("entry",))
    seat = ["entry", *_WHO, "other_id", "twin_id"]
    last = met.group_by(seat).agg(
        barred=met.ord.max(where=met.bars), reopened=met.ord.max(where=~met.bars)
    )
    last = last.filter(
        last.barred.notnull() & (last.reopened.isnull() | (last.reopened < last.barred))
    )
    barred = last.select("entry", *_WHO).distinct()
    return as_line(
        barred,
        "count",
        _always(State.BARRED_COUNT),
        State.BARRED_COUNT,
        case_id=barred.case_id,
        defendant_id=barred.defendant_id,
        entry=barred.entry,
    )


def _charged(work: Work) -> Expr:
    """Counts by T without override, with the moment from which each stands."""
    counts = work.seen("counts")
    rows = counts.filter(~counts.overridden)
    cases = case_facts(work).select("case_id", "start", "t")
    rows = attach(rows, cases, ["case_id"], how="inner")
    rows = rows.mutate(charged=ibis.coalesce(rows.charged_first, rows.start))
    exists = rows.start.isnull() | (rows.start <= rows.t)
    rows = rows.filter((rows.charged <= rows.t) & exists)
    return rows.select(*_WHO, "entry", "offense_norm", "charged")


def _seats(work: Work, counts: Expr) -> Expr:
    """The same defendant in the same case and in the other cases on record of its matter."""
    own = counts.select(*_WHO, other_id="case_id", twin_id="defendant_id").distinct()
    related = matter(work)
    if related is None:
        return own
    recorded = case_facts(work).select(other_id="case_id")
    return own.union(twins(work, related.semi_join(recorded, "other_id")).semi_join(counts, _WHO))


def _rulings(work: Work, rulings: Expr) -> Expr:
    """Rulings and re-openings, once for each defendant with counts whom they concern."""
    rows = rulings.select(
        "entry",
        "case_id",
        "first",
        "last",
        "ord",
        whose="defendant_id",
        which="count_norm",
        bars=rulings.event.isin(_BARS),
    )
    met = concerned(work, rows)
    met = met.select("first", "ord", "which", "bars", other_id="case_id", twin_id="defendant_id")
    return work.keep("rulings", met, ("other_id", "twin_id"))


def _offences(work: Work) -> Expr:
    """The counts of each defendant, by what they are about."""
    counts = work.seen("counts")
    rows = counts.select(
        "offense_norm", other_id="case_id", twin_id="defendant_id", which="count_norm"
    )
    return work.keep("offences", rows.distinct(), ("other_id", "twin_id"))
