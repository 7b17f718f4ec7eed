"""A telling: what may be recorded as one, and which rows show that somebody was told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from fullfile.core.entries import Entry
from fullfile.core.errors import Refused
from fullfile.core.ids import Bounds, parse_when
from fullfile.core.knowledge.telling import (
    TOLD_OF,
    WAYS,
    TellingAsked,
    ToldTo,
    decide_telling,
    news_words,
    speaks_of_loss,
    tells,
)

JULY = parse_when("2026-07-03")
NEWS, FIRST = 40, JULY.first


def asked(**more: Any) -> TellingAsked:
    return replace(
        TellingAsked(
            agency="Sheriff",
            tag="E-1",
            case_number="D-1",
            news=NEWS,
            what="not_found",
            first=FIRST,
            to="K. Ortiz",
            role=ToldTo.PROSECUTOR,
            at="2026-07-04",
            moment=Bounds(FIRST + 86_400_000, FIRST + 2 * 86_400_000 - 1),
            now=FIRST + 5 * 86_400_000,
            way="telephone",
            words="",
            by="R. Lane",
        ),
        **more,
    )


def row(index: int = 41, told_of: str | None = None, **data: Any) -> Entry:
    said = {
        "agency": "Sheriff",
        "tag": "E-1",
        "person": "K. Ortiz",
        "level": "exists",
        "known_from": "2026-07-04",
        "how": "told that it is missing",
        "case_number": "D-1",
    }
    return Entry(
        index=index,
        recorded_ms=0,
        type="knowledge.recorded",
        by="R. Lane",
        data=said | data,
        more={} if told_of is None else {TOLD_OF: told_of},
    )


def shows(one: Entry, what: str = "not_found", names: tuple[str, ...] = ("k. ortiz",)) -> bool:
    return tells(one, news=NEWS, what=what, first=FIRST, case_number="d-1", names=names)


def test_a_telling_is_a_row_of_knowledge() -> None:
    said = decide_telling(asked(words="she asks for a search "))
    assert said["person"] == "K. Ortiz"
    assert said["how"] == (
        "told by R. Lane by telephone that it was recorded as not found on July 3, 2026: "
        "she asks for a search"
    )
    assert (said["role"], said["source"], said["level"]) == ("prosecutor", "R. Lane", "exists")
    assert shows(row(**said))
    assert speaks_of_loss(said["how"])


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"to": " "}, ["to"]),
        ({"to": "r. lane"}, ["to"]),
        ({"moment": None}, ["at"]),
        ({"now": FIRST}, ["at"]),
        ({"moment": Bounds(0, 1)}, ["at"]),
        ({"way": "smoke"}, ["way"]),
        ({"to": "", "moment": None, "way": ""}, ["to", "at", "way"]),
    ],
)
def test_every_reason(more: dict[str, Any], expected: list[str]) -> None:
    with pytest.raises(Refused) as refused:
        decide_telling(asked(**more))
    assert [one.code for one in refused.value.reasons] == expected


def test_which_rows_show_it() -> None:
    assert shows(row())
    assert shows(row(case_number=""))
    assert shows(row(told_of=str(NEWS), how="told", known_from="soon"))
    assert shows(row(how="saw it"), what="found")


def test_which_rows_do_not() -> None:
    assert not shows(row(index=NEWS))
    assert not shows(row(denied=True))
    assert not shows(row(person="B. Frey"))
    assert not shows(row(case_number="D-2"))
    assert not shows(row(how="saw it"))
    assert not shows(row(known_from="2026-07-02"))
    assert not shows(row(known_from="soon"))
    assert not shows(row(told_of="7"))
    assert not shows(replace(row(), more={"erased": "order of May 1"}))


def test_words_of_all_news_speak_of_a_loss_but_a_find() -> None:
    for what in ("not_found", "short", "lost", "released", "consumed", "destroyed"):
        assert speaks_of_loss(news_words(what, FIRST)), what
    assert not speaks_of_loss(news_words("found", FIRST))
    assert set(WAYS) == {"person", "telephone", "writing"}
