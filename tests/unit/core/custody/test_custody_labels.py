"""Codes of labels: the same for ever, and a wrong character is noticed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fullfile.core.custody.labels import (
    Kind,
    Label,
    check_character,
    code_of,
    is_code,
    looks_like_code,
    read_code,
    shelf_number,
)
from fullfile.core.errors import Refused

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def test_the_check_character_is_that_of_the_standard() -> None:
    # ISO/IEC 7064, MOD 37,36, as the Global Release Identifier uses it.
    assert check_character("A12425GABC1234002") == "M"


@given(st.sampled_from(list(Kind)), st.integers(0, 2**50 - 1))
def test_what_is_written_is_read(kind: Kind, number: int) -> None:
    code = code_of(kind, number)
    assert read_code(code) == Label(kind, number)
    assert read_code(f" {code[:3].lower()}-{code[3:]} ") == Label(kind, number)


@given(st.integers(0, 2**40), st.integers(1, 5), st.sampled_from(SIGNS))
def test_a_wrong_character_is_noticed(number: int, place: int, sign: str) -> None:
    code = code_of(Kind.ITEM, number)
    wrong = code[:place] + sign + code[place + 1 :]
    assert wrong == code or not is_code(wrong)


@given(st.integers(0, 2**40), st.integers(1, 4))
def test_nearly_every_swap_is_noticed(number: int, place: int) -> None:
    code = code_of(Kind.ITEM, number)
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if swapped != code and is_code(swapped):
        # The standard misses swaps of values whose difference its modulus cannot see.
        assert looks_like_code(swapped)


def test_letters_that_look_like_digits_are_read_as_digits() -> None:
    code = code_of(Kind.ITEM, 32 + 1)
    assert "1" in code
    assert read_code(code[0] + code[1:].replace("1", "l").replace("0", "o")).number == 33


@pytest.mark.parametrize(
    ("text", "code"),
    [("E-1", "code_form"), ("", "code_form"), ("X00C1SJ", "code_form"), ("E00C1SK", "code_check")],
)
def test_what_is_no_code_is_refused_with_what_to_do(text: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_code(text)
    assert refused.value.reasons[0].code == code
    assert "Scan it again" in refused.value.reasons[0].text


def test_a_number_is_not_negative() -> None:
    with pytest.raises(ValueError, match="-1"):
        code_of(Kind.ITEM, -1)


def test_a_shelf_is_the_same_however_it_is_written() -> None:
    assert shelf_number("Alder Sheriff", " c-14") == shelf_number("ALDER SHERIFF", "C-14")
    assert shelf_number("Alder Sheriff", "C-14") != shelf_number("Alder Court", "C-14")
    assert 0 <= shelf_number("a", "b") < 2**50
