"""The defence's portal: own clients only, what was given and what is kept back; what counsel opens leaves no trace that the State reads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.web.test_accounts import send

if TYPE_CHECKING:
    from django.test import Client

    from tests.web.conftest import Office

CASE = "D-0101-CR-2024-00013"
STATE = ("k.ortiz", "b.frey", "j.soto", "c.webb", "r.lane", "d.marsh", "t.hill")
OTHERS = (*STATE, "h.pike", "s.vale", "a.boone")


def read(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return " ".join(answer.content.decode().split())


NEW = "D-0101-CR-2026-00007"


def running_case() -> str:
    """A case that runs, with L. Poe as counsel of its defendant and one item on its file; the item's tag."""
    from fullfile.server.actions.booking import book_item
    from fullfile.server.actions.docket import NewDefendant, open_case
    from fullfile.server.actions.filings import file_item
    from fullfile.server.actions.granting import Wish, approve_access, ask_access
    from fullfile.server.web.clock import now_ms

    open_case(
        NEW,
        jurisdiction="us-nm",
        court_level="district",
        title="State v. Roe",
        opened_on="2026-11-01",
        report_numbers=["Sheriff:26-000777"],
        defendants=[NewDefendant(name="Roe", counsel="L. Poe")],
        by="K. Ortiz",
        now_ms=now_ms(),
    )
    one = book_item(
        agency="Sheriff",
        description="A film of the yard",
        kind="recording",
        booked_by="R. Lane",
        found_where="the yard",
        not_known=["collected_at"],
        uncounted=True,
        report_number="26-000777",
        actor="R. Lane",
        now_ms=now_ms(),
    )
    filed = {"filed_by": "C. Webb", "actor": "C. Webb", "now_ms": now_ms()}
    file_item(case_number=NEW, agency="Sheriff", tag=one.tag, **filed)
    wish = Wish("l.poe", "L. Poe", "Poe and Doe", "defence", clients=((NEW, "Roe"),))
    moment = {"actor": "A. Boone", "actor_account": "a.boone", "now_ms": now_ms()}
    asked = ask_access(wish, reason="counsel of Roe", **moment)
    approve_access(asked.entry, actor="J. Soto", actor_account="j.soto", now_ms=now_ms())
    return one.tag


def served() -> int:
    """A production for Roe, served in this office; its entry."""
    from fullfile.server.actions.productions import (
        close_production,
        draft_production,
        serve_production,
    )
    from fullfile.server.web.clock import now_ms

    running_case()
    moment: dict[str, Any] = {"actor": "K. Ortiz", "now_ms": now_ms()}
    entry = draft_production(case_number=NEW, defendants=["Roe"], **moment)
    close_production(entry, **moment)
    serve_production(entry, way="portal", served_on={"Roe": "L. Poe"}, **moment)
    return entry


def row_of(client: Client) -> int:
    found = re.findall(r"/defence/1/given/(\d+)/sign/", read(client, "/defence/1/"))
    return int(found[0])


def test_the_portal_shows_what_was_given_and_when(office: Office) -> None:
    counsel = office.as_("e.noor")
    first = read(counsel, "/defence/")
    assert "Nobody on the State's side can see what you open" in first
    assert "1 client in this office" in first
    page = read(counsel, "/defence/1/")
    assert "Baldwin" in page
    assert "Production 1" in page
    assert "INV-001" in page
    assert "This office does not show it" in page
    for part in ("withheld", "papers", "requests", "receipts"):
        read(counsel, f"/defence/1/{part}/")
    assert "to see all ballistic evidence" in read(counsel, "/defence/1/requests/")
    assert "claimed by the State" in read(counsel, "/defence/1/receipts/")


def test_no_menu_of_the_state_is_on_it(office: Office) -> None:
    page = read(office.as_("e.noor"), "/defence/")
    for word in ("Scan a label", "/cases/", "/items/", "Audit", "/search/"):
        assert word not in page


