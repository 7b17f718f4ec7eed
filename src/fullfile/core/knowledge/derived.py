"""What rows of other tables show that somebody knew: booked it, filed it, was served with it.

Each account names the row in words and is marked as derived. The rules:

- booked, collected, sealed, moved, examined or otherwise had it in hand; gave it, or
  received it: the object, and that it exists. Who booked it under a number knows that number.
- looked for it and did not find it: that it exists.
- is named on the property list as its giver, finder or author: the same as having had it in hand.
- filed it or set it aside: that it exists, and where it is filed.
- disclosed it, was served with it, signed for it: that it exists.
- gave a view of it, verified one, decided on its suggestion, mentioned it in a report: that it exists.
- withheld it: that it exists, and that the defence had not got it.
- wrote or received a report about it: that it exists.
- signed a certificate or schedule that covers it: that it exists.

Handling a box shows nothing of what lies in it, and an agency's general answer shows
nothing of one item: neither is derived.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fullfile.core.facts.bearing import Bearing
from fullfile.core.facts.dates import when_words
from fullfile.core.facts.rows import Facts, ItemKey, Row
from fullfile.core.facts.things import Things
from fullfile.core.ids import Bounds, key
from fullfile.core.knowledge.accounts import Known, SignedPaper
from fullfile.core.said import joined, say, word

__all__ = ["HAD_IT", "derived_accounts", "reports_about"]

_PAPERS = frozenset({"document", "statement", "test_result", "expert_report"})
_DONE = {
    "collected": say("collected it"),
    "booked": say("booked it"),
    "transferred": say("handed it on"),
    "moved": say("moved it"),
    "checked_out": say("checked it out"),
    "checked_in": say("checked it in"),
    "sealed": say("sealed it"),
    "unsealed": say("opened its seal"),
    "examined": say("examined it"),
    "inventoried": say("counted it"),
    "not_found": say("looked for it and did not find it"),
    "found": say("found it"),
    "released": say("released it"),
    "consumed": say("used it up"),
    "destroyed": say("destroyed it"),
}
HAD_IT = frozenset(
    {"giver", "finder", "author", "handed in", "handed in by", "gave it", "found by"}
)
"""Words of `items.persons` that say that the person had the thing in hand."""


@dataclass(frozen=True, slots=True)
class _Way:
    """How somebody came to know, by a rule: the word, the levels, the sentence's beginning."""

    how: str
    levels: tuple[str, ...]
    did: str


def derived_accounts(
    facts: Facts,
    things: Things,
    bearing: Bearing,
    item: ItemKey,
    papers: Iterable[SignedPaper] = (),
) -> Iterator[Known]:
    """Every derived account of an item, at any time.

    Args:
        facts: the rows.
        things: what lies in what, and when it was held.
        bearing: on which case it bears, since when.
        item: the item.
        papers: the certificates and schedules that were signed.
    """
    yield from _of_lists(facts, item)
    yield from _of_custody(facts, item)
    yield from _of_handing(facts, things, item)
    yield from _of_views(facts, item)
    for report, because in reports_about(facts, item):
        yield from _of_report(facts, report, because)
    for paper in papers:
        since = bearing.arises(paper.case, item) if paper.case in bearing.cases.by_key else None
        listed = item in paper.items if paper.items is not None else True
        if listed and since is not None and since <= paper.last:
            bounds = Bounds(paper.first, paper.last)
            did = say(
                "signed {paper} in {case_number}, on whose list it stood,",
                paper=paper.paper,
                case_number=paper.case_number,
            )
            yield from _made(
                _Way("signed", ("exists",), did),
                paper.person,
                bounds,
                paper.signed_on,
                (paper.entry,),
                role=paper.role,
                case_number=paper.case_number,
            )


def _made(
    way: _Way,
    person: str,
    bounds: Bounds | None,
    said: str,
    entries: tuple[int, ...],
    *,
    role: str = "",
    source: str = "",
    case_number: str = "",
) -> Iterator[Known]:
    if not person.strip() or bounds is None:
        return
    rule = joined((way.did, when_words(said, bounds.first)))
    for level in way.levels:
        yield Known(
            person=person.strip(),
            person_key=key(person),
            level=level,
            known_from=said,
            first=bounds.first,
            last=bounds.last,
            basis="derived",
            denied=False,
            how=way.how,
            role=role,
            source=source,
            case_number=case_number,
            rule=rule,
            entries=entries,
        )


def _row(way: _Way, row: Row, person: str, column: str, *, role: str = "") -> Iterator[Known]:
    """An account from a column with a name and a column with a date of the same row."""
    yield from _made(
        way,
        person,
        row.bounds(column),
        row.text(column),
        (row.entry,),
        role=role,
        source=row.source,
        case_number=row.text("case_number"),
    )


