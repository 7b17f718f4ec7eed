"""The import wizard as a records clerk goes through it, the pages of jobs, the reports; and what each refuses."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

if TYPE_CHECKING:
    from django.test import Client

    from tests.web.conftest import Office

_FOREIGN = """Evidence #,Department,Item Description,Date Received,Weight
E-1,Doe County Sheriff,Blue cup,03/06/2024,12 g
E-2,Doe County Sheriff,Red cup,13/31/2024,9 g
E-3,Doe County Sheriff,,03/07/2024,1 g
E-4,Doe County Sheriff,Green cup,03/25/2024,
"""
_PLAIN = "agency,tag,description,booked_at\n"


def _text(answer: object) -> str:
    said = answer.content.decode()  # type: ignore[attr-defined]
    main = said.partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)).replace("&quot;", '"')


def _fields(client: Client, address: str) -> dict[str, str]:
    """The values of a page's own form, as a browser would send them."""
    page = client.get(address).content.decode()
    main = page.partition("<main")[2]
    found = dict(
        re.findall(r'<input type="hidden" name="(once|seen|leave_out)" value="([^"]*)"', main)
    )
    for name, options in re.findall(
        r'<select name="(c\d+|dates)".*?>(.*?)</select>', main, re.DOTALL
    ):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return found


def _upload(
    client: Client, content: str | bytes, *, name: str = "room.csv", source: str = "Evidence room",
    table: str = "items",
) -> int:  # fmt: skip
    data = content.encode() if isinstance(content, str) else content
    fields = _fields(client, "/imports/upload/")
    answer = client.post(
        "/imports/upload/",
        fields | {"source": source, "table": table, "file": SimpleUploadedFile(name, data)},
    )
    assert answer.status_code == 302, _text(answer)
    found = re.fullmatch(r"/imports/(\d+)/columns/", answer["Location"])
    assert found
    return int(found[1])


def _checked(client: Client, number: int, **changes: str) -> str:
    """Choose the columns as they are guessed, have the file checked, and read what would change."""
    from fullfile.server.jobs import work_off

    fields = _fields(client, f"/imports/{number}/columns/") | changes
    answer = client.post(f"/imports/{number}/columns/", fields)
    assert answer.status_code == 302, _text(answer)
    waits = _text(client.get(f"/imports/{number}/check/"))
    assert "nothing is recorded" in waits
    assert "waits for its turn" in waits
    work_off()
    return _text(client.get(f"/imports/{number}/check/"))


def _refused(client: Client, content: bytes, name: str) -> str:
    fields = _fields(client, "/imports/upload/")
    answer = client.post(
        "/imports/upload/",
        fields | {"source": "x", "table": "items", "file": SimpleUploadedFile(name, content)},
    )
    assert answer.status_code == 422
    assert "There is a problem" in _text(answer)
    assert 'value="x"' in answer.content.decode(), "what was typed stays"
    return _text(answer)


def test_four_steps_and_nothing_is_recorded_before_the_last(office: Office) -> None:
    from fullfile.server.jobs import work_off
    from fullfile.server.store.load import current_size
    from fullfile.server.waiting.arrivals import read_arrival

    clerk = office.as_("c.webb")
    before = current_size()
    number = _upload(clerk, _FOREIGN)
    page = _text(clerk.get(f"/imports/{number}/columns/"))
    assert "Evidence #" in page
    assert "guessed" in page
    assert "03/06/2024" in page
    fields = _fields(clerk, f"/imports/{number}/columns/")
    assert [fields[f"c{place}"] for place in range(5)] == [
        "tag",
        "agency",
        "description",
        "booked_at",
        "",
    ]
    assert fields["dates"] == "month"
    said = _checked(clerk, number)
    assert "4 rows" in said
    assert "2 new" in said
    assert "2 with problems" in said
    assert "Date not understood in “booked_at”" in said
    assert "set the date order" in said
    assert "“description” is empty" in said
    assert "Commit 2 rows, leave out 2" in said
    assert "All rows can be committed only when none has a problem" in said
    assert current_size() == before, "nothing is recorded yet"
    refused = b"".join(clerk.get(f"/imports/{number}/check/refused/").streaming_content).decode()  # type: ignore[attr-defined]
    assert "E-2" in refused
    assert "E-3" in refused
    assert "E-1" not in refused
    rows = _text(clerk.get(f"/imports/{number}/check/rows/"))
    assert "2 problems" in rows
    one = _text(clerk.get(f"/imports/{number}/check/rows/?cause=required+description"))
    assert "1 problem." in one
    sheet = clerk.get(f"/imports/{number}/check/rows/?format=csv").content.decode()
    assert "booked_at" in sheet
    fields = _fields(clerk, f"/imports/{number}/check/")
    assert fields["leave_out"] == "2"
    answer = clerk.post(f"/imports/{number}/commit/", fields)
    assert answer["Location"] == f"/imports/{number}/commit/"
    assert "You may leave this page" in _text(clerk.get(f"/imports/{number}/commit/"))
    clerk.post(f"/imports/{number}/commit/", fields)  # a double click
    work_off()
    done = _text(clerk.get(f"/imports/{number}/commit/"))
    assert "was taken in" in done
    assert "Recorded as entries" in done
    assert "March 6, 2024" in done
    assert "was recorded today" in done
    assert "2 rows were left out" in done
    one_file = read_arrival(number)
    assert (one_file.last_entry or 0) - (one_file.first_entry or 0) == 2, "the run and two rows"
    from fullfile.server.store.reading import read_entries

    assert one_file.first_entry is not None
    run, first, _second = read_entries(range(one_file.first_entry, one_file.first_entry + 3))
    assert (run.by, run.data["source"], run.data["file"]) == (
        "C. Webb",
        "Evidence room",
        "room.csv",
    )
    assert first.data["booked_at"] == "2024-03-06"
    assert first.more["Weight"] == "12 g", "what is no column of ours is kept"
    assert not (office.home / "uploads" / str(number) / "room.csv").exists()
    listed = _text(clerk.get("/imports/"))
    assert "room.csv" in listed
    assert "Evidence room" in listed