def test_somebody_elses_client_is_not_there(office: Office) -> None:
    counsel = office.as_("e.noor")
    for path in ("/defence/2/", "/defence/0/", "/defence/1/given/99999/", "/defence/1/papers/5/"):
        assert counsel.get(path).status_code == 404
    for path in ("/cases/", "/cases/1/", "/items/1/", "/audit/", "/court/", "/accounts/"):
        assert counsel.get(path).status_code in {403, 404}


def test_what_the_state_thinks_is_not_there(office: Office) -> None:
    from fullfile.server.actions.views import record_determination
    from fullfile.server.web.clock import now_ms

    record_determination(
        case_number=CASE,
        agency="Sheriff",
        tag="INV-001",
        finding="exculpatory",
        reason="the firing pin was changed",
        by="K. Ortiz",
        actor="K. Ortiz",
        now_ms=now_ms(),
    )
    counsel = office.as_("e.noor")
    row = re.findall(r"/defence/1/given/(\d+)/", read(counsel, "/defence/1/"))[0]
    for path in (
        "/defence/1/",
        f"/defence/1/given/{row}/",
        "/defence/1/withheld/",
        "/defence/1/papers/",
    ):
        page = read(counsel, path)
        assert "firing pin" not in page
        assert "exculpatory" not in page
        assert "PROS-1 did not know" not in page


def test_a_receipt_is_signed_once(office: Office) -> None:
    served()
    counsel = office.as_("l.poe")
    assert "1 receipt is to be signed" in read(counsel, "/defence/")
    row = row_of(counsel)
    path = f"/defence/1/given/{row}/sign/"
    page = read(counsel, path)
    assert "Signing does not say that it is complete" in page
    done = send(counsel, path)
    assert "Recorded as entry" in done
    assert "Receipt signed" in done
    again = counsel.post(path, {"once": "another", "seen": "1"})
    assert again.status_code == 409
    assert "This was already recorded" in again.content.decode()
    meant = {"once": "another", "seen": "1", "it_is_another": "yes"}
    assert "signed already" in counsel.post(path, meant).content.decode()
    assert "No receipt waits for your signature" in read(counsel, "/defence/")


def test_a_dispute_and_what_cannot_be_opened_are_said_to_the_state(office: Office) -> None:
    from fullfile.server.queries.portal import portal_of

    entry = served()
    counsel = office.as_("l.poe")
    row = row_of(counsel)
    empty = send(counsel, f"/defence/1/given/{row}/dispute/", what="", item="")
    assert "There is a problem" in empty
    done = send(
        counsel, f"/defence/1/given/{row}/dispute/", what="The second page is missing", item="0"
    )
    assert "The second page is missing" in done
    assert "No answer yet" in done
    (found,) = portal_of(NEW, "Roe").disputes
    assert found.tag
    assert (found.production, found.by) == (entry, "L. Poe")
    fault = send(counsel, f"/defence/1/given/{row}/cannot-open/", what="The film does not play")
    assert "The film does not play" in fault


def test_the_package_is_downloaded_and_only_the_sealed_log_knows(office: Office) -> None:
    import io
    import zipfile

    from fullfile.server.store.reading_log import read_all

    served()
    counsel = office.as_("l.poe")
    answer = counsel.get(f"/defence/1/given/{row_of(counsel)}/package/")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # it comes in pieces
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert any(name.endswith("manifest-sha256.txt") for name in names)
    assert "package" in {one.kind for one in read_all()}
    assert office.as_("e.noor").get("/defence/2/").status_code == 404


def test_what_another_system_served_is_not_signed_here(office: Office) -> None:
    counsel = office.as_("e.noor")
    row = re.findall(r"/defence/1/given/(\d+)/", read(counsel, "/defence/1/"))[0]
    answer = counsel.get(f"/defence/1/given/{row}/sign/")
    assert answer.status_code == 409
    assert "served by another system" in answer.content.decode()


def test_asking_for_something_is_a_request_like_any_other(office: Office) -> None:
    from fullfile.server.queries.requests import requests_of

    counsel = office.as_("e.noor")
    assert "There is a problem" in send(counsel, "/defence/1/ask/", asks_for=" ", keywords="")
    page = send(
        counsel, "/defence/1/ask/", asks_for="all films of the set", keywords="film, camera"
    )
    assert "all films of the set" in page
    assert "all films of the set" in [one.asks_for for one in requests_of(CASE)]


