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
from typing import TYPE_CHECKING, Any

import pytest

from fullfile.server.settings import configure
from tests.web.conftest import Office
from tests.web.furnished import furnish
from tests.web.test_papers import BALDWIN, DOE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

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
    """

    who: str
    address: str
    orders: str = ""
    one_way: str = ""
    filters: str = ""
    finds: str | None = ""
    name: str = ""
    counted: bool = True

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
    ListOfPage("r.lane", "{item}files/", "file use bytes recorded_ms entry", filters="use"),
    ListOfPage("k.ortiz", "{item}holds/", "hold since ends entries", filters="ends"),
]


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
    from fullfile.server.store.connections import case_id_of, item_id_of

    return {
        "case": f"/cases/{case_id_of(BALDWIN)}/",
        "doe": f"/cases/{case_id_of(DOE)}/",
        "item": f"/items/{item_id_of('Sheriff', 'DOC-001')}/",
    }


def exported(client: Client, address: str, one: ListOfPage, form: str = "json") -> Any:
    """All rows of a list as the address asks for it."""
    joined = f"{address}{'&' if '?' in address else '?'}format={form}"
    answer = client.get(joined + (f"&list={one.name}" if one.name else ""))
    assert answer.status_code == 200, (address, answer.status_code)
    assert "attachment" in answer.get("Content-Disposition", ""), f"{address} exports nothing"
    text = answer.content.decode("utf-8-sig")
    return json.loads(text) if form == "json" else text


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
    assert word.casefold() not in answer["Location"].casefold()
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
            assert re.search(
                rf'<th [^>]*>\s*<a class="ff-sort" href="[^"]*{one.prefix}order={name}\b', page
            ), name
    for name in names:
        up = exported(client, with_asked(address, one, order=name), one)
        down = exported(client, with_asked(address, one, order=f"-{name}"), one)
        assert told(up) == told(down) == told(every)
        if name in every[0]:
            known = [row[name] for row in up if row[name] not in (None, "")]
            assert known == [row[name] for row in down if row[name] not in (None, "")][::-1], name
            assert all(row[name] not in (None, "") for row in down[: len(known)]), name
            if all(isinstance(value, int | float) for value in known):
                assert known == sorted(known), name
        sorted_page = client.get(with_asked(address, one, order=f"-{name}")).content.decode()
        if len(every) > 1:
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