def test_the_next_export_shows_corrections_old_and_new_and_remembers_the_columns(
    office: Office,
) -> None:
    from fullfile.server.jobs import work_off

    clerk = office.as_("c.webb")
    first = "Evidence #,Department,Stuff,Date Received\nE-1,Doe Sheriff,Blue cup,03/26/2024\nE-2,Doe Sheriff,Hat,03/26/2024\n"
    number = _upload(clerk, first)
    assert _fields(clerk, f"/imports/{number}/columns/")["c2"] == ""
    said = _checked(clerk, number, c2="description")
    assert "2 new" in said
    clerk.post(f"/imports/{number}/commit/", _fields(clerk, f"/imports/{number}/check/"))
    work_off()
    number = _upload(clerk, first.replace("Blue", "Dark blue"), name="april.csv")
    assert "as last time" in _text(clerk.get(f"/imports/{number}/columns/"))
    assert _fields(clerk, f"/imports/{number}/columns/")["c2"] == "description"
    said = _checked(clerk, number)
    assert "1 correction" in said
    assert "1 unchanged" in said
    changes = clerk.get(f"/imports/{number}/check/changes/").content.decode()
    assert '<del class="ff-struck">Blue cup</del>' in changes
    assert "Dark blue cup" in changes
    number = _upload(clerk, first, name="same.csv")
    clerk.post(f"/imports/{number}/drop/", _fields(clerk, f"/imports/{number}/drop/"))
    assert clerk.get(f"/imports/{number}/check/").status_code == 404
    assert not (office.home / "uploads" / str(number)).exists()