def test_a_withholding_is_seen_in_the_announced_words_alone(office: Office) -> None:
    from fullfile.server.actions.withholdings import announce_in_words, withhold_item
    from fullfile.server.web.clock import now_ms

    tag = running_case()
    moment: dict[str, Any] = {"actor": "K. Ortiz", "now_ms": now_ms()}
    entry = withhold_item(
        case_number=NEW,
        agency="Sheriff",
        tag=tag,
        ground="work_product",
        defendant="Roe",
        announced_at="2026-11-20",
        withheld_at="2026-11-20",
        by="K. Ortiz",
        **moment,
    )
    announce_in_words(
        entry, words="Notes of the prosecution, Rule 5-501", announced_at="2026-11-20", **moment
    )
    counsel = office.as_("l.poe")
    page = read(counsel, "/defence/1/withheld/")
    assert "Notes of the prosecution, Rule 5-501" in page
    assert tag not in page
    (where,) = re.findall(r"/defence/1/withheld/(\d+)/dispute/", page)
    done = send(counsel, f"/defence/1/withheld/{where}/dispute/", what="They are no notes")
    assert "They are no notes" in done


def test_new_counsel_sees_what_was_given_before(office: Office) -> None:
    from fullfile.server.actions.accounts import end_access
    from fullfile.server.actions.granting import Wish, approve_access, ask_access
    from fullfile.server.web.clock import now_ms

    moment = {"actor": "A. Boone", "actor_account": "a.boone", "now_ms": now_ms()}
    end_access("e.noor", reason="left the case", **moment)
    wish = Wish("m.doe", "M. Doe", "Doe and Poe", "defence", clients=((CASE, "Baldwin"),))
    asked = ask_access(wish, reason="new counsel", **moment)
    approve_access(asked.entry, actor="J. Soto", actor_account="j.soto", now_ms=now_ms())
    assert "INV-001" in read(office.as_("m.doe"), "/defence/1/")


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_has_the_portal(office: Office, who: str) -> None:
    client = office.as_(who)
    for path in ("/defence/", "/defence/1/", "/defence/1/withheld/"):
        assert client.get(path).status_code == 403


def test_what_counsel_opens_leaves_no_trace_that_anybody_else_reads(office: Office) -> None:
    """Ux 10, check 10: open, search, export; then look as every other role, at the door, in the record."""
    from django.contrib.sessions.models import Session

    from fullfile.server.accounts.models import DoorEvent
    from fullfile.server.store.load import current_size
    from fullfile.server.store.reading_log import is_whole, read_all

    counsel = office.as_("e.noor")
    size, noted = current_size(), DoorEvent.objects.count()
    row = re.findall(r"/defence/1/given/(\d+)/", read(counsel, "/defence/1/"))[0]
    read(counsel, f"/defence/1/given/{row}/")
    word = "zinc"
    counsel.post("/defence/1/", {"q": word}, follow=True)
    for page in (f"given/{row}/", "withheld/", "papers/", "requests/", "receipts/", ""):
        counsel.post(f"/defence/1/{page}", {"q": word}, follow=True)
        read(counsel, f"/defence/1/{page}?order=-item")
        assert counsel.get(f"/defence/1/{page}?format=csv").status_code == 200
    counsel.post("/defence/", {"q": word}, follow=True)
    assert counsel.get("/defence/?format=csv").status_code == 200
    assert counsel.get("/cases/1/").status_code in {403, 404}
    assert counsel.get("/items/3/").status_code in {403, 404}

    assert current_size() == size
    assert DoorEvent.objects.count() == noted
    assert not any("/defence" in one.about for one in DoorEvent.objects.filter(account="e.noor"))

    log = list(read_all())
    assert {one.kind for one in log} >= {"page", "production", "search"}
    assert {one.who for one in log} == {"e.noor"}
    assert all(word not in one.ref for one in log)
    assert all(one.bytes > 0 for one in log)
    assert is_whole()

    seen = ""
    for who in OTHERS:
        client = office.as_(who)
        for path in (
            "/",
            "/record/",
            "/audit/",
            "/audit/acts/",
            "/audit/door/",
            "/audit/report/",
            "/accounts/",
            "/court/",
            "/me/",
            "/metrics",
        ):
            answer = client.get(path, follow=True)
            if answer.status_code == 200:
                seen += answer.content.decode()
    assert word not in seen
    assert "/defence/1" not in seen
    assert Session.objects.exists()


