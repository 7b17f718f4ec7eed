"""Law 13: a body is erased by order; every proof holds and the line stays in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fullfile.core.entries import Draft
from fullfile.core.errors import NotFound, Refused
from fullfile.core.verify import verify_file, verify_log
from fullfile.server.actions.office import erase
from fullfile.server.store import load, row_keys
from fullfile.server.store.check import check_record
from fullfile.server.store.export_log import export_log
from fullfile.server.store.prove import prove
from tests.store.folder import Folder

if TYPE_CHECKING:
    from pathlib import Path

    from tests.store.conftest import OpenOffice

PARTY = Draft(
    "party.recorded",
    "Clerk",
    {
        "case_number": "24-CR-1",
        "name": "Ada Quill",
        "role": "defendant",
        "defendant_key": "ada quill",
        "date_of_birth": "1980-01-02",
        "phone": "555-0100",
    },
    source="cms",
    row=2,
)
DISCLOSED = Draft(
    "disclosure.recorded",
    "Clerk",
    {
        "case_number": "24-CR-1",
        "defendant": "A. Quill",
        "defendant_key": "ada quill",
        "agency": "Police",
        "tag": "T-1",
        "disclosed_at": "2024-03-06",
        "extent": "part",
        "what": "two pages",
    },
    source="cms",
    more={"clerk's note": "sent by Ada's brother"},
)


def test_words_and_persons_go_and_the_line_stays(office: OpenOffice) -> None:
    (party, disclosed) = office.append(PARTY, DISCLOSED)
    before = office.rows("SELECT * FROM disclosures")
    made = erase(disclosed, "Order of 1 May", "Clerk", now_ms=office.now_ms + 1000)
    assert office.rows("SELECT * FROM disclosures") == before
    (entry,) = load.entries([disclosed])
    assert entry.data == {
        "case_number": "24-CR-1",
        "defendant_key": "ada quill",
        "agency": "Police",
        "tag": "T-1",
        "disclosed_at": "2024-03-06",
        "extent": "part",
    }
    assert (entry.source, entry.type) == ("cms", "disclosure.recorded")
    assert entry.more == {"erased": "Order of 1 May"}
    assert office.rows('SELECT count(*) FROM entry_body WHERE "index" = %s', [disclosed]) == [(0,)]
    told = load.entries([made])[0]
    assert told.type == "body.erased"
    assert "two pages" not in str(told.data)
    assert list(load.iter_entries(party, made + 1)) == load.entries(range(party, made + 1))
    assert office.rows("SELECT erased_entry FROM erasures") == [(disclosed,)]


def test_every_proof_holds(office: OpenOffice, tmp_path: Path) -> None:
    (party,) = office.append(PARTY)
    before, proof = check_record(), prove(party)
    erase(party, "Order", "Clerk", now_ms=office.now_ms + 1000)
    after = check_record()
    assert (before.ok, after.ok) == (True, True)
    assert after.size == (before.size or 0) + 1
    export_log(tmp_path / "log")
    assert verify_log(Folder(tmp_path / "log"), office.vkey, since=proof.partition(b"\n\n")[2]).ok
    assert verify_file(prove(party), office.vkey).ok
    assert verify_file(proof, office.vkey).ok


def test_a_name_is_spelled_by_the_next_mention(office: OpenOffice) -> None:
    (party, _) = office.append(PARTY, DISCLOSED)
    assert office.rows("SELECT name FROM defendant_key") == [("Ada Quill",)]
    erase(party, "Order", "Clerk", now_ms=office.now_ms + 1000)
    assert office.rows("SELECT name FROM defendant_key") == [("A. Quill",)]
    assert office.rows("SELECT name_norm, role FROM parties") == [("", "defendant")]


def test_a_name_that_nobody_says_any_more_is_empty_until_somebody_does(office: OpenOffice) -> None:
    (party,) = office.append(PARTY)
    erase(party, "Order", "Clerk", now_ms=office.now_ms + 1000)
    assert office.rows("SELECT name FROM defendant_key") == [("",)]
    office.now_ms += 2_000
    office.append(DISCLOSED)
    assert office.rows("SELECT name FROM defendant_key") == [("A. Quill",)]


def test_the_same_row_does_not_come_back(office: OpenOffice) -> None:
    (party,) = office.append(PARTY)
    key = row_keys.key_of(PARTY)
    assert row_keys.find([key]) == {key: (party, row_keys.digest_of(PARTY))}
    erase(party, "Order", "Clerk", now_ms=office.now_ms + 1000)
    assert row_keys.find([key]) == {key: (party, row_keys.ERASED)}


def test_what_cannot_be_erased(office: OpenOffice) -> None:
    (party,) = office.append(PARTY)
    now = office.now_ms + 1000
    with pytest.raises(Refused, match="names the order"):
        erase(party, " ", "Clerk", now_ms=now)
    with pytest.raises(Refused, match="office's own act"):
        erase(0, "Order", "Clerk", now_ms=now)
    with pytest.raises(NotFound, match="no entry"):
        erase(office.size, "Order", "Clerk", now_ms=now)
    erase(party, "Order", "Clerk", now_ms=now)
    with pytest.raises(NotFound, match="erased already"):
        erase(party, "Order", "Clerk", now_ms=now)
    assert check_record().ok


def test_a_closed_row_stays_closed(office: OpenOffice) -> None:
    (old,) = office.append(PARTY)
    (new,) = office.append(
        Draft(PARTY.type, "Clerk", {**PARTY.data, "phone": "555-0199"}, "cms", corrects=old)
    )
    erase(old, "Order", "Clerk", now_ms=office.now_ms + 1000)
    assert office.rows("SELECT entry, to_index FROM parties ORDER BY entry") == [
        (old, new),
        (new, None),
    ]
