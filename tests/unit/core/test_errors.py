"""Every error is a sentence for a person."""

from __future__ import annotations

import pytest

from fullfile.core.errors import (
    FullfileError,
    NotFound,
    NotPermitted,
    Reason,
    RecordDamaged,
    Refused,
    Unavailable,
)


def test_a_refusal_carries_every_reason():
    refused = Refused([Reason("no_name", "Name it."), Reason("no_date", "Date it.")])
    assert str(refused) == "Name it. Date it."
    assert [reason.code for reason in refused.reasons] == ["no_name", "no_date"]


def test_a_refusal_may_be_one_sentence():
    assert Refused("Name it.").reasons == (Reason("refused", "Name it."),)
    assert Refused("Name it.", code="no_name").reasons[0].code == "no_name"


@pytest.mark.parametrize("family", [Refused, NotPermitted, NotFound, RecordDamaged, Unavailable])
def test_the_families_have_one_root(family):
    assert issubclass(family, FullfileError)
    assert str(family("What, where, what to do.")) == "What, where, what to do."
