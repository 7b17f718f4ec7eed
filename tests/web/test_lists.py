"""Every list searches, sorts, filters and exports: all lists of the pages walked, as somebody who has them.

The table below is the decision about each page with rows: what it can be asked. A page is in `NOT_LISTS` with its reason.
"""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from fullfile.server.settings import configure
from tests.web.conftest import Office
from tests.web.furnished import furnish
from tests.web.test_papers import BALDWIN, DOE, papers_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.test import Client

NONSENSE = "qxzvwk"


@dataclass(frozen=True)
class ListOfPage:
    """What a list of a page can be asked.

    Attributes:
        who: somebody who has it.
        address: where it is; {case} and {item} are the worked example's.
        orders: by what it sorts, both ways.
        one_way: by what it sorts one way only: the other would read everything.
        filters: by what it is filtered.
        finds: the column of an export that the search looks into; empty: every one; None: it is not searched.
        name: the list's own name, where a page has several.
        counted: whether its filters say how many rows each leaves.
        apart: an export has rows of its own: in another order, or several for one of the list.
        headless: it is no table, so that its orders stand in a list to choose from at every width.
    """

    who: str
    address: str
    orders: str = ""
    one_way: str = ""
    filters: str = ""
    finds: str | None = ""
    name: str = ""
    counted: bool = True
    apart: bool = False
    headless: bool = False

    def __str__(self) -> str:
        return f"{self.who} {self.address} {self.name}".strip()

    @property
    def prefix(self) -> str:
        return f"{self.name}-" if self.name else ""


