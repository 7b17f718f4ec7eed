"""Cases, their clocks and starts, their matter, their defendants (the match, section 2)."""

from __future__ import annotations

import ibis

from fullfile.core.ids import DAY_MS
from fullfile.engines.matching.arithmetic import day, day_after, none
from fullfile.engines.matching.tables import Expr
from fullfile.engines.matching.work import Work, attach

__all__ = [
    "carry",
    "case_facts",
    "case_reports",
    "case_start",
    "concerned",
    "defendants",
    "happened",
    "matter",
    "twins",
]

_MATTER = ("co_defendant", "same_incident", "refiled_from", "superseded", "consolidated")
_CARRY = ("refiled_from", "superseded", "consolidated")
_WHO = ["case_id", "defendant_id"]
_MOST_CASES_OF_A_REPORT = 20
_DATED = {
    "counts": "charged_first",
    "party_status": "from_first",
    "filings": "filed_first",
    "disclosures": "first",
    "withholdings": "first",
    "determinations": "first",
    "requests": "first",
    "answers": "first",
    "links": "first",
    "knowledge": "first",
    "mentions": "first",
}


def case_facts(work: Work) -> Expr:
    """One row for each case on record: its clock's T, its start, its court.

    Of several accounts of jurisdiction and court the first recorded counts, of the clock the last.
    """
    return work.share("cases", lambda: _case_facts(work), keys=("case_id",))


def _case_facts(work: Work) -> Expr:
    rows = work.seen("cases")
    ids = rows.select("case_id").distinct()
    facts = attach(ids, case_start(work, ids), ["case_id"])
    first = rows.group_by("case_id").agg(entry=rows.entry.min())
    court = rows.semi_join(first, "entry").select("case_id", "jurisdiction", "court_level")
    facts = attach(facts, court, ["case_id"])
    if work.moment.uniform:
        return facts.mutate(t=work.on)
    said = rows.filter(rows.time_zone != "")
    last = said.group_by("case_id").agg(entry=said.entry.max())
    clock = said.semi_join(last, "entry").select("case_id", "time_zone")
    facts = attach(facts, clock, ["case_id"])
    shown = work.on
    for zone, moment in work.moment.zones.items():
        shown = ibis.ifelse(facts.time_zone == zone, ibis.literal(moment, "int64"), shown)
    return facts.mutate(t=shown).drop("time_zone")


def case_start(work: Work, ids: Expr) -> Expr:
    """Section 2.1, for the cases of `ids`: opened, else docketed, else named by a dated row."""
    opened = _earliest(work.seen("cases"), "opened_first")
    docketed = _earliest(work.seen("docket"), "first")
    starts = attach(attach(ids, opened, ["case_id"]), docketed, ["case_id"])
    starts = starts.select("case_id", start=ibis.coalesce(starts.opened_first, starts["first"]))
    starts = work.keep("starts", starts, keys=("case_id",))
    lacking = starts.filter(starts.start.isnull()).select("case_id")
    if not work.any(lacking):
        return starts
    dated = [
        rows.filter(rows.case_id.notnull() & rows[column].notnull()).select(
            "case_id", named=rows[column]
        )
        for name, column in _DATED.items()
        if work.has(name)
        for rows in (work.seen(name),)
    ]
    if not dated:
        return starts
    every = ibis.union(*dated) if len(dated) > 1 else dated[0]
    every = every.semi_join(lacking, "case_id")
    first = every.group_by("case_id").agg(named=every.named.min())
    starts = attach(starts, first, ["case_id"])
    return starts.select("case_id", start=ibis.coalesce(starts.start, starts.named))


def _earliest(rows: Expr, column: str) -> Expr:
    return rows.group_by("case_id").agg(**{column: rows[column].min()})


def happened(work: Work, rows: Expr, column: str = "last") -> Expr:
    """Section 1.2: rows that have happened by T on the clock of their case, else of the office."""
    if work.moment.uniform:
        return rows.filter(rows[column] <= work.on)
    clocks = case_facts(work).select("case_id", shown="t")
    timed = attach(rows, clocks, ["case_id"])
    return timed.filter(timed[column] <= ibis.coalesce(timed.shown, work.on)).drop("shown")


def matter(work: Work) -> Expr | None:
    """Section 2.2: (case_id, other_id) of each other case of the matter; None: there are none."""
    return work.share_or_none("matter", lambda: _matter(work), keys=("case_id",))


def _matter(work: Work) -> list[Expr]:
    parts = _related(work, _MATTER)
    if work.had("case_reports"):
        reports = case_reports(work)
        listed = reports.group_by("report_id").agg(cases=reports.count())
        shared = listed.filter((listed.cases > 1) & (listed.cases <= _MOST_CASES_OF_A_REPORT))
        mine = work.keep("shared_reports", reports.semi_join(shared, "report_id"), ("report_id",))
        others = mine.select("report_id", other_id="case_id")
        pairs = attach(mine, others, ["report_id"], how="inner")
        parts.append(pairs.filter(pairs.case_id != pairs.other_id).select("case_id", "other_id"))
    return parts


