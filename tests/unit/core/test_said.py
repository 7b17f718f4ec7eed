"""Sentences that keep their parts: the text is English and plain, and the parts travel with it."""

from __future__ import annotations

import copy
import json
import pickle
from string import Formatter

import pytest

from fullfile.core.facts.dates import date_words, day_words, days, join, when_words
from fullfile.core.ids import DAY_MS, parse_when
from fullfile.core.matching.asides import without_views
from fullfile.core.said import (
    Capital,
    Day,
    Joined,
    Listed,
    Pattern,
    Plural,
    Said,
    capital,
    either,
    joined,
    listed,
    many,
    said_of,
    say,
    word,
)
from tests.support.patterns import told_in_source

MARCH_6 = parse_when("2024-03-06").first


def test_a_sentence_is_its_english_text() -> None:
    said = say("Due to {who} on {day}.", who="Roe", day=day_words(MARCH_6))
    assert said == "Due to Roe on March 6, 2024."
    assert isinstance(said, str)
    assert type(str(said)) is str
    assert json.dumps({"why": said}) == '{"why": "Due to Roe on March 6, 2024."}'


def test_it_keeps_its_pattern_and_its_facts() -> None:
    said = say("Due to {who} on {day}.", who="Roe", day=day_words(MARCH_6))
    day = Day(MARCH_6 // DAY_MS)
    assert said.parts == Pattern("Due to {who} on {day}.", ("who", "day"), ("Roe", day))
    assert said_of(said.parts) == said


@pytest.mark.parametrize(
    "said",
    [
        say("A word in {place}: {days}.", place="a {brace}", days=days(1_204)),
        many("{n} day", "{n} days", 1),
        joined([say("One."), "", say("Two.")]),
        capital(say("the filing")),
        listed([say("an order"), "a name", word("plea guilty")]),
        either(["a", word("b")]),
        when_words("before 2024-07-09", 0),
        when_words("2024-03", 0),
        date_words("2024-02/2024-03-06", 0),
        say("Nothing in it."),
    ],
)
def test_parts_make_the_same_text_again_and_travel(said: str) -> None:
    assert isinstance(said, Said)
    assert said_of(said.parts) == said
    for copied in (pickle.loads(pickle.dumps(said)), copy.copy(said), copy.deepcopy(said)):
        assert type(copied) is Said
        assert (copied, copied.parts) == (said, said.parts)


def test_words_for_dates_and_numbers_keep_what_they_are() -> None:
    assert days(1).parts == Plural("{n:,} day", "{n:,} days", 1, (), ())
    assert str(days(1_204)) == "1,204 days"
    assert date_words("2024", 0) == "2024"
    assert join(["a"]) == "a"
    assert isinstance(join(["a", "b"]), Said)
    assert join(["a", "b", "c"]).parts == Listed(("a", "b", "c"))
    assert capital("plain") == "Plain"
    assert not isinstance(capital("plain"), Said)
    assert capital(say("the list")).parts == Capital(Pattern("the list", (), ()))
    assert joined([say("One."), "Two."]).parts == Joined(" ", (Pattern("One.", (), ()), "Two."))


def test_text_and_a_sentence_of_the_same_words_are_not_taken_for_each_other() -> None:
    quoted = say("It says {what}.", what="in part")
    ours = say("It says {what}.", what=say("in part"))
    assert quoted == ours
    assert quoted.parts != ours.parts


def test_facts_are_changed_inside_a_sentence_only_where_that_is_all() -> None:
    said = say("Served on {who} by {clerk}.", who="P. Roe", clerk="C. Webb")
    hidden = said.with_facts(lambda text: text.replace("P. Roe", "[sealed]"))
    assert hidden == "Served on [sealed] by C. Webb."
    assert isinstance(hidden, Said)
    across = said.with_facts(lambda text: text.replace("P. Roe by", "[sealed]"))
    assert across == "Served on [sealed] C. Webb."
    assert not isinstance(across, Said)


def test_what_somebody_thinks_is_left_out_by_its_part() -> None:
    view = "{by} thinks it {finding} ({day}): “{reason}”; {verified}. A view changes no line."
    said = joined(
        [
            say("Not disclosed."),
            *(
                say(
                    view,
                    by=name,
                    finding=word("exculpatory"),
                    day=day_words(MARCH_6),
                    reason="A view changes no line. R. Lane thinks it odd",
                    verified=say("no second person has read it"),
                )
                for name in ("K. Ortiz", "R. Lane")
            ),
            say("It bears on no case."),
        ]
    )
    assert without_views(said) == "Not disclosed. It bears on no case."
    assert "R. Lane thinks it exculpatory" in without_views(said, ["K. Ortiz"])
    assert "K. Ortiz" not in without_views(said, ["K. Ortiz"])
    assert without_views(said, ["Somebody else"]) is said
    assert without_views("Plain.") == "Plain."


def test_every_pattern_is_a_literal_and_its_places_are_its_facts() -> None:
    """Patterns are gathered from the source; one that is put together there would never be found."""
    wrong = []
    for told in told_in_source():
        if not told.patterns:
            wrong.append(f"{told.where}: no literal")
        for one in told.patterns if told.facts is not None else ():
            asked = {name for _, name, _, _ in Formatter().parse(one) if name}
            if asked - told.facts or told.facts - asked - {"n", "number"}:
                wrong.append(f"{told.where}: {sorted(asked ^ told.facts)}")
    assert wrong == []