LISTS = [
    ListOfPage("k.ortiz", "{case}docket/", "day event defendant entry", filters="event defendant"),
    ListOfPage("k.ortiz", "{case}docket/", "whose due rule", filters="whose state", name="duties"),
    ListOfPage(
        "k.ortiz",
        "{case}requests/",
        "request defendant requested_at replied items",
        filters="defendant replied",
    ),
    ListOfPage("k.ortiz", "{case}agencies/", "agency answer items", filters="answer"),
    ListOfPage("k.ortiz", "{case}people/", "name role agency counsel", filters="role agency"),
    ListOfPage(
        "k.ortiz",
        "{case}people/",
        "name role works_for ends_on",
        filters="role works_for",
        name="access",
    ),
    ListOfPage("k.ortiz", "{case}holds/", "hold items ends"),
    ListOfPage("k.ortiz", "{case}linked/", "what due ground", filters="about"),
    ListOfPage(
        "r.lane",
        "{case}mentions/",
        "description agency report_number mentioned_at outcome",
        filters="agency outcome",
    ),
    ListOfPage(
        "k.ortiz", "{doe}papers/", "production state items service left_out", filters="state"
    ),
    ListOfPage(
        "k.ortiz",
        "{case}papers/",
        "production defendant since items receipt",
        filters="defendant receipt",
        name="elsewhere",
    ),
    ListOfPage(
        "k.ortiz",
        "{case}papers/",
        "item from state ground order since",
        filters="from state ground",
        name="withheld",
    ),
    ListOfPage(
        "k.ortiz",
        "{case}papers/",
        "paper state signed_by recorded_ms entry",
        filters="state",
        name="issued",
    ),
    ListOfPage(
        "r.lane",
        "{item}custody/",
        "what happened from to place seal signed entry",
        filters="what from to",
    ),
    ListOfPage(
        "k.ortiz", "{item}knew/", "known_from person level how entries", filters="person level"
    ),
    ListOfPage("k.ortiz", "{item}knew/", "person side", filters="side", name="people"),
    ListOfPage(
        "k.ortiz", "{case}papers/", "paper filed_on by how entry", filters="how side", name="filed"
    ),
    ListOfPage("r.lane", "{item}files/", "file use bytes recorded_ms entry", filters="use"),
    ListOfPage("k.ortiz", "{item}holds/", "hold since ends entries", filters="ends"),
    ListOfPage(
        "k.ortiz",
        "{case}lines/",
        "item who state due",
        filters="who state",
        finds="tag",
        apart=True,
    ),
    ListOfPage("c.webb", "{production}", "item extent state", filters="extent state", finds="tag"),
    ListOfPage("k.ortiz", "{item}record/", "entry type recorded_at by", filters="type by"),
    ListOfPage(
        "s.vale",
        "/audit/releases/",
        "item event by recorded_ms imported entry",
        filters="event imported agency",
    ),
    ListOfPage("s.vale", "/audit/overrides/", "case_number by recorded_ms entry", filters="by"),
    ListOfPage(
        "s.vale",
        "/audit/accounts/",
        "name role last_used_at ends_on approved_by reviewed_at entry",
        filters="role",
    ),
    ListOfPage("j.soto", "/accounts/waiting/", "name role for ends_on asked_ms", filters="role"),
    ListOfPage("k.ortiz", "/me/tokens/", "for until last_used", filters="holds"),
    ListOfPage("e.noor", "/defence/", "client case_number"),
    ListOfPage(
        "e.noor",
        "/defence/1/",
        "production served_at items",
        finds="tag",
        apart=True,
        headless=True,
    ),
    ListOfPage("e.noor", "/defence/1/withheld/", "announced_at words", filters="disputed"),
    ListOfPage("e.noor", "/defence/1/receipts/", "production served_at signed claimed open"),
    ListOfPage(
        "e.noor", "/defence/1/requests/", "requested_at asks_for replied entry", filters="replied"
    ),
    ListOfPage("e.noor", "/defence/1/papers/", "paper on signed_by entry filed", filters="kind"),
    ListOfPage("e.noor", "{given}", "item description extent receipt", filters="extent receipt"),
    ListOfPage("k.ortiz", "/review/", "item case probability since", filters="case"),
    ListOfPage("b.frey", "/review/readings/", "item case made_on", filters="case"),
    ListOfPage("j.soto", "/review/approvals/", "item how reason asked_ms", filters="how"),
    ListOfPage(
        "r.lane",
        "/items/mentions/",
        "description report mentioned_at outcome",
        filters="outcome agency",
    ),
    ListOfPage("a.boone", "/jobs/", "job kind by asked_at state", filters="kind by state"),
    ListOfPage(
        "c.webb",
        "/imports/",
        "entry source table file rows left_out by recorded_ms",
        filters="source table by",
    ),
    ListOfPage(
        "r.lane",
        "/inventories/",
        "inventory state where expected opened_ms",
        filters="state agency",
    ),
    ListOfPage("r.lane", "{inventory}lists/to-find/", "tag shelf", filters="shelf"),
    ListOfPage(
        "r.lane",
        "{inventory}lists/unrecorded/",
        "item shelf why found_ms settled",
        filters="shelf settled",
    ),
    ListOfPage(
        "r.lane",
        "/lists/to-shelve/",
        "item description who shelf since due_back past_due",
        filters="shelf past_due",
    ),
    ListOfPage(
        "r.lane", "/lists/unbooked/", "report description quantity when by case", filters="case"
    ),
    ListOfPage("k.ortiz", "/lists/overdue/", "case defendant items due by", filters="by"),
    ListOfPage(
        "k.ortiz", "/lists/receipts/", "production case defendant items served", filters="defendant"
    ),
    ListOfPage(
        "j.soto", "/reports/people/", "prosecutor cases not_full exceptions for_good overdue"
    ),
    ListOfPage(
        "j.soto",
        "/reports/discrepancies/",
        "inventory kind item description shelf why by",
        filters="inventory kind by",
    ),
    ListOfPage("j.soto", "/reports/orphans/", "item description held_since"),
    # Lists that may be of any length, each with orders that follow an index of its own.
    ListOfPage(
        "r.lane",
        "/items/",
        one_way="-recorded recorded tag",
        filters="agency kind what bears",
        finds="tag",
        counted=False,
    ),
    ListOfPage(
        "k.ortiz",
        "/cases/",
        one_way="worst hearing due number title newest",
        filters="verdict state",
        finds="case_number",
        counted=False,
    ),
    ListOfPage(
        "h.pike",
        "/court/?all=yes",
        one_way="hearing number title worst",
        finds="case_number",
        counted=False,
    ),
    ListOfPage(
        "s.vale",
        "/audit/acts/",
        one_way="newest oldest person type",
        filters="type",
        finds="by",
        counted=False,
    ),
    ListOfPage(
        "a.boone",
        "/accounts/",
        one_way="name role used ends",
        filters="role",
        finds="name",
        counted=False,
    ),
    ListOfPage("k.ortiz", "/record/", one_way="", filters="type", finds=None, counted=False),
]

