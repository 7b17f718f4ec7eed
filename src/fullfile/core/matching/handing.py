"""What was filed, disclosed, withheld and set aside. Section 7 of `the-match.md`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from fullfile.core.docket.orders import DECISIONS, is_about_protection
from fullfile.core.facts.accounts import Account, Fact, earliest_fact, latest_of_sources
from fullfile.core.facts.cases import Case, Cases
from fullfile.core.facts.rows import Facts, ItemKey, Row
from fullfile.core.facts.things import Things
from fullfile.core.ids import key
from fullfile.core.rules.law import Law
from fullfile.core.said import listed, say

__all__ = ["Aside", "Disclosed", "Filed", "Handing", "Withheld"]


@dataclass(frozen=True, slots=True)
class Filed:
    """On the list of evidence: the date that counts; the case it was filed in; or withdrawn."""

    fact: Fact | None
    row: Row | None
    in_case: str
    withdrawn: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Disclosed:
    """What a defendant got of an item: whole, in part, and the receipts of each."""

    whole: Fact | None
    part: Fact | None
    receipt_of_whole: Fact | None
    receipt_of_part: Fact | None
    rows: tuple[Row, ...]

    def at(self, on: int) -> Fact | None:
        """Whole by a moment, else part by that moment."""
        for fact in (self.whole, self.part):
            if fact is not None and fact.moment <= on:
                return fact
        return None

    def is_whole(self, on: int) -> bool:
        """Whether the whole was disclosed by a moment."""
        return self.whole is not None and self.whole.moment <= on

    def receipt(self, on: int) -> Fact | None:
        """The receipt on record by a moment; one for a part is none for the whole."""
        found = self.receipt_of_whole if self.is_whole(on) else self.receipt_of_part
        return found if found is not None and found.moment <= on else None


@dataclass(frozen=True, slots=True)
class Withheld:
    """The withholdings of an item from a defendant at a moment.

    Attributes:
        good: those that stand and are as the pack asks, each with the moment since which it is.
        bad: those that stand and are not, each with what is wanting.
        ended: those that were as the pack asks and whose `until` passed before a disclosure.
        given: those that stood and were as the pack asks when the whole was disclosed, which ended
            them, each with the moment since which it was.
    """

    good: tuple[tuple[Row, int], ...]
    bad: tuple[tuple[Row, str], ...]
    ended: tuple[Row, ...]
    given: tuple[tuple[Row, int], ...] = ()

    @property
    def until(self) -> int | None:
        """The latest `until` (last moment) of those that have ended."""
        found = [row.bounds("until") for row in self.ended]
        return max((bounds.last for bounds in found if bounds is not None), default=None)


@dataclass(frozen=True, slots=True)
class Aside:
    """A wish to set an item aside: whether it counts, and why not."""

    row: Row
    counts: bool
    why_not: str = ""


@dataclass(slots=True)
class Handing:
    """Answers about filing, disclosure, withholding and setting aside."""

    facts: Facts
    cases: Cases
    things: Things
    law: Law
    rank: tuple[str, ...]
    _filed: dict[tuple[str, ItemKey], Filed] = field(default_factory=dict)
    _protection: dict[tuple[str, str], list[Row]] = field(default_factory=dict)

    def _covering(self, table: str, case: str, item: ItemKey) -> Iterator[list[Row]]:
        """The rows that cover an item in a case: its own, then each container's with contents.

        What was not held yet when a container was handed over was not in it.
        """
        yield [row for row in self.facts.of_item(table, item) if row.case == case]
        held = self.things.held(item)
        for container in self.things.above(item):
            yield [
                row
                for row in self.facts.of_item(table, container)
                if row.case == case
                and row.said("with_contents")
                and held is not None
                and row.last is not None
                and held.moment <= row.last
            ]

    def filed(self, case: Case, item: ItemKey) -> Filed:
        """When an item came onto the file of a case (section 7.1)."""
        wanted = (case.key, item)
        if wanted not in self._filed:  # the same for each defendant
            self._filed[wanted] = self._read_filed(case, item)
        return self._filed[wanted]

    def _read_filed(self, case: Case, item: ItemKey) -> Filed:
        found: list[tuple[Fact, Row, str]] = []
        withdrawn: list[Row] = []
        for other in (case.key, *sorted(case.carry)):
            if any(row.case == case.key for row in withdrawn):
                break  # what this case's own file gave up, another's does not bring back
            for rows in self._covering("filings", other, item):
                filings = [row for row in rows if not row.said("set_aside")]
                counting = self._best(filings)
                if any(row.said("withdrawn") for row in counting):
                    withdrawn += [row for row in counting if row.said("withdrawn")]
                    continue
                fact = latest_of_sources(_accounts(filings, "filed_at"), self.rank)
                if fact is not None:
                    row = next(row for row in filings if row.entry == fact.entry)
                    found.append((fact, row, other))
        if not found:
            return Filed(None, None, case.key, tuple(withdrawn))
        fact, row, other = min(found, key=lambda one: (one[0].moment, one[0].entry))
        return Filed(fact, row, other, tuple(withdrawn))

    def _best(self, rows: Sequence[Row]) -> list[Row]:
        if not self.rank or not rows:
            return list(rows)
        places = {name: place for place, name in enumerate(self.rank)}
        best = min(places.get(row.source, len(self.rank)) for row in rows)
        return [row for row in rows if places.get(row.source, len(self.rank)) == best]

    def disclosed(self, case: Case, item: ItemKey, defendant: str) -> Disclosed:
        """What a defendant got (sections 7.2 and 7.3)."""
        whole: list[Fact | None] = []
        part: list[Fact | None] = []
        receipts: dict[bool, list[Fact | None]] = {True: [], False: []}
        every: list[Row] = []
        for other in (case.key, *sorted(case.carry)):
            for covering in self._covering("disclosures", other, item):
                rows = [row for row in covering if row.defendant == defendant]
                if not rows:
                    continue
                every += rows
                is_whole = {row.entry: row.text("extent") in ("", "whole") for row in rows}
                whole.append(self._first_fact([row for row in rows if is_whole[row.entry]]))
                part.append(self._first_fact([row for row in rows if not is_whole[row.entry]]))
                for kind, found in receipts.items():
                    signed = [
                        row
                        for row in rows
                        if is_whole[row.entry] is kind and row.data.get("acknowledged_at")
                    ]
                    found.append(latest_of_sources(_accounts(signed, "acknowledged_at"), self.rank))
        return Disclosed(
            earliest_fact(whole),
            earliest_fact(part),
            earliest_fact(receipts[True]),
            earliest_fact(receipts[False]),
            tuple(every),
        )

    def _first_fact(self, rows: Sequence[Row]) -> Fact | None:
        """One fact per production; a row without one makes all of them one fact."""
        groups: dict[str, list[Row]] = {}
        merged = any(not row.data.get("production") for row in rows)
        for row in rows:
            groups.setdefault("" if merged else key(row.text("production")), []).append(row)
        return earliest_fact(
            latest_of_sources(_accounts(group, "disclosed_at"), self.rank)
            for group in groups.values()
        )

    def withheld(
        self, case: Case, item: ItemKey, defendant: str, on: int, whole: Fact | None
    ) -> Withheld:
        """The withholdings that stand at a moment, and those that ended (sections 7.4 and 5.6).

        Args:
            case: the case.
            item: the item.
            defendant: from whom it is withheld.
            on: the moment.
            whole: the whole disclosure, where there is one by then.
        """
        good: list[tuple[Row, int]] = []
        bad: list[tuple[Row, str]] = []
        ended: list[Row] = []
        given: list[tuple[Row, int]] = []
        for row in self.facts.of_item("withholdings", item):
            if row.case != case.key or row.defendant not in (None, defendant):
                continue
            if row.last is None or row.last > on:
                continue
            until = row.bounds("until")
            if whole is not None and row.last <= whole.moment:
                stood = until is None or until.last >= whole.moment
                asked = self._asked_since(case, row, defendant, whole.moment)
                if stood and not self._wanting(case, row, asked, whole.moment):
                    given.append((row, self._good_since(case, row, asked)))
            asked = self._asked_since(case, row, defendant, on)
            wanting = self._wanting(case, row, asked, on)
            if until is not None and until.last < on:
                if not wanting and (whole is None or until.last < whole.moment):
                    ended.append(row)
            elif wanting:
                bad.append((row, wanting))
            else:
                good.append((row, self._good_since(case, row, asked)))
        return Withheld(tuple(good), tuple(bad), tuple(ended), tuple(given))

    def _asked_since(self, case: Case, row: Row, defendant: str, on: int) -> int | None:
        """Since when a motion on protection has waited for its ruling, where that is enough.

        One that was ruled on counts only up to the order that the withholding names.
        """
        ground = self.law.ground(case.jurisdiction, row.text("ground"))
        if ground is None or ground.order != "while_pending":
            return None
        docket = self._about_protection(case, defendant)
        ordered = row.bounds("order_on") if row.data.get("order") else None
        since = []
        for motion in docket:
            if motion.data["event"] != "motion" or motion.last is None or motion.last > on:
                continue
            later = [
                one for one in docket if one.data["event"] in DECISIONS and one.ord > motion.ord
            ]
            decision = min(later, key=lambda one: one.ord, default=None)
            decided = None if decision is None else decision.last
            up_to_it = (
                ordered is not None
                and decided is not None
                and ordered.last <= on
                and decided >= ordered.last
            )
            if decided is None or decided > on or up_to_it:
                since.append(motion.last)
        return min(since, default=None)

    def _about_protection(self, case: Case, defendant: str) -> list[Row]:
        """The motions, orders and rulings of a docket on protection that are about a defendant."""
        wanted = (case.key, defendant)
        if wanted not in self._protection:
            self._protection[wanted] = [
                one
                for one in self.facts.of_case("docket", case.key)
                if (one.data["event"] == "motion" or one.data["event"] in DECISIONS)
                and is_about_protection(one)
                and self.cases.concerns(one, case.key, defendant)
            ]
        return self._protection[wanted]

    def _wanting(self, case: Case, row: Row, asked: int | None, on: int) -> str:
        """What a withholding lacks that the pack asks for; empty where it lacks nothing."""
        ground = self.law.ground(case.jurisdiction, row.text("ground"))
        if ground is None:
            if self.law.pack(case.jurisdiction) is None:
                return say(
                    "no pack for {place} says on what grounds an item may be withheld",
                    place=case.jurisdiction,
                )
            return say(
                "“{ground}” is no ground that the pack {place} knows",
                ground=row.text("ground"),
                place=case.jurisdiction,
            )
        wanting = [] if row.data.get("by") else [say("the name of whoever withheld it")]
        if ground.order != "not_needed" and asked is None:
            ordered = row.bounds("order_on")
            if not row.data.get("order") or (ordered is not None and ordered.last > on):
                wanting.append(
                    say("an order or a motion that waits for its ruling")
                    if ground.order == "while_pending"
                    else say("an order")
                )
        announced = row.bounds("announced_at")
        if ground.announce == "sealed":
            if not row.said("sealed") and (announced is None or announced.last > on):
                wanting.append(say("an announcement under seal"))
        elif ground.announce != "none" and (announced is None or announced.last > on):
            wanting.append(
                say("an announcement in the certificate")
                if ground.announce == "certificate"
                else say("an announcement in writing")
            )
        if not wanting:
            return ""
        return say(
            "{cite} asks for {wanting}; none is on record",
            cite=ground.cite,
            wanting=listed(wanting),
        )

    def _good_since(self, case: Case, row: Row, asked: int | None) -> int:
        """Since when a good withholding is as the pack asks: its own day, its order's, its announcement's.

        A motion that waited for the order is as good as the order.
        """
        ground = self.law.ground(case.jurisdiction, row.text("ground"))
        found = [row.last or 0]
        if ground is not None and ground.order != "not_needed":
            found += self._ordered_since(row, asked)
        sealed = ground is not None and ground.announce == "sealed" and row.said("sealed")
        if ground is not None and ground.announce != "none" and not sealed:
            found += [bounds.last for bounds in (row.bounds("announced_at"),) if bounds is not None]
        return max(found)

    def _ordered_since(self, row: Row, asked: int | None) -> list[int]:
        ordered = row.bounds("order_on")
        if row.data.get("order") and ordered is None:
            return []
        found = [ordered.last] if ordered is not None and row.data.get("order") else []
        return [min([*found, asked])] if asked is not None else found

    def aside(self, case: Case, item: ItemKey, t: int, on: int) -> Aside | None:
        """Whether an item is set aside for a case (section 7.5); None where nobody asked."""
        best: Aside | None = None
        for row in self.facts.of_item("filings", item):
            wished = row.said("set_aside") and not row.said("withdrawn")
            if row.case != case.key or not wished or (row.last or 0) > t:
                continue
            why_not = self._unconfirmed(row, item, t) or self._reopened(row, case, item, on)
            found = Aside(row, not why_not, why_not)
            if found.counts:
                return found
            best = best or found
        return best

    def _unconfirmed(self, row: Row, item: ItemKey, t: int) -> str:
        first, second = key(row.text("filed_by")), key(row.text("confirmed_by"))
        if not first or not row.data.get("reason"):
            return say("nobody is named for it, or no reason is")
        confirmed = row.bounds("confirmed_at")
        when = confirmed.last if confirmed else row.recorded
        if not second or when > t:
            return say("no second person has confirmed it")
        if second == first:
            return say("the second person is the first")
        if second in self.things.booker_keys(item):
            return say("the second person booked the item")
        return ""

    def _reopened(self, row: Row, case: Case, item: ItemKey, on: int) -> str:
        confirmed = row.bounds("confirmed_at")
        when = confirmed.last if confirmed else row.recorded
        for later, what in self._reopening(case, item):
            if later.last is None or later.last > on:
                continue
            another = later.batch != row.batch or later.batch == -1
            if later.last > when or (later.entry > row.entry and another):
                return what
        return ""

    def _reopening(self, case: Case, item: ItemKey) -> Iterator[tuple[Row, str]]:
        """What re-opens it, each with the sentence that says so."""
        for row in self.facts.of_item("filings", item):
            if row.case == case.key and not row.said("set_aside"):
                yield row, say("a filing recorded later re-opened it")
        for row in self.facts.of_item("determinations", item):
            if row.case == case.key:
                yield row, say("a determination recorded later re-opened it")
        for row in self.facts.of_item("knowledge", item):
            if row.case in (None, case.key):
                yield row, say("knowledge recorded later re-opened it")
        for row in self.facts.of_item("mentions", item):
            yield row, say("a mention recorded later re-opened it")
        for row in self.facts.of_case("requests", case.key):
            yield row, say("a request recorded later re-opened it")


def _accounts(rows: Iterable[Row], column: str) -> list[Account]:
    found = []
    for row in rows:
        bounds = row.bounds(column)
        moment = bounds.last if bounds else row.recorded
        found.append(Account(moment, row.entry, row.source, row.text(column)))
    return found
