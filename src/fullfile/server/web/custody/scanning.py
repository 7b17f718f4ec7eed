"""Scan, then act: a list that grows with each scan, and one act for all of it that can.

The list is kept in the session, so that it works without a script, and survives a page that is left.

What this does not do: it decides nothing; of each that cannot, it shows why.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from fullfile.core.custody.hand import Hand
from fullfile.core.custody.handling import Act
from fullfile.core.custody.labels import Kind
from fullfile.core.errors import FullfileError, NotFound, NotPermitted, Refused
from fullfile.server.accounts.policy import Right
from fullfile.server.actions.doing import Done, Thing
from fullfile.server.actions.handling import move_items, transfer_items
from fullfile.server.queries.hands import hands_of_items
from fullfile.server.store.chain import find_item
from fullfile.server.store.connections import items_of_agency
from fullfile.server.store.overview import name_items
from fullfile.server.web.acting import OfficeForm, act
from fullfile.server.web.clock import now_ms
from fullfile.server.web.custody.doing import an_act, hindrances
from fullfile.server.web.custody.scanned import named_by, shelf_in
from fullfile.server.web.custody.thing import check_handles
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.in_words import in_words
from fullfile.server.web.items.where import where_is
from fullfile.server.web.reach import ItemRef, item_in_reach, own_agency

__all__ = ["scan"]

_LIST = "scan_list"
_MOST = 200
ACTS = (("move", lazy("Move to a shelf")), ("transfer", lazy("Transfer to somebody")))


class ManyForm(OfficeForm):
    """What one act for many says; each sealed thing's seal beside it."""

    place = forms.CharField(
        label=lazy("Which shelf do they go to?"),
        help_text=lazy("Scan the shelf, or type its name."),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    to = forms.CharField(label=lazy("Who has them from now on?"), required=False, max_length=200)
    reason = forms.CharField(label=lazy("Why?"), required=False, max_length=2_000)
    asked: ClassVar[tuple[str, ...]] = ("place", "to")
    fields_of_codes: ClassVar[dict[str, str]] = {"nothing_chosen": "place"}

    def __init__(self, data: Any = None, *, what: str, agency: str, **more: Any) -> None:
        super().__init__(data, **more)
        self.what, self.agency = what, agency

    def clean_place(self) -> str:
        """A scanned shelf by its name."""
        said = self.cleaned_data["place"]
        return shelf_in(said, self.agency) if said else ""

    def clean(self) -> dict[str, Any]:
        """Where to, of the act that was chosen."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if self.what == "move" and not said.get("place") and "place" not in self.errors:
            self.add_error("place", _("Say which shelf they go to."))
        if self.what == "transfer" and not said.get("to"):
            self.add_error("to", _("Say to whom they go."))
        return said


@dataclass(frozen=True, slots=True)
class Row:
    """One thing of the list: whether the act can be done, else why not."""

    item: ItemRef
    hand: Hand
    words: str
    cannot: str

    @property
    def asks_seal(self) -> bool:
        """Whether it changes hands only with its seal read off."""
        return bool(self.hand.seal) and not self.cannot


@page(Right.HANDLE)
def scan(request: PageRequest) -> HttpResponse:
    """A growing list, then one act for all that can."""
    kept = _kept(request)
    do = request.POST.get("do", "add") if request.method == "POST" else ""
    form = ManyForm(
        request.POST if do == "act" else None,
        what=kept["act"],
        agency=request.person.works_for,
        initial={"place": kept["place"]},
    )
    if do == "act":  # on what the page showed, whatever another page did to the list meanwhile
        shown_ids = [int(one) for one in request.POST.getlist("thing") if _is_number(one)]
        kept["items"] = list(dict.fromkeys([*shown_ids[:_MOST], *kept["items"]]))
    rows = _rows(request, kept)
    if do == "act":
        if form.is_valid() and _acted(request, form, kept, rows):
            return redirect("scan")
    elif do:
        _change(request, kept, do)
        return redirect("scan")
    shown = {
        "acts": ACTS,
        "act": kept["act"],
        "form": form,
        "rows": rows,
        "can": sum(not one.cannot for one in rows),
        "result": request.session.pop("scan_result", None) if request.method == "GET" else None,
    }
    return render(request, "custody/scan.html", shown, status=422 if form.errors else 200)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 16


def _kept(request: PageRequest) -> dict[str, Any]:
    kept = dict(request.session.get(_LIST, {}))
    chosen = kept.get("act") if kept.get("act") in dict(ACTS) else "move"
    return {"act": chosen, "items": list(kept.get("items", [])), "place": kept.get("place", "")}


def _change(request: PageRequest, kept: dict[str, Any], do: str) -> None:
    """One scan more, one thing off the list, another act, or an empty list."""
    kind, words = "", ""
    if do == "add":
        kind, words = _add(request, kept, request.POST.get("code", ""))
    elif do == "clear":
        kept["items"], kept["place"] = [], ""
    elif do in dict(ACTS):
        kept["act"] = do
    elif do.startswith("off-"):
        kept["items"] = [one for one in kept["items"] if f"off-{one}" != do]
    request.session[_LIST] = kept
    if words:
        request.session["scan_result"] = {"kind": kind, "words": words}


def _add(request: PageRequest, kept: dict[str, Any], text: str) -> tuple[str, str]:
    """Put what was scanned on the list; how that went, in a word and a sentence."""
    said = " ".join(text.split())[:200]
    if not said:
        return "wrong", _("Nothing was scanned. Scan a label, or type a tag.")
    try:
        item = _item(request, kept, said)
    except FullfileError as error:
        return "unknown", in_words(error.words)
    if item is None:
        return "", _("They go to %(shelf)s.") % {"shelf": kept["place"]}
    named = {"tag": f"{item.agency} {item.tag}"}
    if item.item_id in kept["items"]:
        return "", _("%(tag)s is on the list already.") % named
    if len(kept["items"]) >= _MOST:
        return "wrong", _("The list is full: act on these first.")
    kept["items"].append(item.item_id)
    return "", _("%(tag)s is on the list.") % named


def _item(request: PageRequest, kept: dict[str, Any], said: str) -> ItemRef | None:
    """The item that was scanned; None where it was a shelf, which they then go to.

    Raises:
        NotFound: there is none in reach.
        Refused: the label is of something else.
    """
    named = named_by(said)
    if named is not None and named.kind is Kind.SHELF:
        kept["place"], kept["act"] = shelf_in(said, request.person.works_for), "move"
        return None
    if named is not None and named.item_id is None:
        raise Refused(_("That is the label of a paper: scan the label of a thing."))
    found = find_item(request.person.works_for, said) if named is None else None
    number = named.item_id if named is not None else None if found is None else found.item_id
    if number is None:
        raise NotFound(_("No item of yours has the label or tag “%(said)s”.") % {"said": said})
    return item_in_reach(request.person, number)


def _rows(request: PageRequest, kept: dict[str, Any]) -> list[Row]:
    """The list, each with whether the chosen act can be done; what is out of reach by now is gone."""
    keys = {norm: number for number, norm in name_items(kept["items"]).items()}
    hands = hands_of_items(keys, now_ms=now_ms())
    agency = own_agency(request.person)
    own = set() if agency is None else items_of_agency(kept["items"], agency)
    somehow = an_act(now_ms())
    rows = []
    for number in kept["items"]:
        if number not in hands:
            continue
        hand = hands[number].hand
        try:
            item = (
                ItemRef(number, hand.agency, hand.tag, own=True)
                if number in own
                else item_in_reach(request.person, number)
            )
        except NotFound:
            continue
        rows.append(
            Row(
                item,
                hand,
                where_is(request.person, hand, own=item.own).words,
                _cannot(request, kept["act"], item, hand, somehow),
            )
        )
    return rows


def _cannot(request: PageRequest, what: str, item: ItemRef, hand: Hand, somehow: Act) -> str:
    try:
        check_handles(request.person, item, hand)
    except NotPermitted as error:
        return in_words(error.words)
    return " ".join(in_words(one.text) for one in hindrances(what, hand, somehow))


def _acted(request: PageRequest, form: ManyForm, kept: dict[str, Any], rows: list[Row]) -> bool:
    """One act for all that can; what could not stays on the list."""
    said = form.cleaned_data
    things = [
        Thing(
            one.item.agency,
            one.item.tag,
            seal=request.POST.get(f"seal-{one.item.item_id}", "").strip()[:100],
            seal_intact={"yes": True, "no": False}.get(
                request.POST.get(f"intact-{one.item.item_id}", "")
            ),
            seen_entry=said["seen"] - 1,
        )
        for one in rows
        if not one.cannot
    ]
    common = {
        "things": things,
        "reason": said["reason"],
        "actor": request.person.name,
        "now_ms": now_ms(),
    }

    def do() -> Done:
        if kept["act"] == "move":
            return move_items(place=said["place"], **common)
        return transfer_items(to=said["to"], place="", **common)

    done = act(request, form, do, repeats=True)  # what was scanned stands in the session
    if done is None:
        return False
    if done.again:
        return True  # the list is as it was left
    result: Done = done.result
    finished = {(agency, tag) for agency, tag, _entry in result.done}
    left = [one for one in rows if (one.item.agency, one.item.tag) not in finished]
    kept["items"] = [one.item.item_id for one in left]
    request.session[_LIST] = kept
    _tell(request, kept["act"], result)
    return True


def _tell(request: PageRequest, what: str, result: Done) -> None:
    """How many were done; of each that could not, why."""
    many = {"n": len(result.done)}
    words = _("%(n)s moved.") % many if what == "move" else _("%(n)s transferred.") % many
    why = [
        f"{one.tag}: " + " ".join(in_words(reason.text) for reason in one.reasons)
        for one in result.cannot
    ]
    if not result.done:
        request.session.pop("said", None)  # nothing was recorded: there is no receipt
    request.session["scan_result"] = {
        "kind": "wrong" if why else "",
        "words": " ".join([words, *why]),
    }