OF_THEIR_OWN = {
    # Lists of the whole record: their orders follow an index each, and stand in a list to choose from.
    "accounts/accounts.html",
    "audit/acts.html",
    # Its own reading is noted in it: it grows while it is read, and test_audit looks at it.
    "audit/door.html",
    "cases/list.html",
    "court/court.html",
    "items/list.html",
    "record/record.html",
    # The board: it groups and filters by its own links, and the lines behind each number are a list.
    "cases/grid.html",
}
NOT_LISTS = {
    "accounts/account.html": "what was done about one account, in its order",
    "audit/report.html": "a paper, printed whole",
    "audit/sample.html": "a sample that was drawn, in the order of its drawing",
    "cases/board.html": "the heads of the board's table",
    "cases/in_place.html": "one row for each of held, filed and the defendants",
    "cases/readiness.html": "a paper on one case, printed whole",
    "cases/timeline.html": "the days of a picture, in their order",
    "counting/inventory.html": "the shelves of one room, beside each its count",
    "counting/sample.html": "a sample that was drawn, printed whole",
    "court/bench.html": "one row for each defendant",
    "custody/report.html": "lines of a form",
    "custody/scan.html": "what was scanned just now, in its order",
    "docket/request.html": "what one request stands against",
    "finding/rows.html": "what a search found, the nearest first",
    "importing/check.html": "the causes of problems, the commonest first",
    "importing/columns.html": "lines of a form",
    "items/tell.html": "who must be told of one thing",
    "mfa/webauthn/authenticator_list.html": "one's own keys, a handful",
    "office/office.html": "the settings, of which there are as many as the program knows",
    "papers/certificate.html": "a paper, signed whole",
    "papers/certificate_second.html": "a paper, signed whole",
    "papers/court_filing.html": "what one filing holds",
    "papers/production_print.html": "a paper, printed whole",
    "papers/schedule.html": "a paper, printed whole",
    "record/entry.html": "the fields of one entry",
    "review/suggestion.html": "the reasons of one suggestion, the weightiest first",
    "usersessions/usersession_list.html": "where one is signed in, a handful",
}


def test_each_table_of_a_page_is_a_list_or_is_not_with_its_reason() -> None:
    import fullfile.server.web

    folder = Path(fullfile.server.web.__file__).parent / "templates"
    tables = {
        place.relative_to(folder).as_posix(): place.read_text("utf-8")
        for place in folder.rglob("*.html")
        if "ff-stack" in place.read_text("utf-8")
    }
    undecided = {name for name, page in tables.items() if "parts/list_heads.html" not in page}
    assert undecided == OF_THEIR_OWN | set(NOT_LISTS)


