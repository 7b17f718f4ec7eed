"""What was worked out ahead of a draft changes no byte of its body."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from fullfile.core.entries import Draft, Prepared, encode_bodies, encode_body, prepared_parts

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


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["item.recorded", "case.recorded"]),
            st.sampled_from(["A", "“B”"]),
            st.sampled_from(["", "x", "y"]),
            st.none() | st.integers(0, 2),
            st.none() | st.integers(0, 2**40),
            st.dictionaries(words, words, max_size=2),
            st.booleans(),
        ),
        max_size=6,
    )
)
def test_neighbours_take_nothing_from_each_other(rows):
    drafts = [
        Draft(
            kind,
            by,
            {"a": str(place)},
            source,
            run,
            row,
            more=more,
            prepared=Prepared(b"", b"", *prepared_parts({"a": str(place)}, more))
            if ahead
            else None,
        )
        for place, (kind, by, source, run, row, more, ahead) in enumerate(rows)
    ]
    said = "2026-11-23T10:00:00.00Z"
    plain = [replace(draft, prepared=None) for draft in drafts]
    assert encode_bodies(drafts, said) == [encode_body(draft, said) for draft in plain]
