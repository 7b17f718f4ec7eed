"""A request meets items by category and words, a word meets its plural, and every hit says why."""

from __future__ import annotations

import pytest

from fullfile.core.disclosure.requests import describe, is_replied, items_for, stem, words_of
from fullfile.core.ids import parse_when
from tests.unit.core.custody.test_custody_holds import world_of

ITEMS = """
agency,tag,description,kind,category,notes,booked_at
Sheriff,E-1,".45-calibre rounds in a manila envelope",object,ammunition,,2024-01-20
Sheriff,E-2,Laboratory report on glass,test_result,laboratory,,2024-01-20
Sheriff,E-3,Bodies of two lamps,object,,found near a car,2024-01-20
Sheriff,24-0001/2,Statement,document,,,2024-01-20
"""


def hits(asks_for, category="", keywords=""):
    world = world_of(
        items=ITEMS,
        requests="case_number,defendant,requested_at,asks_for,category,keywords\n"
        f'D-1,Ada Roe,2024-02-01,"{asks_for}",{category},{keywords}\n',
    )
    (request,) = world.facts.rows["requests"]
    described = [describe(world, item) for item in world.things.all_items() if item[1] != "x"]
    return {
        world.facts.of_item("items", hit.item)[0].text("tag"): hit.words
        for hit in items_for(request, [one for one in described if one.texts])
        if world.facts.of_item("items", hit.item)
    }


@pytest.mark.parametrize(
    ("asks_for", "category", "keywords", "expected"),
    [
        ("all ballistic evidence", "", "ammunition;cartridges", {"E-1": ("ammunition",)}),
        ("each round", "", "", {"E-1": ("round",)}),
        ("every .45 calibre cartridge", "", "", {"E-1": ("45", "calibre")}),
        ("the lamp and the body", "", "", {"E-3": ("body", "lamp")}),
        ("everything about any car", "", "", {"E-3": ("car",)}),
        ("to see it all", "", "", {}),
        ("tests", "", "", {"E-2": ("tests",)}),
        ("what there is", "laboratory", "", {"E-2": ("laboratory",)}),
        ("item 24-0001/2", "", "", {"24-0001/2": ("24-0001/2",)}),
        ("item 24-0001", "", "", {}),
        ("glasses", "", "", {"E-2": ("glasses",)}),
    ],
)
def test_hits(asks_for, category, keywords, expected):
    assert hits(asks_for, category, keywords) == expected


def test_the_item_with_more_words_comes_first():
    assert list(hits("car, rounds, calibre")) == ["E-1", "E-3"]


def test_words_and_stems():
    assert list(words_of("All 3 of the .45-calibre Rounds of 2021, a b")) == [
        "45",
        "calibre",
        "rounds",
    ]
    assert [stem(word) for word in ("gas", "bus", "analysis", "cases", "ies", "glasses")] == [
        "gas",
        "bus",
        "analysis",
        "case",
        "ies",
        "glass",
    ]


@pytest.mark.parametrize(
    ("replied_at", "reply", "expected"),
    [
        ("2024-03-01", "handed over", True),
        ("2024-03-01", "", False),
        ("", "", False),
        ("2024-05-01", "handed over", False),
    ],
)
def test_a_reply_has_a_date_and_words(replied_at, reply, expected):
    world = world_of(
        requests="case_number,defendant,requested_at,asks_for,replied_at,reply\n"
        f"D-1,Ada Roe,2024-02-01,all,{replied_at},{reply}\n"
    )
    (request,) = world.facts.rows["requests"]
    assert is_replied(request, parse_when("2024-04-01").last) is expected