def _of_lists(facts: Facts, item: ItemKey) -> Iterator[Known]:
    for row in facts.of_item("items", item):
        taken = "collected_at" if row.data.get("collected_at") else "booked_at"
        number = row.text("report_number")
        under = say(" under {number}", number=number) if number else ""
        levels = ("exists", "object", "where_filed") if number else ("exists", "object")
        booked = "booked_at" if row.data.get("booked_at") else taken
        yield from _row(
            _Way("booked", levels, say("booked it{under}", under=under)),
            row,
            row.text("booked_by"),
            booked,
        )
        had = ("exists", "object")
        yield from _row(
            _Way("collected", had, say("collected it")), row, row.text("collected_by"), taken
        )
        gave = _Way("gave", had, say("is named as the one it was taken in from,"))
        yield from _row(gave, row, row.text("collected_from"), taken)
        for name, role in named_on(row):
            if key(role) in HAD_IT:
                way = _Way(
                    "gave", had, say("is named on the property list as its {role},", role=role)
                )
                yield from _row(way, row, name, taken, role=role)


def named_on(row: Row) -> Iterator[tuple[str, str]]:
    """The persons whom an item row names, each with the role."""
    for person in row.data.get("persons", ()):
        yield str(person.get("name", "")), str(person.get("role", ""))


def _of_custody(facts: Facts, item: ItemKey) -> Iterator[Known]:
    had = ("exists", "object")
    for row in facts.of_item("custody", item):
        event = row.text("event")
        levels = ("exists",) if event == "not_found" else had
        done = word(event.replace("_", " "))
        did = _DONE.get(event, say("is named for “{event}”", event=done))
        yield from _row(_Way(event, levels, did), row, row.text("by"), "occurred_at")
        for column, words in (("from", say("gave it up")), ("to", say("received it"))):
            if key(row.text(column)) != key(row.text("by")):
                way = _Way(
                    "gave" if column == "from" else "received",
                    had,
                    say("{did} ({event})", did=words, event=done),
                )
                yield from _row(way, row, row.text(column), "occurred_at")


def _of_handing(facts: Facts, things: Things, item: ItemKey) -> Iterator[Known]:
    for row, thing in _covering(facts, things, "filings", item):
        case = row.text("case_number")
        how, did = "filed", say("filed it in {case}", case=case)
        if row.said("withdrawn"):
            how, did = "withdrew", say("withdrew it from the file of {case}", case=case)
        elif row.said("set_aside"):
            how, did = "set_aside", say("set it aside for {case}", case=case)
        bounds = row.bounds("filed_at") or Bounds(row.recorded, row.recorded)
        known = ("exists", "where_filed")
        yield from _made(
            _Way(how, known, did + thing),
            row.text("filed_by"),
            bounds,
            row.text("filed_at"),
            (row.entry,),
            source=row.source,
            case_number=case,
        )
        confirmed = _Way(
            "confirmed", ("exists",), say("confirmed that it is set aside for {case}", case=case)
        )
        yield from _row(confirmed, row, row.text("confirmed_by"), "confirmed_at")
    for row, thing in _covering(facts, things, "disclosures", item):
        case = row.text("case_number")
        to = say("disclosed it to {who} in {case}", who=row.text("defendant"), case=case)
        gave = _Way("disclosed", ("exists",), to + thing)
        yield from _row(gave, row, row.text("disclosed_by"), "disclosed_at")
        served = _Way(
            "served",
            ("exists",),
            say("was served with it in {case}", case=case) + thing,
        )
        yield from _row(served, row, row.text("served_on"), "disclosed_at")
        signed = _Way(
            "acknowledged",
            ("exists",),
            say("signed for it in {case}", case=case) + thing,
        )
        yield from _row(signed, row, row.text("acknowledged_by"), "acknowledged_at")


def _covering(facts: Facts, things: Things, table: str, item: ItemKey) -> Iterator[tuple[Row, str]]:
    """The rows of an item, and those of its containers that were handed over with contents."""
    for row in facts.of_item(table, item):
        yield row, ""
    held = things.held(item)
    for container in things.above(item):
        for row in facts.of_item(table, container):
            inside = held is not None and row.last is not None and held.moment <= row.last
            if row.said("with_contents") and inside:
                yield row, say(" with the contents of {tag}", tag=row.text("tag"))


