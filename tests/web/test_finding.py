"""The search: exact, with words, near; and what it must not tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.web.conftest import Office


def look(office: Office, account: str, words: str) -> str:
    client = office.as_(account)
    sent = client.post("/search/", {"q": words})
    assert sent.status_code == 302
    assert words not in sent["Location"]
    return client.get(sent["Location"]).content.decode()


def test_a_number_is_found_with_and_without_its_dashes(office: Office) -> None:
    for words in ("SFSO-DOC-2024-001", "sfsodoc2024001"):
        page = look(office, "k.ortiz", words)
        assert "1 exact" in page or "2 exact" in page
        assert ".45-calibre rounds in a manila envelope" in page


def test_a_slip_of_the_hand_is_said_in_words(office: Office) -> None:
    page = look(office, "k.ortiz", "SFSO-DOC-2042-001")
    assert "two signs swapped" in page
    assert "DOC-001" in page


def test_words_without_accents_or_capitals_find(office: Office) -> None:
    assert "DOC-001" in look(office, "d.marsh", "MANILA enve")


def test_nothing_is_said_of_what_is_out_of_reach(office: Office) -> None:
    page = look(office, "t.hill", "manila envelope")
    assert "Nothing that you may see matches." in page
    assert "DOC-001" not in page


def test_defence_and_administrator_have_no_search(office: Office) -> None:
    for account in ("e.noor", "a.boone"):
        assert office.as_(account).post("/search/", {"q": "rounds"}).status_code == 403


def test_a_search_is_over_in_another_session(office: Office) -> None:
    client = office.as_("k.ortiz")
    where = client.post("/search/", {"q": "rounds"})["Location"]
    assert office.as_("k.ortiz").get(where).status_code == 404


def test_what_was_erased_is_found_no_more(office: Office) -> None:
    from fullfile.server.actions.office import erase
    from fullfile.server.store.connections import item_id_of
    from fullfile.server.store.tables import select

    assert "manila" in look(office, "k.ortiz", "manila")
    item = item_id_of("Sheriff", "DOC-001")
    for (entry,) in select("SELECT entry FROM items WHERE item_id = %s", [item]):
        erase(int(entry), "order of the court", "Clerk", now_ms=2_000_000_000_000)
    assert "Nothing that you may see matches." in look(office, "k.ortiz", "manila")


def test_a_label_leads_to_its_item(office: Office) -> None:
    from fullfile.core.custody.labels import Kind, code_of
    from fullfile.server.store.connections import item_id_of

    item = item_id_of("Sheriff", "DOC-001")
    assert item is not None
    client = office.as_("r.lane")
    sent = client.post("/search/", {"q": code_of(Kind.ITEM, item)})
    assert sent["Location"] == f"/s/{code_of(Kind.ITEM, item)}/"
    assert client.get(sent["Location"])["Location"] == f"/items/{item}/"


@pytest.mark.parametrize("code", ["E00C1SX", "nothing"])
def test_a_misread_label_is_no_page(office: Office, code: str) -> None:
    assert office.as_("r.lane").get(f"/s/{code}/").status_code == 404


def test_a_tag_that_looks_like_a_label_is_looked_for_as_a_tag(office: Office) -> None:
    from fullfile.core.custody.labels import Kind, code_of
    from fullfile.server.actions.booking import book_item
    from fullfile.server.web.clock import now_ms

    code = code_of(Kind.PRODUCTION, 9_731_843)
    client = office.as_("k.ortiz")
    answer = client.post("/search/", {"q": code})
    assert answer["Location"].startswith("/s/")
    book_item(
        agency="Sheriff",
        description="a box of papers",
        tag=code,
        booked_by="R. Lane",
        quantity="1",
        brought_by="R. Roe",
        giver_role="giver",
        collected_at="2026-01-02",
        not_known=["report_number"],
        place="vault 2",
        actor="R. Lane",
        now_ms=now_ms(),
    )
    answer = client.post("/search/", {"q": code}, follow=True)
    assert answer.status_code == 200
    assert code in answer.content.decode()
