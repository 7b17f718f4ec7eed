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

__all__ = ["HAD_IT", "derived_accounts", "reports_about"]

_PAPERS = frozenset({"document", "statement", "test_result", "expert_report"})
_DONE = {
    "collected": "collected it",
    "booked": "booked it",
    "transferred": "handed it on",
    "moved": "moved it",
    "checked_out": "checked it out",
    "checked_in": "checked it in",
    "sealed": "sealed it",
    "unsealed": "opened its seal",
    "examined": "examined it",
    "inventoried": "counted it",
    "not_found": "looked for it and did not find it",
    "found": "found it",
    "released": "released it",
    "consumed": "used it up",
    "destroyed": "destroyed it",
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
            did = f"signed {paper.paper} in {paper.case_number}, on whose list it stood,"
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
    rule = f"{way.did} {when_words(said, bounds.first)}"
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
        under = f" under {number}" if number else ""
        levels = ("exists", "object", "where_filed") if number else ("exists", "object")
        booked = "booked_at" if row.data.get("booked_at") else taken
        yield from _row(
            _Way("booked", levels, f"booked it{under}"), row, row.text("booked_by"), booked
        )
        had = ("exists", "object")
        yield from _row(
            _Way("collected", had, "collected it"), row, row.text("collected_by"), taken
        )
        gave = _Way("gave", had, "is named as the one it was taken in from,")
        yield from _row(gave, row, row.text("collected_from"), taken)
        for name, role in named_on(row):
            if key(role) in HAD_IT:
                way = _Way("gave", had, f"is named on the property list as its {role},")
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
        did = _DONE.get(event, f"is named for “{event.replace('_', ' ')}”")
        yield from _row(_Way(event, levels, did), row, row.text("by"), "occurred_at")
        doing = event.replace("_", " ")
        for column, words in (("from", "gave it up"), ("to", "received it")):
            if key(row.text(column)) != key(row.text("by")):
                way = _Way("gave" if column == "from" else "received", had, f"{words} ({doing})")
                yield from _row(way, row, row.text(column), "occurred_at")


def _of_handing(facts: Facts, things: Things, item: ItemKey) -> Iterator[Known]:
    for row, thing in _covering(facts, things, "filings", item):
        case = row.text("case_number")
        verb = "set it aside for" if row.said("set_aside") else "filed it in"
        if row.said("withdrawn"):
            verb = "withdrew it from the file of"
        how = {"s": "set_aside", "f": "filed", "w": "withdrew"}[verb[0]]
        bounds = row.bounds("filed_at") or Bounds(row.recorded, row.recorded)
        known = ("exists", "where_filed")
        yield from _made(
            _Way(how, known, f"{verb} {case}{thing}"),
            row.text("filed_by"),
            bounds,
            row.text("filed_at"),
            (row.entry,),
            source=row.source,
            case_number=case,
        )
        confirmed = _Way("confirmed", ("exists",), f"confirmed that it is set aside for {case}")
        yield from _row(confirmed, row, row.text("confirmed_by"), "confirmed_at")
    for row, thing in _covering(facts, things, "disclosures", item):
        to = f"to {row.text('defendant')} in {row.text('case_number')}{thing}"
        gave = _Way("disclosed", ("exists",), f"disclosed it {to}")
        yield from _row(gave, row, row.text("disclosed_by"), "disclosed_at")
        served = _Way(
            "served", ("exists",), f"was served with it in {row.text('case_number')}{thing}"
        )
        yield from _row(served, row, row.text("served_on"), "disclosed_at")
        signed = _Way(
            "acknowledged", ("exists",), f"signed for it in {row.text('case_number')}{thing}"
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
                yield row, f" with the contents of {row.text('tag')}"


def _of_views(facts: Facts, item: ItemKey) -> Iterator[Known]:
    for row in facts.of_item("determinations", item):
        found, case = row.text("finding").replace("_", " "), row.text("case_number")
        judged = _Way("judged", ("exists",), f"judged it “{found}” in {case}")
        yield from _row(judged, row, row.text("by"), "made_at")
        verified = _Way("verified", ("exists",), f"verified the view “{found}” in {case}")
        yield from _row(verified, row, row.text("verified_by"), "verified_at")
    for row in facts.of_item("withholdings", item):
        held_back = ("exists", "not_disclosed")
        way = _Way("withheld", held_back, f"withheld it in {row.text('case_number')}")
        yield from _row(way, row, row.text("by"), "withheld_at")
    for row in facts.of_item("links", item):
        word = {"accept": "accepted", "reject": "rejected", "ask": "asked about"}[
            row.text("decision")
        ]
        did = f"{word} the suggestion that it belongs to {row.text('case_number')}"
        yield from _row(_Way(word, ("exists",), did), row, row.text("by"), "decided_at")
    for row in facts.of_item("mentions", item):
        did = f"mentioned it in report {row.text('report_number')}"
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
            found.append((other, "which names it"))
        elif other[1] in cited:
            found.append((other, "whose mention was booked as it"))
        elif alone and any(key(row.text("report_number")) in numbers for row in said):
            found.append((other, "booked under its number, which holds no other thing"))
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
        paper = f"report {row.text('tag')}, {because},"
        wrote = _Way("wrote_report", known, f"wrote {paper}")
        authors = [name for name, role in named_on(row) if key(role) == "author"]
        for author in authors or [row.text("booked_by")]:
            did = wrote if authors else _Way("booked_report", known, f"booked {paper}")
            yield from _row(did, row, author, "booked_at")
    for row in facts.of_item("custody", report):
        paper = f"report {row.text('tag')}, {because},"
        got = _Way("received_report", known, f"received {paper}")
        yield from _row(got, row, row.text("to"), "occurred_at")
    for row in facts.of_item("disclosures", report):
        paper = f"report {row.text('tag')}, {because},"
        served = _Way("received_report", known, f"was served with {paper}")
        yield from _row(served, row, row.text("served_on"), "disclosed_at")
        signed = _Way("received_report", known, f"signed for {paper}")
        yield from _row(signed, row, row.text("acknowledged_by"), "acknowledged_at")