def _of_views(facts: Facts, item: ItemKey) -> Iterator[Known]:
    for row in facts.of_item("determinations", item):
        found = word(row.text("finding").replace("_", " "))
        case = row.text("case_number")
        judged = _Way(
            "judged", ("exists",), say("judged it “{found}” in {case}", found=found, case=case)
        )
        yield from _row(judged, row, row.text("by"), "made_at")
        verified = _Way(
            "verified",
            ("exists",),
            say("verified the view “{found}” in {case}", found=found, case=case),
        )
        yield from _row(verified, row, row.text("verified_by"), "verified_at")
    for row in facts.of_item("withholdings", item):
        held_back = ("exists", "not_disclosed")
        way = _Way(
            "withheld",
            held_back,
            say("withheld it in {case_number}", case_number=row.text("case_number")),
        )
        yield from _row(way, row, row.text("by"), "withheld_at")
    for row in facts.of_item("links", item):
        case = row.text("case_number")
        how, did = {
            "accept": (
                "accepted",
                say("accepted the suggestion that it belongs to {case}", case=case),
            ),
            "reject": (
                "rejected",
                say("rejected the suggestion that it belongs to {case}", case=case),
            ),
            "ask": (
                "asked about",
                say("asked about the suggestion that it belongs to {case}", case=case),
            ),
        }[row.text("decision")]
        yield from _row(_Way(how, ("exists",), did), row, row.text("by"), "decided_at")
    for row in facts.of_item("mentions", item):
        did = say("mentioned it in report {report_number}", report_number=row.text("report_number"))
        way = _Way("mentioned", ("exists",), did)
        yield from _row(way, row, row.text("by"), "mentioned_at")


def reports_about(facts: Facts, item: ItemKey) -> list[tuple[ItemKey, str]]:
    """The papers that can only be about this item, each with why.

    A paper lies in the item or around it; or names its tag; or is the document of a mention that
    was booked as this item; or was booked under its report number, which holds no other thing.
    """
    rows = facts.of_item("items", item)
    if not rows or any(key(row.text("kind")) in _PAPERS for row in rows):
        return []
    numbers = {key(row.text("report_number")) for row in rows} - {""}
    cited = {key(row.text("document")) for row in facts.of_item("mentions", item)} - {""}
    papers: dict[ItemKey, list[Row]] = {}
    alone = True
    for row in facts.rows.get("items", ()):
        if row.item is None or row.item == item or row.item[0] != item[0]:
            continue
        if row.data.get("kind") in _PAPERS:
            papers.setdefault(row.item, []).append(row)
        elif alone and row.data.get("report_number"):
            alone = key(row.text("report_number")) not in numbers
    found: list[tuple[ItemKey, str]] = []
    for other, said in sorted(papers.items()):
        if any(_names(row, item[1]) for row in said):
            found.append((other, say("which names it")))
        elif other[1] in cited:
            found.append((other, say("whose mention was booked as it")))
        elif alone and any(key(row.text("report_number")) in numbers for row in said):
            found.append((other, say("booked under its number, which holds no other thing")))
    return found


def _names(row: Row, tag: str) -> bool:
    parent = key(row.text("parent_tag"))
    words = f"{row.text('description')} {row.text('notes')}".casefold()
    ends = words.replace(",", " ").replace(";", " ").replace(".", " ").split()
    # A bare number in a sentence is no tag: a tag that is cited has letters and digits, or is long.
    telling = len(tag) > 5 or (any(one.isdigit() for one in tag) and not tag.isdigit())
    return parent == tag or (telling and tag in ends)


def _of_report(facts: Facts, report: ItemKey, because: str) -> Iterator[Known]:
    known = ("exists",)
    for row in facts.of_item("items", report):
        paper = say("report {tag}, {because},", tag=row.text("tag"), because=because)
        wrote = _Way("wrote_report", known, say("wrote {paper}", paper=paper))
        authors = [name for name, role in named_on(row) if key(role) == "author"]
        for author in authors or [row.text("booked_by")]:
            did = (
                wrote
                if authors
                else _Way("booked_report", known, say("booked {paper}", paper=paper))
            )
            yield from _row(did, row, author, "booked_at")
    for row in facts.of_item("custody", report):
        paper = say("report {tag}, {because},", tag=row.text("tag"), because=because)
        got = _Way("received_report", known, say("received {paper}", paper=paper))
        yield from _row(got, row, row.text("to"), "occurred_at")
    for row in facts.of_item("disclosures", report):
        paper = say("report {tag}, {because},", tag=row.text("tag"), because=because)
        served = _Way("received_report", known, say("was served with {paper}", paper=paper))
        yield from _row(served, row, row.text("served_on"), "disclosed_at")
        signed = _Way("received_report", known, say("signed for {paper}", paper=paper))
        yield from _row(signed, row, row.text("acknowledged_by"), "acknowledged_at")
