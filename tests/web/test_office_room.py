"""How the office is set up: seen by some, changed by administrators, each change an entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.web.test_accounts import send

if TYPE_CHECKING:
    from tests.web.conftest import Office


def test_every_setting_has_its_words_and_its_standard() -> None:
    from fullfile.cli.settings import _UNSET
    from fullfile.server.actions.office import SETTINGS
    from fullfile.server.web.office.words import SETTINGS_IN_WORDS

    assert tuple(SETTINGS_IN_WORDS) == SETTINGS
    assert {name: words.standard for name, words in SETTINGS_IN_WORDS.items()} == _UNSET


def test_a_setting_is_changed_by_an_entry(office: Office) -> None:
    administrator = office.as_("a.boone")
    assert "as it comes" in administrator.get("/office/").content.decode()
    page = send(administrator, "/office/settings/target_days/", value="10")
    assert "It holds from now on" in page
    assert "A. Boone" in page
    refused = send(administrator, "/office/settings/target_days/", value="soon")
    assert "target_days is a whole number of days" in refused
    assert 'value="soon"' in refused
    assert administrator.get("/office/settings/nope/").status_code == 404


def test_the_notice_is_the_offices_own(office: Office) -> None:
    send(office.as_("a.boone"), "/office/settings/notice/", value="This is ours <b>alone</b>.")
    page = office.nobody().get("/notice/").content.decode()
    assert "This is ours &lt;b&gt;alone&lt;/b&gt;." in page


def test_the_law_in_use_is_shown_and_adopted(office: Office) -> None:
    administrator = office.as_("a.boone")
    assert "us-nm" in administrator.get("/office/").content.decode()
    assert "Nothing was new" in send(administrator, "/office/law/")


@pytest.mark.parametrize(
    ("who", "sees"),
    [("j.soto", 200), ("s.vale", 200), ("k.ortiz", 403), ("e.noor", 403), ("h.pike", 403)],
)
def test_who_sees_and_who_changes(office: Office, who: str, sees: int) -> None:
    client = office.as_(who)
    assert client.get("/office/").status_code == sees
    assert client.get("/office/settings/target_days/").status_code == 403
    assert client.post("/office/law/").status_code == 403
    if sees == 200:
        assert "Change<" not in client.get("/office/").content.decode()