def test_where_the_sealed_log_cannot_be_written_nothing_is_shown(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fullfile.core.errors import Unavailable
    from fullfile.server.web.defence import client as room

    def refuse(**_: object) -> None:
        raise Unavailable("The log of the defence's reading cannot be written.")

    counsel = office.as_("e.noor")
    monkeypatch.setattr(room, "log_reading", refuse)
    answer = counsel.get("/defence/1/")
    assert answer.status_code == 503
    assert "INV-001" not in answer.content.decode()


def test_the_package_is_signed_and_checked_by_its_two_small_files(
    office: Office, tmp_path: Any
) -> None:
    import io
    import zipfile

    from django.core.files.uploadedfile import SimpleUploadedFile

    from fullfile.cli.package_files import open_package
    from fullfile.core.verify import verify_package
    from fullfile.server.store import checkpoints
    from fullfile.server.store.reading_log import read_all
    from tests.web.callers import caller

    entry = served()
    counsel = office.as_("l.poe")
    row = row_of(counsel)
    first = b"".join(counsel.get(f"/defence/1/given/{row}/package/").streaming_content)  # type: ignore[attr-defined]
    again = b"".join(counsel.get(f"/defence/1/given/{row}/package/").streaming_content)  # type: ignore[attr-defined]
    assert first == again  # byte for byte, the signature too
    place = tmp_path / "production-1.zip"
    place.write_bytes(first)
    key = checkpoints.verifier()
    found = verify_package(open_package(place), key.vkey)
    assert found.ok, found.findings
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        (folder,) = {one.partition("/")[0] for one in archive.namelist()}
        archive.extractall(tmp_path / "out")
        manifest = archive.read(f"{folder}/manifest-sha256.txt")
        note = archive.read(f"{folder}/manifest-sha256.note")
    unpacked = tmp_path / "out" / folder
    assert verify_package(open_package(unpacked)).ok
    (unpacked / "data" / "more.txt").write_text("more")
    assert {one.code for one in verify_package(open_package(unpacked)).findings} == {
        "extra",
        "oxum",
    }
    page = read(counsel, f"/defence/1/given/{row}/check/")
    assert key.fingerprint in page
    assert f"fullfile verify {folder}.zip" in page
    assert counsel.get(f"/defence/1/given/{row}/note/").content == note

    def check(said: bytes, signed: bytes) -> str:
        files = {
            "manifest": SimpleUploadedFile("manifest-sha256.txt", said),
            "note": SimpleUploadedFile("manifest-sha256.note", signed),
        }
        return str(counsel.post(f"/defence/1/given/{row}/check/", files).content.decode())

    assert "Manifest and signature are those of this production." in check(manifest, note)
    assert "over another manifest" in check(manifest + b"\n", note)
    assert "The signature is not valid" in check(manifest, note.replace(b"sha256:", b"sha256:0"))
    assert "There is a problem" in str(
        counsel.post(f"/defence/1/given/{row}/check/", {}).content.decode()
    )
    told = caller("l.poe").get(f"/defence/clients/1/productions/{entry}/signature").json()
    assert told["note"].encode() == note
    assert (told["name"], told["vkey"]) == (folder, key.vkey)
    assert told["checkpoint"]["size"] == found.size
    refs = {one.ref for one in read_all() if one.kind == "package"}
    assert {f"{row}:check", f"{row}:note", f"{entry}:note"} <= refs
    for account in STATE:
        assert office.as_(account).get(f"/defence/1/given/{row}/check/").status_code == 403
