"""The room of the record: its entries, who reads what they say, proofs that are checked without the office."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fullfile.core.tlog.tiles import bundles_of, tiles_of
from fullfile.core.verify import verify_file, verify_log

if TYPE_CHECKING:
    from django.test import Client

    from tests.web.conftest import Office

EVERYBODY = (
    "r.lane",
    "d.marsh",
    "t.hill",
    "k.ortiz",
    "j.soto",
    "c.webb",
    "e.noor",
    "h.pike",
    "s.vale",
    "a.boone",
)


def read(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()[:400]
    return answer.content.decode()


class Files:
    """The files of a log, as they came from the pages."""

    def __init__(self, found: dict[str, bytes]) -> None:
        self._found = found

    def read(self, path: str) -> bytes | None:
        return self._found.get(path)

    def paths(self) -> list[str]:
        return list(self._found)


def vkey() -> str:
    from fullfile.server.store import checkpoints

    return checkpoints.verifier().vkey


@pytest.mark.parametrize("account", EVERYBODY)
def test_everybody_sees_the_record_and_proves_an_entry(office: Office, account: str) -> None:
    client = office.as_(account)
    page = read(client, "/record/")
    assert "199 entries" in page or re.search(r"\d+ entries", page)
    entry = read(client, "/record/entries/98/")
    assert "This entry has not changed since" in entry
    assert "In the record: yes." in entry
    proof = client.get("/record/entries/98/proof/")
    report = verify_file(proof.content, vkey())
    assert report.ok
    assert report.entry == 98
    assert "attachment" in proof["Content-Disposition"]


def test_nobody_sees_it_before_signing_in(office: Office) -> None:
    for address in (
        "/record/",
        "/record/entries/1/",
        "/record/entries/1/proof/",
        "/record/verify/",
    ):
        assert office.nobody().get(address).status_code == 302


def test_what_an_entry_says_is_for_whoever_may_read_it(office: Office) -> None:
    view = "/record/entries/98/"  # a determination, read by nobody else yet
    for account in EVERYBODY:
        assert "not a match" not in read(office.as_(account), view), account
    knowledge = "/record/entries/112/"
    assert "account of PROS-1" in read(office.as_("k.ortiz"), knowledge)
    assert "account of PROS-1" in read(office.as_("s.vale"), knowledge)
    for account in ("r.lane", "e.noor", "h.pike", "a.boone", "t.hill"):
        assert "account of PROS-1" not in read(office.as_(account), knowledge), account


def test_counsel_for_the_defence_is_not_told_of_which_kind_an_entry_is(office: Office) -> None:
    client = office.as_("e.noor")
    for address in ("/record/", "/record/entries/98/", "/record/?type=determination.recorded"):
        page = read(client, address).split("<main")[1]
        assert "determination" not in page
        assert "fullfile demo" not in page


def test_a_shelf_and_what_a_court_sealed_stay_out(office: Office) -> None:
    entry = "/record/entries/57/"  # the property list's row of the revolver
    assert "vault 2" in read(office.as_("r.lane"), entry)
    prosecutor = read(office.as_("k.ortiz"), entry)
    assert "vault 2" not in prosecutor
    assert "Revolver" in prosecutor
    from tests.web.test_items import sealed

    sealed("INV-001")
    assert "A court sealed" in read(office.as_("s.vale"), entry)
    assert "Revolver" not in read(office.as_("s.vale"), entry)
    assert "Revolver" in read(office.as_("k.ortiz"), entry)
    assert "This entry has not changed" in read(office.as_("s.vale"), entry)


def test_out_of_reach_is_said_without_saying_what(office: Office) -> None:
    page = read(office.as_("t.hill"), "/record/entries/57/")
    assert "a case or an item that you may not see" in page
    assert "Revolver" not in page


def test_an_account_is_for_the_administrator_and_its_person(office: Office) -> None:
    from fullfile.server.queries.log import LogFilter, ask_log

    found = ask_log(LogFilter(type="account.granted"), limit=50, offset=0).entries
    lane = next(one for one in found if one.data["account"] == "r.lane")
    address = f"/record/entries/{lane.index}/"
    for account in ("r.lane", "a.boone", "s.vale"):
        assert "Sheriff" in read(office.as_(account), address).split("What it says")[1]
    for account in ("k.ortiz", "e.noor"):
        assert "somebody else" in read(office.as_(account), address) or account == "e.noor"
        assert "Sheriff" not in read(office.as_(account), address).split("What it says")[1]


def test_an_erased_entry_keeps_its_proof(office: Office) -> None:
    from fullfile.server.actions.office import erase
    from fullfile.server.store.overview import get_head

    client = office.as_("k.ortiz")
    assert "nearly two dozen" in read(client, "/record/entries/66/")
    erase(66, order="the court's order of May 2", by="R. Lane", now_ms=get_head().recorded_ms + 5)
    page = read(client, "/record/entries/66/")
    assert "was erased by order of a court" in page
    assert "The content was erased by order of the court&#x27;s order of May 2" in page
    assert "handed in by a member" not in page
    assert verify_file(client.get("/record/entries/66/proof/").content, vkey()).ok


def test_both_ways_of_a_correction_are_linked(office: Office) -> None:
    from fullfile.core.entries import Draft
    from fullfile.server.store.append import unit_of_work
    from fullfile.server.store.reading import read_entries

    (told,) = read_entries([66])
    with unit_of_work() as writer:
        draft = Draft(told.type, "R. Lane", dict(told.data), source=told.source, corrects=66)
        (made,) = writer.append([draft], now_ms=told.recorded_ms + 5)
    client = office.as_("k.ortiz")
    assert (
        f"/record/entries/{made}/" in read(client, "/record/entries/66/").split("Corrected by")[1]
    )
    assert "/record/entries/66/" in read(client, f"/record/entries/{made}/").split("Corrects")[1]


def test_the_list_is_cut_by_kind_and_by_day(office: Office) -> None:
    client = office.as_("k.ortiz")
    page = read(client, "/record/?type=determination.recorded")
    assert "/record/entries/98/" in page
    assert page.count(">determination</td>") == 1
    assert "No entry of this kind" in read(client, "/record/?until=2020-01-01")
    assert "No entry of this kind" in read(client, "/record/?type=no.such")
    assert "/record/entries/98/" not in read(client, "/record/?since=2999-01-01")
    second = read(client, "/record/?page=2")
    assert "Previous" in second
    rows = client.get("/record/?format=json&type=item.recorded").json()
    assert {one["type"] for one in rows} == {"item.recorded"}


def test_no_such_entry_is_said(office: Office) -> None:
    assert "The record has no entry 9,999" in read(
        office.as_("k.ortiz"), "/record/entries/9999/", 404
    )
    read(office.as_("k.ortiz"), "/record/entries/9999/proof/", 404)


def test_a_proof_is_checked_and_a_changed_one_is_not_believed(office: Office) -> None:
    client = office.as_("h.pike")
    proof = client.get("/record/entries/31/proof/").content
    good = client.post("/record/verify/", {"file": SimpleUploadedFile("p", proof)})
    assert good.status_code == 200
    assert "entry 31 is in it, unchanged" in good.content.decode()
    pasted = client.post("/record/verify/", {"text": proof.decode().replace("\n", "\r\n")})
    assert "entry 31 is in it, unchanged" in pasted.content.decode()
    lines = proof.decode().split("\n")
    place = next(n for n, line in enumerate(lines) if line.startswith("index "))
    lines[place] = "index 30"
    bad = client.post("/record/verify/", {"text": "\n".join(lines)})
    assert bad.status_code == 422
    assert "This does not fit this record." in bad.content.decode()
    checkpoint = client.get("/record/log/checkpoint").content
    fits = client.post("/record/verify/", {"file": SimpleUploadedFile("c", checkpoint)})
    assert "This checkpoint fits this record" in fits.content.decode()


def test_what_is_no_proof_is_refused_with_a_sentence(office: Office) -> None:
    client = office.as_("k.ortiz")
    nothing = client.post("/record/verify/", {})
    assert "Choose a file, or paste the text" in nothing.content.decode()
    large = client.post("/record/verify/", {"file": SimpleUploadedFile("x", b"a" * 300_000)})
    assert "this file has 300,000" in large.content.decode()
    other = client.post("/record/verify/", {"text": "not a proof"})
    assert other.status_code == 422
    assert "This does not fit this record." in other.content.decode()


def test_a_checkpoint_of_a_longer_record_shows_that_this_one_was_put_back(office: Office) -> None:
    from fullfile.core.tlog import Checkpoint, sign_checkpoint
    from fullfile.server.store import checkpoints

    signer = checkpoints.read_key()
    ahead = sign_checkpoint(Checkpoint(signer.name, 5_000, b"\x01" * 32), [signer])
    answer = office.as_("s.vale").post("/record/verify/", {"text": ahead.decode()})
    assert answer.status_code == 422
    assert "an older record was put in its place" in answer.content.decode()
    rewritten = sign_checkpoint(Checkpoint(signer.name, 100, b"\x01" * 32), [signer])
    answer = office.as_("s.vale").post("/record/verify/", {"text": rewritten.decode()})
    assert "had another root at 100 entries" in answer.content.decode()


def test_the_files_of_the_log_pass_the_check_of_an_export(office: Office) -> None:
    client = office.as_("e.noor")
    size = int(client.get("/record/log/checkpoint").content.split(b"\n")[1])
    paths = [one.path for one in (*tiles_of(size), *bundles_of(size))]
    files = {path: client.get(f"/record/log/{path}").content for path in paths}
    files["checkpoint"] = client.get("/record/log/checkpoint").content
    files["log.vkey"] = client.get("/record/log/log.vkey").content
    report = verify_log(Files(files), vkey())
    assert report.ok, report.findings
    assert report.size == size
    for path in ("tile/0/999", "tile/9/000", "tile/entries/000.p/255", "tile/0/x.p/1"):
        assert client.get(f"/record/log/{path}").status_code == 404


def test_the_last_check_is_told_and_damage_stands_on_top(office: Office) -> None:
    from fullfile.server.store.append import stop_writing
    from fullfile.server.store.check import check_record

    client = office.as_("s.vale")
    assert "has not been checked in this home yet" in read(client, "/record/")
    check_record()
    assert "and all were right" in read(client, "/record/")
    stop_writing("Entry 12 is not the one that was signed.")
    page = read(client, "/record/")
    assert "The record failed its check." in page
    assert "Entry 12 is not the one" in read(client, "/record/verify/")


def test_content_that_was_changed_in_the_database_is_seen(office: Office) -> None:
    import sqlite3

    with sqlite3.connect(office.home / "fullfile.sqlite3") as raw:
        triggers = raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            raw.execute(f'DROP TRIGGER "{name}"')
        raw.execute(
            "UPDATE entry_body SET body = replace(body, 'nearly two dozen', 'nearly one dozen') "
            'WHERE "index" = 66'
        )
        assert raw.execute("SELECT changes()").fetchone()[0] == 1
    page = read(office.as_("k.ortiz"), "/record/entries/66/")
    assert "is not as it was recorded" in page
