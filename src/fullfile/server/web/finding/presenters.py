"""Hits as rows: what it is, why it was found, where it leads."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from fullfile.core.custody.labels import Kind, Label
from fullfile.core.errors import NotFound
from fullfile.server.accounts.person import Person, can
from fullfile.server.accounts.policy import Right
from fullfile.server.queries.find import Hit, Hits
from fullfile.server.store.search_index import Doc
from fullfile.server.web.said_below import plain_word

__all__ = ["Results", "address_of_label", "results"]


@dataclass(frozen=True, slots=True)
class Row:
    """One hit: its kind in words, its name, what it is, why it was found, and its address."""

    kind: str
    name: str
    what: str
    why: str
    address: str


@dataclass(frozen=True, slots=True)
class Results:
    """What the page shows.

    Attributes:
        verdict: "1 exact, 3 near."
        kinds: the kinds with their counts, as links.
        exact, others, near: the rows.
        behind: entries not taken in yet.
        more: whether there is more than is shown.
    """

    verdict: str
    kinds: list[dict[str, Any]]
    exact: list[Row]
    others: list[Row]
    near: list[Row]
    behind: int
    more: bool


def results(person: Person, hits: Hits, *, only: str) -> Results:
    """What was found, for the page; `only`: one kind."""
    kinds = Counter(one.kind.name.lower() for one in (*hits.exact, *hits.others, *hits.near))

    def rows(found: list[Hit]) -> list[Row]:
        return [_row(person, one) for one in found if not only or one.kind.name.lower() == only]

    words = {
        "item": _("Items"),
        "case": _("Cases"),
        "party": _("People"),
        "mention": _("Reports"),
        "request": _("Requests"),
    }
    parts = []
    if hits.exact:
        parts.append(_("%(n)s exact") % {"n": len(hits.exact)})
    if hits.others:
        parts.append(_("%(n)s with these words") % {"n": len(hits.others)})
    if hits.near:
        parts.append(_("%(n)s near") % {"n": len(hits.near)})
    verdict = ", ".join(parts) + "." if parts else _("Nothing that you may see matches.")
    return Results(
        verdict=verdict,
        kinds=[
            {"name": name, "words": label, "count": kinds[name], "current": name == only}
            for name, label in words.items()
        ],
        exact=rows(hits.exact),
        others=rows(hits.others),
        near=rows(hits.near),
        behind=hits.behind,
        more=hits.more,
    )


def _row(person: Person, hit: Hit) -> Row:
    data = hit.entry.data
    match hit.kind:
        case Doc.ITEM:
            return Row(
                _("Item"),
                f"{data['agency']} {data['tag']}",
                str(data.get("description", "")),
                hit.why,
                _address("item", item_id=hit.thing),
            )
        case Doc.CASE:
            what = str(data.get("title", ""))
            return Row(_("Case"), str(data["case_number"]), what, hit.why, _case(person, hit.thing))
        case Doc.PARTY:
            what = _("%(role)s in %(case)s") % {
                "role": plain_word(str(data["role"])),
                "case": data["case_number"],
            }
            return Row(_("Person"), str(data["name"]), what, hit.why, _case(person, hit.thing))
        case Doc.MENTION:
            name = _("Report %(number)s") % {"number": data["report_number"]}
            return Row(
                _("Report"), name, str(data["description"]), hit.why, _case(person, hit.thing)
            )
        case Doc.REQUEST:
            name = _("Request of %(who)s") % {"who": data["defendant"]}
            return Row(_("Request"), name, str(data["asks_for"]), hit.why, _case(person, hit.thing))


def _case(person: Person, case_id: int) -> str:
    return _address("case", case_id=case_id) if can(person, Right.SEE_CASES) and case_id else ""


def _address(name: str, **ids: int) -> str:
    try:
        return reverse(name, kwargs=ids)
    except NoReverseMatch:
        return ""


def address_of_label(person: Person, label: Label) -> str:
    """Where a label leads; the page there asks whether this person may."""
    match label.kind:
        case Kind.ITEM | Kind.BOX:
            return reverse("item", kwargs={"item_id": label.number})
        case Kind.SHELF:
            if not can(person, Right.HANDLE):
                raise NotFound(_("There is no such shelf, or you may not see it."))
            return reverse("items") + f"?shelf={label.number}"
        case Kind.PRODUCTION:
            return reverse(
                "portal_production" if can(person, Right.PORTAL) else "production",
                kwargs={"entry": label.number},
            )
        case _:
            return reverse("record_entry", kwargs={"index": label.number})
