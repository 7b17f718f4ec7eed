"""What was worked out ahead of a draft changes no byte of its body."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fullfile.core.entries import Draft, Prepared, encode_body, prepared_parts

words = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
numbers = st.none() | st.integers(0, 2**40)
values = st.recursive(
    words | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
)


@given(
    st.dictionaries(words, values, max_size=5),
    st.dictionaries(words, words, max_size=3),
    words,
    words.filter(bool),
    numbers,
    numbers,
    numbers,
)
def test_the_body_is_the_same(data, more, source, by, run, row, corrects):
    about = {"source": source, "run": run, "row": row, "corrects": corrects, "more": more}
    plain = Draft("item.recorded", by, data, **about)
    ahead = Draft(
        "item.recorded", by, data, **about, prepared=Prepared(b"", b"", *prepared_parts(data, more))
    )
    said = "2026-11-23T10:00:00.00Z"
    assert ahead == plain
    assert encode_body(ahead, said) == encode_body(plain, said)
