"""Code 128: known values, and what every symbol of the standard has."""

from __future__ import annotations

import pytest

from fullfile.core.custody.code128 import QUIET, bars, values, widths


def test_a_symbol_worked_out_by_hand() -> None:
    # Start B 104; P 48, J 42, J 42, 1 17, 2 18, 3 19, C 35: 104 + 48 + 84 + 126 + 68 + 90 + 114 + 245 = 879 = 8 * 103 + 55.
    assert values("PJJ123C") == [104, 48, 42, 42, 17, 18, 19, 35, 55, 106]


def test_the_start_and_stop_are_those_of_the_standard() -> None:
    drawn = widths("E00C1SJ")
    assert drawn[:6] == [2, 1, 1, 2, 1, 4]
    assert drawn[-7:] == [2, 3, 3, 1, 1, 1, 2]


@pytest.mark.parametrize("text", ["E00C1SJ", "S0ABCDEFGHJK7", " ~"])
def test_every_character_is_eleven_modules_in_three_bars(text: str) -> None:
    drawn = widths(text)
    signs = [drawn[at : at + 6] for at in range(0, len(drawn) - 7, 6)]
    assert len(signs) == len(text) + 2
    assert all(sum(one) == 11 and sum(one[::2]) % 2 == 0 for one in signs)


def test_bars_lie_within_their_quiet_zones() -> None:
    drawn, whole = bars("E00C1SJ")
    assert drawn[0][0] == QUIET
    assert drawn[-1][0] + drawn[-1][1] == whole - QUIET
    assert whole == 2 * QUIET + 11 * 9 + 13


@pytest.mark.parametrize("text", ["", "é", "a\n"])
def test_what_has_no_pattern_is_no_symbol(text: str) -> None:
    with pytest.raises(ValueError, match=r"^.?"):
        values(text)