@pytest.fixture(scope="module")
def office(example_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One office for all lists: nothing here records anything."""
    from django.conf import settings
    from django.db import connections
    from django.utils import translation

    translation.deactivate()
    folder = tmp_path_factory.mktemp("furnished")
    shutil.copytree(example_home, folder / "home")
    configure(folder / "home", "")
    settings.FULLFILE_DEMONSTRATION = True
    made = Office(folder / "home")
    furnish(made, folder / "sent")
    yield made
    settings.FULLFILE_DEMONSTRATION = False
    connections.close_all()


@pytest.fixture(scope="module")
def ids(office: Office) -> dict[str, str]:
    from fullfile.server.queries.room import inventories_under_way
    from fullfile.server.store.connections import case_id_of, item_id_of

    return {
        "case": f"/cases/{case_id_of(BALDWIN)}/",
        "doe": f"/cases/{case_id_of(DOE)}/",
        "item": f"/items/{item_id_of('Sheriff', 'DOC-001')}/",
        "production": production_address(office),
        "given": given_address(office),
        "inventory": f"/inventories/{inventories_under_way()[-1].entry}/",
    }


LONG = [
    # The address, who, the column that its search finds in however long it is; None: it finds only in a short one.
    ("r.lane", "/lists/to-shelve/", "item"),
    ("r.lane", "/lists/unbooked/", "report"),
    ("r.lane", "/items/mentions/", "report"),
    ("j.soto", "/review/approvals/", "item"),
    ("k.ortiz", "/review/", "item"),
    ("j.soto", "/reports/orphans/", "item"),
    ("k.ortiz", "/lists/overdue/", None),
    ("a.boone", "/jobs/", None),
    ("c.webb", "/imports/", None),
    ("k.ortiz", "{item}record/", None),
    ("r.lane", "{inventory}lists/to-find/", None),
]


@pytest.mark.parametrize(("who", "address", "finds"), LONG)
def test_a_list_that_is_too_long_to_sort_says_so_and_is_searched_and_exported_whole(
    office: Office,
    ids: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    who: str,
    address: str,
    finds: str | None,
) -> None:
    from fullfile.server.web import long_list
    from fullfile.server.web.start import lists

    one = ListOfPage(who, address, finds=finds)
    client, here = office.as_(who), address.format(**ids)
    every = exported(client, here, one)
    assert len(every) > 1
    for module in (long_list, lists):
        monkeypatch.setattr(module, "WHOLE", 1)
    page = client.get(here).content.decode()
    assert exported(client, here, one) == every
    assert "ff-sort" not in page
    assert ("It is too long" if finds else "and is too long") in page
    if finds is None:
        assert 'id="list-q"' not in page
        return
    tag = str(every[0][finds]).split()[-1]
    answer = client.post(here, {"q": tag})
    found = exported(client, answer["Location"], one)
    assert 0 < len(found) < len(every)
    assert all(tag in str(row[finds]) for row in found)
    nothing = client.post(here, {"q": NONSENSE})
    assert exported(client, nothing["Location"], one) == []


def production_address(office: Office) -> str:
    """The production in Doe's case that was closed."""
    page = office.as_("c.webb").get(papers_at(DOE)).content.decode()
    return re.findall(r'href="(/cases/[0-9]+/papers/productions/[0-9]+/)"', page)[-1]


def given_address(office: Office) -> str:
    """Something that was given to the client of the demonstration's counsel."""
    page = office.as_("e.noor").get("/defence/1/").content.decode()
    return re.findall(r'href="(/defence/1/given/[0-9]+/)"', page)[0]


def exported(client: Client, address: str, one: ListOfPage, form: str = "json") -> Any:
    """All rows of a list as the address asks for it."""
    joined = f"{address}{'&' if '?' in address else '?'}format={form}"
    answer = client.get(joined + (f"&list={one.name}" if one.name else ""))
    assert answer.status_code == 200, (address, answer.status_code)
    assert "attachment" in answer.get("Content-Disposition", ""), f"{address} exports nothing"
    text = answer.content.decode("utf-8-sig")
    if form == "csv":
        return text
    said = json.loads(text)
    return said if isinstance(said, list) else said["exceptions"] + said["lines_detail"]


def selects(page: str, one: ListOfPage) -> dict[str, list[tuple[str, str]]]:
    """What can be chosen of a list, by name: values and words."""
    others = {each.prefix for each in LISTS if each.address == one.address} - {one.prefix, ""}
    found = {}
    for name, inside in re.findall(
        r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL
    ):
        if not name.startswith(one.prefix) or any(name.startswith(other) for other in others):
            continue
        options = re.findall(r'<option value="([^"]*)"[^>]*>(.*?)</option>', inside, re.DOTALL)
        found[name[len(one.prefix) :]] = [
            (unescape(value), unescape(words)) for value, words in options
        ]
    return found


def with_asked(address: str, one: ListOfPage, **asked: str) -> str:
    said = "&".join(f"{one.prefix}{name}={value}" for name, value in asked.items())
    return f"{address}{'&' if '?' in address else '?'}{said}"


def told(rows: list[Mapping[str, Any]]) -> Counter[str]:
    return Counter(json.dumps(row, sort_keys=True) for row in rows)


@pytest.mark.parametrize("one", LISTS, ids=str)
def test_a_list_searches_sorts_filters_and_exports(
    office: Office, ids: dict[str, str], one: ListOfPage
) -> None:
    client, address = office.as_(one.who), one.address.format(**ids)
    answer = client.get(address)
    assert answer.status_code == 200
    page = answer.content.decode()
    every = exported(client, address, one)
    assert every, f"the demonstration has nothing in {one}: its tools cannot be tried"
    assert exported(client, address, one, "csv").count("\n") >= len(every) + 1
    if not one.apart:
        the_pager_says_how_many(page, len(every))
    it_finds(client, address, one, page, every)
    it_sorts(client, address, one, page, every)
    it_filters(client, address, one, page, every)


def the_pager_says_how_many(page: str, many: int) -> None:
    said = [
        int(total.replace(",", ""))
        for total in re.findall(r'class="ff-pager[^>]*><p>\D*[\d,]+\D+[\d,]+\D+([\d,]+)', page)
    ]
    assert many in said


def it_finds(client: Client, address: str, one: ListOfPage, page: str, every: list[Any]) -> None:
    """A word of a row finds it and narrows; nonsense finds nothing and says so; no address holds the words."""
    if one.finds is None:
        return
    if len(every) > 1:
        assert f'id="{one.prefix}list-q"' in page
    cells = [
        str(row[one.finds]) if one.finds else " ".join(map(str, row.values())) for row in every
    ]
    words = re.findall(r"[^\W_][\w-]{2,}", cells[-1])
    word = max(words, key=lambda each: (-sum(each in cell for cell in cells), len(each)))
    asked = {"q": word} | ({"list": one.name} if one.name else {})
    answer = client.post(address, asked)
    assert answer.status_code == 302
    assert word.casefold() not in answer["Location"].partition("?")[2].casefold()
    found = exported(client, answer["Location"], one)
    assert told(found) <= told(every)
    assert told([every[-1]]) <= told(found)
    if sum(word.casefold() not in cell.casefold() for cell in cells):
        assert len(found) < len(every)
    nothing = client.post(address, asked | {"q": NONSENSE})
    assert exported(client, nothing["Location"], one) == []
    empty = client.get(nothing["Location"])
    assert empty.status_code == 200
    assert NONSENSE in empty.content.decode(), "the page does not say what was looked for"


def it_sorts(client: Client, address: str, one: ListOfPage, page: str, every: list[Any]) -> None:
    """Each order both ways: the same rows, the known ones turned round, what is unknown last."""
    offered = selects(page, one).get("order", [])
    names = one.orders.split()
    if len(every) > 1:
        both = {sign + name for name in names for sign in ("", "-")} | set(one.one_way.split())
        assert {value for value, _ in offered if value} == both
        for name in names:
            assert one.headless or re.search(
                rf'<th [^>]*>\s*<a class="ff-sort" href="[^"]*{one.prefix}order={name}\b', page
            ), name
    for name in names:
        up = exported(client, with_asked(address, one, order=name), one)
        down = exported(client, with_asked(address, one, order=f"-{name}"), one)
        assert told(up) == told(down) == told(every)
        if name in every[0] and not one.apart:
            known = [row[name] for row in up if row[name] not in (None, "")]
            assert known == [row[name] for row in down if row[name] not in (None, "")][::-1], name
            assert all(row[name] not in (None, "") for row in down[: len(known)]), name
            if all(isinstance(value, int | float) for value in known):
                assert known == sorted(known), name
        sorted_page = client.get(with_asked(address, one, order=f"-{name}")).content.decode()
        if len(every) > 1 and not one.headless:
            assert 'aria-sort="descending"' in sorted_page, name


def it_filters(client: Client, address: str, one: ListOfPage, page: str, every: list[Any]) -> None:
    """Each value of each filter narrows, and the counts add up to the whole."""
    offered = {name: options for name, options in selects(page, one).items() if name != "order"}
    assert set(offered) <= set(one.filters.split())
    for name in one.filters.split():
        if name not in offered:
            assert len({str(row.get(name)) for row in every}) <= 1, f"{one} has no filter by {name}"
            continue
        counts = []
        for value, words in offered[name]:
            if not value:
                continue
            found = exported(client, with_asked(address, one, **{name: value}), one)
            assert told(found) <= told(every)
            counts.append(len(found))
            if one.counted:
                assert words.endswith(f"({len(found):,})"), (name, words)
        if one.counted:
            assert sum(counts) == len(every), name