def case_reports(work: Work) -> Expr:
    """(case_id, report_id): what the cases on record ever listed."""
    return work.share("case_reports", lambda: _case_reports(work), keys=("report_id",))


def _case_reports(work: Work) -> Expr:
    listed = work.every("case_reports").select("case_id", "report_id").distinct()
    return listed.semi_join(work.seen("cases"), "case_id")


def carry(work: Work) -> Expr | None:
    """Section 2.3: (case_id, other_id) between which filings and disclosures carry over."""
    return work.share_or_none("carry", lambda: _related(work, _CARRY), keys=("case_id",))


def _related(work: Work, kinds: tuple[str, ...]) -> list[Expr]:
    if not work.had("case_relations"):
        return []
    rows = work.every("case_relations")
    named = rows.filter(rows.kind.isin(kinds) & (rows.case_id != rows.other_id))
    return [
        named.select("case_id", "other_id"),
        named.select(case_id="other_id", other_id="case_id"),
    ]


def twins(work: Work, pairs: Expr) -> Expr:
    """The same defendant in two cases: (case_id, defendant_id, other_id, twin_id) for case pairs."""
    keys = work.tables["defendant_key"]
    mine = attach(pairs, keys, ["case_id"], how="inner")
    theirs = keys.select(twin_id="defendant_id", other_id="case_id", norm="norm")
    both = attach(mine, theirs, ["other_id", "norm"], how="inner")
    return both.select("case_id", "defendant_id", "other_id", "twin_id")


def defendants(work: Work) -> Expr:
    """Section 2.4, without the question of the day: every party with that role.

    `joined_at` is the first moment of the earliest `joined` row; `present` says
    whether the party is a defendant on T.
    """
    return work.share("defendants", lambda: _defendants(work), keys=("case_id", "defendant_id"))


def _defendants(work: Work) -> Expr:
    parties = work.seen("parties")
    named = parties.filter((parties.role == "defendant") & parties.defendant_id.notnull())
    people = named.select("case_id", "defendant_id").distinct()
    if not work.has("party_status"):
        return people.mutate(joined_at=none(), present=ibis.literal(value=True))
    keys = _WHO
    rows = work.seen("party_status")
    joined = rows.filter(rows.status == "joined")
    first = joined.group_by(keys).agg(
        joined_at=joined.from_first.min(), joined_last=joined.from_last.min()
    )
    so_far = happened(work, rows, "from_last")
    last = so_far.group_by(keys).agg(
        joined_ord=so_far.ord.max(where=so_far.status == "joined"),
        left_ord=so_far.ord.max(where=so_far.status == "left"),
    )
    people = attach(attach(people, first, keys), last, keys)
    people = attach(people, case_facts(work).select("case_id", "t"), ["case_id"])
    there = people.joined_last.isnull() | (people.joined_last <= ibis.coalesce(people.t, work.on))
    gone = people.left_ord.notnull() & (
        people.joined_ord.isnull() | (people.left_ord > people.joined_ord)
    )
    return people.select("case_id", "defendant_id", "joined_at", present=there & ~gone)


def concerned(work: Work, rows: Expr) -> Expr:
    """Section 2.5: docket rows (entry, case_id, whose, first, last), once for each they concern."""
    met = attach(rows, defendants(work).select(*_WHO), ["case_id"], how="inner")
    met = met.filter(met.whose.isnull() | (met.whose == met.defendant_id))
    if not work.has("party_status"):
        return met
    met = work.keep("concerned", met, _WHO)
    status = work.seen("party_status")
    status = status.select(*_WHO, "status", "from_first", "from_last", said="ord")
    asked = met.filter(met.whose.isnull()).select(*_WHO, "entry", "first", "last")
    asked = asked.mutate(
        begin=day(asked["first"]).cast("int64") * DAY_MS, until=day_after(day(asked["last"]))
    )
    said = attach(asked, status, _WHO, how="inner")
    joined, left = said.status == "joined", said.status == "left"
    there = said.group_by([*_WHO, "entry", "until"]).agg(
        begins=said.from_first.min(where=joined),
        joined_ord=said.said.max(where=joined & (said.from_first < said.until)),
        left_ord=said.said.max(where=left & (said.from_last < said.begin)),
    )
    gone = there.left_ord.notnull() & (
        there.joined_ord.isnull() | (there.joined_ord < there.left_ord)
    )
    absent = there.filter((there.begins >= there.until) | gone)
    return met.anti_join(absent.select(*_WHO, "entry"), [*_WHO, "entry"])
