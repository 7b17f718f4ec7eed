"""What a text can share with another: words, marks, telephones, places, names told, near-misses of numbers."""

from __future__ import annotations

import duckdb
import pytest

from fullfile.engines.linkage.keys import make_macros, meant


@pytest.fixture(scope="module")
def ask():
    connection = duckdb.connect()
    make_macros(connection)

    def asked(macro: str, text: str):
        if macro == "meant":
            rows = connection.execute(meant("SELECT 1, $1, NULL"), [text]).fetchall()
            return [word for _, word, _, _ in rows]
        ((found,),) = connection.execute(f"SELECT {macro}($1)", [text]).fetchall()
        return found

    yield asked
    connection.close()


@pytest.fixture(scope="module")
def shares(ask):
    """Whether two texts share a key of a kind."""
    return lambda macro, one, other: bool(set(ask(macro, one)) & set(ask(macro, other)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("bloodstains", "Bloodstain"),
        ("batteries", "battery"),
        ("knives and guns", "a gun"),
        ("café", "CAFE"),
        ("Ключи", "ключи"),
    ],
)
def test_a_word_and_its_plural_are_one_word(shares, one, other):
    assert shares("words_in", one, other)


@pytest.mark.parametrize(("one", "other"), [("glass", "glas"), ("pass", "pas"), ("a it", "it a")])
def test_short_words_and_double_s_stay_as_they_are(shares, one, other):
    assert not shares("words_in", one, other)


@pytest.mark.parametrize(
    ("one", "other", "meaning"),
    [
        ("a revolver", "one handgun", "~firearm"),
        ("black Glock", "the firearms", "~firearm"),
        ("iPhone", "cell phone", "~phone"),
    ],
)
def test_words_that_mean_one_thing_share_their_meaning(ask, one, other, meaning):
    assert meaning in ask("meant", one)
    assert meaning in ask("meant", other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("VIN 1HGCM82633A004352", "vin: IHGCM82633AOO4352."),
        ("plate ABC-1234", "abc1234 on a van"),
        ("license plate ABC 1234", "abc1234 on a van"),
        ("White van, plate no. NM 123 XYZ", "PLATE 123XYZ"),
        ("Lic: BKT 990", "photo of a plate, bkt-990"),
        ("serial SZ58B0", "5258BO"),
        ("No. 24/00017", "24-00017"),
    ],
)
def test_marks_that_look_alike_are_alike(shares, one, other):
    assert shares("marks_in", one, other)


@pytest.mark.parametrize("text", ["a knife", "12 of 3", "ABCDEF", "7", "", "----"])
def test_what_has_no_digits_or_is_short_is_no_mark(ask, text):
    assert ask("marks_in", text) == []


@pytest.mark.parametrize(
    "text", ["(505) 555-0142", "505.555.0142", "5055550142", "call 505 555 0142 now"]
)
def test_telephones_are_the_last_seven_digits(ask, text):
    assert ask("phones_in", text) == ["5550142"]


def test_places_are_houses_blocks_and_streets(ask, shares):
    assert ask("houses_in", "1420 N. Juniper St") == ["1420 juniper"]
    assert ask("houses_in", "at 1420 north Juniper Street, rear") == ["1420 juniper"]
    assert ask("blocks_in", "1420 Juniper St") == ["14 juniper"]
    assert shares("blocks_in", "1420 Juniper St", "1487 Juniper Street")
    assert not shares("houses_in", "1420 Juniper St", "1487 Juniper Street")
    assert ask("streets_in", "north Juniper Street near the corner") == ["juniper"]
    assert shares("streets_in", "Juniper & Third", "alley off Juniper")
    assert ask("houses_in", "no house here") == []
    assert ask("blocks_in", "") == []


@pytest.mark.parametrize(
    "text",
    ["from Ada Quill", "QUILL, ADA (tenant)", "Ada B. Quill", "letter to Mrs. Ada Quill, by hand"],
)
def test_names_are_told_in_either_order(ask, text):
    assert "nc:ada|quill" in ask("names_told", text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("taken by Ofc. J. Marrow", ["io:marrow|j"]),
        ("Det Jane Marrow took it", ["io:marrow|j"]),
        ("sgt. jane b. marrow", ["io:marrow|j"]),
        ("Deputy Marrow", []),
        ("Jane Marrow gave it", []),
        ("the office of Jane Marrow", []),
    ],
)
def test_officers_are_told_with_their_rank(ask, text, told):
    assert ask("officers_told", text) == told


def slipped(ask, one, other):
    return set(ask("slips", ask("bare", one))) & set(ask("slips", ask("bare", other)))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("24-000271", "24-000217"),  # exchanged
        ("24-000218", "24-000217"),  # a wrong digit
        ("24-00217", "24-000217"),  # one lost
        ("24-0000217", "24-000217"),  # one too many
        ("24 000217", "24-000217"),  # the same
        ("MPD24-000218", "mpd 24-000217"),
    ],
)
def test_a_slip_of_a_report_number_is_near(ask, said, meant):
    assert slipped(ask, said, meant)


@pytest.mark.parametrize(
    ("said", "meant"),
    [("24-000893", "24-000217"), ("", "24-000217"), ("217", "217"), ("?", "?")],
)
def test_what_is_no_slip_is_not_near(ask, said, meant):
    assert not slipped(ask, said, meant)


@pytest.mark.parametrize(
    ("said", "meant"),
    [("MPD-24-000217", "24-217"), ("24-000217", "SO24-000217"), ("2024.17", "2024-0017")],
)
def test_the_same_digits_under_another_prefix_are_the_same_digits(ask, said, meant):
    assert ask("digits_of", said) == ask("digits_of", meant)


@pytest.mark.parametrize(
    ("said", "meant"), [("23-000217", "24-000217"), ("SO-2024-217", "24-000217")]
)
def test_the_running_number_stands_under_another_year_or_agency(ask, said, meant):
    assert ask("end_of", said) == ask("end_of", meant) == "217"


@pytest.mark.parametrize(
    "macro",
    [
        *("words_in", "meant", "names_told", "officers_told", "marks_in", "phones_in"),
        *("houses_in", "blocks_in", "streets_in", "slips"),
    ],
)
@pytest.mark.parametrize("text", ["x1y2 " * 4_000, "9" * 9_000, "'\"\\ " * 500, "é́̂" * 900])
def test_no_text_gives_more_than_a_few_hundred_keys(ask, macro, text):
    assert len(ask(macro, text)) <= 800