def test_a_file_that_is_known_already_changes_nothing_and_has_no_button(office: Office) -> None:
    from fullfile.server.jobs import work_off

    clerk = office.as_("c.webb")
    content = f"{_PLAIN}Doe Sheriff,K-1,Cup,2024-03-06\n"
    number = _upload(clerk, content)
    assert "Commit 1 row" in _checked(clerk, number)
    clerk.post(f"/imports/{number}/commit/", _fields(clerk, f"/imports/{number}/check/"))
    work_off()
    number = _upload(clerk, content)
    said = _checked(clerk, number)
    assert "taking it in changes nothing" in said
    assert "Commit" not in said.partition("Nothing is recorded")[2]


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"just one word\n", "note.csv", "This is not a table. The first line has 1 column; items need"),
        (b"", "empty.csv", "The file is empty"),
        (b"%PDF-1.7 ...", "scan.pdf", "cannot be read. Expected CSV"),
        (b"PK\x03\x04 not a workbook", "book.xlsx", "no workbook that can be read"),
        (b"\x00\x01\x02\x03\xff\xfe" * 50, "bytes.csv", "bytes.csv"),
        (b"PAR1 broken", "table.parquet", "table.parquet"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_with_a_sentence(
    office: Office, content: bytes, name: str, words: str
) -> None:
    from fullfile.server.waiting.models import Arrival

    assert words in _refused(office.as_("c.webb"), content, name)
    assert not list((office.home / "uploads").glob("*/*")), "nothing of it is kept"
    assert not Arrival.objects.exclude(state="dropped").exists()


def test_a_bomb_is_refused(office: Office) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        with book.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(80):
                sheet.write(b" " * (1 << 20))
    assert packed.tell() < 200_000
    said = _refused(office.as_("c.webb"), packed.getvalue(), "bomb.xlsx")
    assert "bomb.xlsx" in said


def test_a_file_over_the_limit_is_refused(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FULLFILE_UPLOAD_MB", "1")
    clerk = office.as_("c.webb")
    fields = _fields(clerk, "/imports/upload/")
    large = _PLAIN.encode() + b"Doe,1,Cup,2024-03-06\n" * 60_000
    answer = clerk.post(
        "/imports/upload/",
        fields | {"source": "x", "table": "items", "file": SimpleUploadedFile("big.csv", large)},
    )
    assert answer.status_code == 413
    assert "larger than 1 MB" in _text(answer)


def test_every_missing_field_says_so(office: Office) -> None:
    clerk = office.as_("c.webb")
    answer = clerk.post("/imports/upload/", _fields(clerk, "/imports/upload/"))
    assert answer.status_code == 422
    for words in ("Choose a file.", "Name the system that it comes from.", "Say what it holds."):
        assert words in _text(answer)


def test_an_upload_without_the_pages_token_is_refused(office: Office) -> None:
    from django.test import Client

    clerk = office.as_("c.webb")
    strict = Client(HTTP_HOST="localhost", enforce_csrf_checks=True)
    strict.cookies = clerk.cookies
    answer = strict.post(
        "/imports/upload/",
        {"source": "x", "table": "items", "file": SimpleUploadedFile("a.csv", b"a,b\n1,2\n")},
    )
    assert answer.status_code == 403


def test_columns_that_must_be_there_are_asked_for(office: Office) -> None:
    clerk = office.as_("c.webb")
    number = _upload(clerk, _FOREIGN)
    fields = _fields(clerk, f"/imports/{number}/columns/") | {"c0": "", "c4": "description"}
    answer = clerk.post(f"/imports/{number}/columns/", fields)
    assert answer.status_code == 422
    said = _text(answer)
    assert "No column is taken for tag" in said
    assert "“Item Description” and “Weight” are both taken for description" in said


def test_rows_nobody_agreed_to_leave_out_are_not_left_out(office: Office) -> None:
    from fullfile.server.store.load import current_size

    clerk = office.as_("c.webb")
    number = _upload(clerk, _FOREIGN)
    _checked(clerk, number)
    before = current_size()
    fields = _fields(clerk, f"/imports/{number}/check/") | {"leave_out": "0"}
    answer = clerk.post(f"/imports/{number}/commit/", fields, follow=True)
    assert "not the same" in answer.content.decode()
    assert current_size() == before


def test_a_row_that_went_bad_since_the_check_stops_the_commit(office: Office) -> None:
    from fullfile.core.errors import Refused
    from fullfile.server.actions.imports.checking import commit_arrival
    from fullfile.server.store.load import current_size

    clerk = office.as_("c.webb")
    number = _upload(clerk, _FOREIGN)
    _checked(clerk, number)
    before = current_size()
    # As if one row only had been agreed to: the import finds two, and records none.
    with pytest.raises(Refused, match="2 rows would be left out now, and 1 were agreed to"):
        commit_arrival(
            number, leave_out=1, once="x", by="C. Webb", now_ms=2_000_000_000_000,
            tell=lambda _done, _total: None,
        )  # fmt: skip
    assert current_size() == before


def test_a_stopped_import_records_nothing_and_can_be_committed_later(office: Office) -> None:
    from fullfile.server.store.load import current_size
    from fullfile.server.waiting.arrivals import read_arrival

    clerk = office.as_("c.webb")
    number = _upload(clerk, f"{_PLAIN}Doe Sheriff,K-9,Cup,2024-03-06\n")
    _checked(clerk, number)
    before = current_size()
    clerk.post(f"/imports/{number}/commit/", _fields(clerk, f"/imports/{number}/check/"))
    job = read_arrival(number).commit_job
    page = _text(clerk.get(f"/jobs/{job}/"))
    assert "Take a file in" in page
    clerk.post(f"/jobs/{job}/", _fields(clerk, f"/jobs/{job}/"))
    assert "stopped" in _text(clerk.get(f"/jobs/{job}/")).lower()
    answer = clerk.get(f"/imports/{number}/commit/", follow=True)
    assert "Taking it in was stopped. Nothing was recorded." in _text(answer)
    assert "Commit 1 row" in _text(answer)
    assert current_size() == before


@pytest.mark.parametrize(
    "who", ["r.lane", "k.ortiz", "j.soto", "e.noor", "h.pike", "s.vale", "a.boone"]
)
def test_only_the_records_clerk_imports(office: Office, who: str) -> None:
    answer = office.as_(who).get("/imports/")
    assert answer.status_code == 403
    assert b"records clerk" in answer.content


def test_each_sees_their_own_jobs_and_whoever_looks_after_the_office_sees_all(
    office: Office,
) -> None:
    from fullfile.server.waiting.asking import ask_job

    mine = ask_job("import_check", {"arrival": 1}, by="C. Webb", account="c.webb")
    clock = ask_job("check_record", by="Fullfile")
    clerk = office.as_("c.webb")
    listed = _text(clerk.get("/jobs/"))
    assert "Check a file before it is taken in" in listed
    assert "Check the whole record" not in listed
    assert clerk.get(f"/jobs/{clock}/").status_code == 404
    admin = office.as_("a.boone")
    listed = _text(admin.get("/jobs/"))
    assert "Check the whole record" in listed
    assert "the clock" in listed
    assert admin.get(f"/jobs/{mine}/").status_code == 200
    assert office.as_("k.ortiz").get(f"/jobs/{mine}/").status_code == 404
    assert office.as_("e.noor").get("/jobs/").status_code == 403
    auditor = office.as_("s.vale")
    answer = auditor.post(f"/jobs/{mine}/", _fields(clerk, f"/jobs/{mine}/"))
    assert answer.status_code == 403, "the auditor looks on"
    assert admin.get("/jobs/?format=csv").content.decode().splitlines()[0].startswith("job,kind")
    assert admin.get("/jobs/?state=failed").status_code == 200


def test_an_administrator_reads_no_case_in_a_failed_job(office: Office) -> None:
    from fullfile.server.waiting.asking import ask_job
    from fullfile.server.waiting.models import Job

    job = ask_job("import_commit", {"arrival": 1}, by="C. Webb", account="c.webb")
    Job.objects.filter(pk=job).update(
        state="failed", error="there is no case “D-0101” on record", ended_at="2026-01-01T00:00Z"
    )
    said = _text(office.as_("a.boone").get(f"/jobs/{job}/"))
    assert "D-0101" not in said
    assert "shown to whoever asked" in said
    assert "D-0101" in _text(office.as_("c.webb").get(f"/jobs/{job}/"))


def test_a_page_that_polls_is_told_to_load_anew_when_the_job_has_ended(office: Office) -> None:
    from fullfile.server.jobs import work_off
    from fullfile.server.waiting.asking import ask_job

    job = ask_job("search", by="C. Webb", account="c.webb")
    clerk = office.as_("c.webb")
    asked = {"HX-Request": "true"}
    assert "HX-Refresh" not in clerk.get(f"/jobs/{job}/", headers=asked)
    number = _upload(clerk, _FOREIGN)
    clerk.post(f"/imports/{number}/columns/", _fields(clerk, f"/imports/{number}/columns/"))
    assert "HX-Refresh" not in clerk.get(f"/imports/{number}/check/", headers=asked)
    work_off()
    assert clerk.get(f"/jobs/{job}/", headers=asked)["HX-Refresh"] == "true"
    assert clerk.get(f"/imports/{number}/check/", headers=asked)["HX-Refresh"] == "true"
    assert "HX-Refresh" not in clerk.get(f"/imports/{number}/check/")


@pytest.mark.parametrize("name", ["orphans", "discrepancies", "people", "reasons"])
def test_reports_are_lists_with_export(office: Office, name: str) -> None:
    supervisor = office.as_("j.soto")
    answer = supervisor.get(f"/reports/{name}/")
    assert answer.status_code == 200, _text(answer)
    sheet = supervisor.get(f"/reports/{name}/?format=csv")
    assert sheet["Content-Type"].startswith("text/csv")
    assert supervisor.get(f"/reports/{name}/?format=json").status_code == 200
    assert name in supervisor.get("/reports/").content.decode()


def test_whose_cases_have_exceptions_counts_every_case(office: Office) -> None:
    from fullfile.server.queries.boards import refresh_boards
    from fullfile.server.store.responsible import count_responsible
    from fullfile.server.store.tables import select

    refresh_boards()
    rows = count_responsible()
    ((cases, exceptions),) = select(
        "SELECT count(*), sum(exceptions) FROM case_board WHERE size >= 0"
    )
    named = [one for one in rows if one.name]
    nobody = [one for one in rows if not one.name]
    assert sum(one.cases for one in rows) >= cases
    assert sum(one.exceptions for one in rows) >= exceptions
    assert named or nobody
    said = _text(office.as_("j.soto").get("/reports/people/"))
    for one in rows:
        assert (one.name or "nobody is named") in said


def test_a_custodian_sees_the_room_s_reports_and_not_those_of_cases(office: Office) -> None:
    custodian = office.as_("r.lane")
    assert custodian.get("/reports/orphans/").status_code == 200
    assert custodian.get("/reports/discrepancies/").status_code == 200
    assert custodian.get("/reports/people/").status_code == 403
    assert "people" not in custodian.get("/reports/").content.decode().partition("<main")[2]
    assert custodian.get("/reports/nothing/").status_code == 404
    assert office.as_("e.noor").get("/reports/").status_code == 403


def test_the_start_page_says_what_waits_and_what_failed(office: Office) -> None:
    from datetime import UTC, datetime

    from fullfile.server.waiting.asking import ask_job
    from fullfile.server.waiting.models import Job

    clerk = office.as_("c.webb")
    assert "on its way in" not in _text(clerk.get("/"))
    _upload(clerk, _FOREIGN)
    assert "1 file is on its way in" in _text(clerk.get("/"))
    job = ask_job("link", by="Fullfile")
    Job.objects.filter(pk=job).update(state="failed", error="x", ended_at=datetime.now(UTC))
    admin = office.as_("a.boone")
    assert "1 job failed this week" in _text(admin.get("/"))
    assert "Failed" in _text(admin.get("/jobs/?state=failed"))
    assert "Exceptions by prosecutor" in _text(office.as_("j.soto").get("/"))


def test_no_page_of_an_import_asks_many_questions(office: Office) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    clerk = office.as_("c.webb")
    number = _upload(clerk, _FOREIGN)
    _checked(clerk, number)
    for address in (
        "/imports/",
        f"/imports/{number}/columns/",
        f"/imports/{number}/check/",
        "/jobs/",
    ):
        with CaptureQueriesContext(connection) as asked:
            assert clerk.get(address).status_code == 200
        assert len(asked) <= 60, address


def test_a_large_file_is_checked_on_a_copy_while_others_record(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sqlite3

    from fullfile.server.actions.imports import checking
    from fullfile.server.store.load import current_size

    clerk = office.as_("c.webb")
    content = f"{_PLAIN}Doe Sheriff,K-1,Cup,2024-03-06\n"
    number = _upload(clerk, content)
    monkeypatch.setattr(checking, "_SMALL", 0)
    seen: list[str] = []
    real = checking.import_files

    def watched(**said: object) -> object:
        progress = said["progress"]

        def told(*what: object) -> None:
            # While rows are judged the office's own database is nobody's: another writer gets its lock at once.
            other = sqlite3.connect(
                office.home / "fullfile.sqlite3", timeout=0, isolation_level=None
            )
            other.execute("BEGIN IMMEDIATE")
            other.execute("ROLLBACK")
            other.close()
            seen.append("free")
            progress(*what)  # type: ignore[operator]

        return real(**(said | {"progress": told}))  # type: ignore[arg-type]

    monkeypatch.setattr(checking, "import_files", watched)
    before = current_size()
    assert "1 new" in _checked(clerk, number)
    assert seen
    assert current_size() == before
    assert [
        one.name for one in (office.home / "uploads" / str(number)).iterdir() if "aside" in one.name
    ] == []
    assert str(settings_database()) == str(office.home / "fullfile.sqlite3")


def settings_database() -> object:
    from django.db import connection

    return connection.settings_dict["NAME"]


def test_whoever_waits_too_long_for_an_import_is_told_so(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sqlite3

    from django.db import connections

    from fullfile.server.web.doors import busy

    clerk = office.as_("c.webb")
    fields = _fields(clerk, "/imports/upload/")
    monkeypatch.setattr(busy, "WAIT_MS", 200)
    other = sqlite3.connect(office.home / "fullfile.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        file = SimpleUploadedFile("a.csv", b"agency,tag,description,booked_at\n")
        answer = clerk.post(
            "/imports/upload/", fields | {"source": "x", "table": "items", "file": file}
        )
    finally:
        other.execute("ROLLBACK")
        other.close()
        connections.close_all()
    assert answer.status_code == 503
    assert "until it is through nothing else can be" in answer.content.decode()
