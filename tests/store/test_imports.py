"""Importing tables: names, keys, corrections, accounts, warnings, on both databases."""

from __future__ import annotations

import pytest

from fullfile.core.errors import NotFound, Refused, Unavailable
from fullfile.server.actions.imports import import_files
from tests.store.importing import AGENCIES, CASES, DISCLOSURES, ITEMS, PARTIES, Importer, write


@pytest.fixture
def importer(office, tmp_path):
    return Importer(office, tmp_path)


def test_rows_become_entries_with_their_provenance(importer):
    report = importer.table("items", [ITEMS[0] | {"bin": "7", "row_id": "R1"}])
    (run,) = importer.entries("import.started")
    (item,) = importer.entries("item.recorded")
    (figures,) = report.files
    assert report.recorded
    assert report.batch == figures.run == run.index == item.run
    assert run.data == {
        "batch": run.index,
        "source": "rms",
        "table": "items",
        "file": "items.csv",
        "sha256": figures.sha256,
        "rows": 1,
        "mapping": "",
        "rejected": 0,
    }
    assert (item.row, item.source, item.by) == (2, "rms", "Clerk")
    assert item.more == {"bin": "7", "row_id": "R1"}
    assert (figures.rows, figures.new) == (1, 1)


def test_the_same_file_twice_changes_nothing(importer):
    importer.base()
    size = importer.office.size
    for name, rows in (
        ("agencies", AGENCIES),
        ("cases", CASES),
        ("parties", PARTIES),
        ("items", ITEMS),
    ):
        report = importer.table(name, rows)
        assert not report.recorded
        assert report.total("unchanged") == len(rows)
    assert importer.office.size == size


def test_a_changed_row_is_a_correction(importer):
    importer.table("items", ITEMS)
    report = importer.table("items", [ITEMS[0] | {"description": "A long knife"}, ITEMS[1]])
    first, _, third = importer.entries("item.recorded")
    assert (report.total("corrected"), report.total("unchanged")) == (1, 1)
    assert third.corrects == first.index
    again = importer.table("items", [ITEMS[0] | {"description": "A very long knife"}, ITEMS[1]])
    assert importer.entries("item.recorded")[-1].corrects == third.index
    assert again.total("corrected") == 1
    assert importer.office.rows("SELECT count(*) FROM items WHERE to_index IS NULL") == [(2,)]


def test_a_row_id_is_the_key_where_the_source_has_one(importer):
    importer.table("items", [ITEMS[0] | {"row_id": "7"}])
    report = importer.table("items", [ITEMS[0] | {"row_id": "7", "tag": "A-9"}])
    assert report.total("corrected") == 1


def test_another_source_is_a_second_account(importer):
    importer.table("items", ITEMS[:1])
    report = importer.table("items", ITEMS[:1], source="property room")
    assert report.total("new") == 1
    assert importer.office.rows("SELECT count(*) FROM items WHERE to_index IS NULL") == [(2,)]


def test_agency_names_resolve_and_the_spelling_is_kept(importer):
    importer.base()
    first, second = importer.entries("item.recorded")
    assert first.data["agency"] == second.data["agency"] == "North PD"
    assert first.more == {"agency (as written)": "NPD"}
    assert second.more == {}


def test_agencies_inside_lists_resolve(importer):
    importer.table("agencies", AGENCIES)
    importer.table(
        "cases", [CASES[0] | {"report_numbers": "NPD:24-1; South:9", "agencies": "north;South"}]
    )
    (case,) = importer.entries("case.recorded")
    assert case.data["report_numbers"] == [
        {"agency": "North PD", "number": "24-1"},
        {"agency": "South", "number": "9"},
    ]
    assert case.data["agencies"] == ["North PD", "South"]
    assert case.more["report_numbers (as written)"] == "NPD:24-1;South:9"


def test_an_agency_that_nobody_told_of_is_kept_with_one_warning_a_file(importer):
    report = importer.table("items", [ITEMS[0], ITEMS[0] | {"tag": "A-3"}])
    assert [str(warning) for warning in report.warnings] == [
        (
            "items.csv, row 2, column agency: no row of agencies tells of “NPD”; "
            "it counts as an agency of the State until one says otherwise."
        )
    ]


def test_another_name_given_too_late_is_said(importer):
    importer.table("items", ITEMS[:1])
    report = importer.table("agencies", AGENCIES)
    assert report.warning_counts == {"alias_late": 1}


def test_cases_and_defendants_resolve_to_how_they_were_recorded(importer):
    importer.base()
    report = importer.table("disclosures", DISCLOSURES)
    (entry,) = importer.entries("disclosure.recorded")
    assert report.problems == ()
    assert entry.data == {
        "case_number": "D-1",
        "defendant": "Ann Poe",
        "defendant_key": "ann poe",
        "agency": "North PD",
        "tag": "a-1",
        "disclosed_at": "2024-02-01",
    }
    assert entry.more == {
        "agency (as written)": "north",
        "case_number (as written)": "d-1",
        "defendant (as written)": "ann poe",
    }


def test_a_defendant_may_be_named_by_party_id(importer):
    importer.base()
    importer.table("disclosures", [DISCLOSURES[0] | {"defendant": "p2"}])
    (entry,) = importer.entries("disclosure.recorded")
    assert (entry.data["defendant"], entry.data["defendant_key"]) == ("Bo Roe", "bo roe")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (
            "Anne Poe",
            "“Anne Poe” is no defendant of case D-1; its defendants nearest to that are “Ann Poe”",
        ),
        ("Cy Voe", "“Cy Voe” is no defendant of case D-1"),
    ],
)
def test_a_name_that_is_no_defendants_is_refused_with_the_nearest(importer, name, sentence):
    importer.base()
    report = importer.table("disclosures", [DISCLOSURES[0] | {"defendant": name}])
    assert not report.recorded
    (problem,) = report.problems
    assert (problem.row, problem.column, problem.code) == (2, "defendant", "not_a_party")
    assert sentence in problem.text


def test_an_unknown_case_is_refused_and_an_unknown_tag_is_not(importer):
    importer.base()
    report = importer.table("disclosures", [DISCLOSURES[0] | {"case_number": "D-9"}])
    assert [problem.code for problem in report.problems] == ["case_unknown"]
    report = importer.table("disclosures", [DISCLOSURES[0] | {"tag": "Z-9"}])
    assert report.recorded
    assert report.warning_counts == {"tag_unknown": 1}
    assert str(report.warnings[0]) == (
        "disclosures.csv, row 2: North PD, Z-9: nobody booked this tag: an item that is not there is a finding."
    )


TWINS = [
    {"case_number": "D-1", "name": "Ann Poe", "role": "defendant", "party_id": "P1", "date_of_birth": "1980"},
    {"case_number": "D-1", "name": "Ann Poe", "role": "defendant", "party_id": "P2", "date_of_birth": "1999"},
]  # fmt: skip


@pytest.mark.parametrize("together", [True, False])
def test_two_defendants_of_one_name_need_a_party_id(importer, together):
    importer.table("cases", CASES)
    if together:
        importer.table("parties", TWINS)
    else:
        importer.table("parties", TWINS[:1])
        importer.table("parties", TWINS[1:])
    assert [entry.data["defendant_key"] for entry in importer.entries("party.recorded")] == [
        "ann poe",
        "ann poe#p2",
    ]
    report = importer.table("disclosures", DISCLOSURES)
    assert [problem.code for problem in report.problems] == ["defendant_ambiguous"]
    assert "(P1, P2)" in report.problems[0].text
    report = importer.table("disclosures", [DISCLOSURES[0] | {"defendant": "P2"}])
    assert report.recorded
    (entry,) = importer.entries("disclosure.recorded")
    assert entry.data["defendant_key"] == "ann poe#p2"


def test_one_person_in_two_sources_is_one_defendant(importer):
    importer.table("cases", CASES)
    importer.table("parties", PARTIES)
    importer.table("parties", [PARTIES[0] | {"party_id": "9001"}], source="court")
    assert [entry.data.get("defendant_key") for entry in importer.entries("party.recorded")] == [
        "ann poe",
        "bo roe",
        None,
        "ann poe",
    ]
    report = importer.table("disclosures", [DISCLOSURES[0] | {"defendant": "9001"}])
    assert report.recorded


def test_a_party_id_that_changes_is_a_correction_of_the_same_person(importer):
    importer.table("cases", CASES)
    importer.table("parties", PARTIES[:1])
    report = importer.table("parties", [PARTIES[0] | {"party_id": "P77"}])
    assert report.total("corrected") == 1
    assert {entry.data["defendant_key"] for entry in importer.entries("party.recorded")} == {
        "ann poe"
    }


def test_one_key_twice_with_different_values_refuses_both_rows(importer):
    rows = [ITEMS[0], ITEMS[0] | {"description": "A spoon"}, ITEMS[1], ITEMS[1]]
    report = importer.table("items", rows)
    assert not report.recorded
    assert [(problem.row, problem.code) for problem in report.problems] == [
        (2, "key_twice"),
        (3, "key_twice"),
    ]
    assert "agency NPD, tag A-1 stands in rows 2 and 3" in report.problems[0].text
    report = importer.table("items", rows, skip_bad=True)
    (figures,) = report.files
    assert (figures.new, figures.repeated, figures.rejected) == (1, 1, 2)


def test_one_key_twice_is_found_over_chunks_and_in_known_rows(importer):
    many = [ITEMS[0] | {"tag": f"B-{number}"} for number in range(4_500)]
    report = importer.table("items", [*many, many[0] | {"description": "A spoon"}, many[1]])
    assert {(problem.row, problem.code) for problem in report.problems} == {
        (2, "key_twice"),
        (4_502, "key_twice"),
    }
    importer.table("items", many[:2])
    report = importer.table("items", [*many, many[0] | {"description": "A spoon"}, many[1]])
    assert [(problem.row, problem.code) for problem in report.problems] == [(4_502, "key_twice")]
    assert report.total("repeated") == 1


def test_later_files_of_a_command_correct_earlier_ones(importer, tmp_path):
    first = write(tmp_path / "january.csv", ITEMS)
    second = write(tmp_path / "february.csv", [ITEMS[0] | {"description": "A long knife"}])
    report = importer.files("items", first, second)
    runs = importer.entries("import.started")
    assert [run.data["batch"] for run in runs] == [runs[0].index] * 2
    assert [(one.new, one.corrected) for one in report.files] == [(2, 0), (0, 1)]


def test_a_complete_export_records_what_came_no_more(importer):
    importer.table("items", ITEMS)
    importer.table("items", ITEMS[:1], source="other")
    gone = importer.entries("item.recorded")[1]
    report = importer.table("items", ITEMS[:1], complete=True)
    (absence,) = importer.entries("row.absent")
    assert report.total("absent") == 1
    assert absence.data == {"table": "items", "entry": gone.index}
    assert absence.run == report.batch
    again = importer.table("items", ITEMS[:1], complete=True)
    assert (again.total("absent"), again.recorded) == (0, False)


def test_a_dry_run_says_what_would_happen_and_leaves_nothing(importer):
    size = importer.office.size
    report = importer.table("items", ITEMS, dry_run=True)
    assert (report.recorded, report.dry_run, report.total("new")) == (False, True, 2)
    (found,) = report.profiles
    assert [column.name for column in found.columns] == [
        "agency",
        "tag",
        "description",
        "booked_at",
    ]
    assert found.columns[3].looks_like == "date"
    assert importer.office.size == size
    assert importer.office.rows("SELECT count(*) FROM items") == [(0,)]


def test_skip_bad_writes_what_it_leaves_out(importer, tmp_path):
    importer.base()
    rows = [
        DISCLOSURES[0],
        DISCLOSURES[0] | {"case_number": "D-9", "what": '=cmd("x")'},
        DISCLOSURES[0] | {"disclosed_at": "soon"},
    ]
    assert not importer.table("disclosures", rows).recorded
    report = importer.table("disclosures", rows, skip_bad=True)
    (figures,) = report.files
    assert (report.recorded, figures.new, figures.rejected) == (True, 1, 2)
    assert importer.entries("import.started")[-1].data["rejected"] == 2
    (place,) = report.rejected_files
    assert place == str(tmp_path / "disclosures.csv.rejected.csv")
    lines = (tmp_path / "disclosures.csv.rejected.csv").read_text().splitlines()
    assert (
        lines[0]
        == "rejected_row,rejected_because,case_number,defendant,agency,tag,disclosed_at,what"
    )
    assert lines[1].startswith('3,"case_number: there is no case “D-9” on record')
    assert lines[1].endswith(',"\'=cmd(""x"")"')
    assert lines[2].startswith('4,"disclosed_at: “soon” is no date')


def test_a_file_of_rejected_rows_may_be_mended_and_imported(importer, tmp_path):
    bad = ITEMS[0] | {"tag": "A-3", "booked_at": "soon", "description": "=1+1"}
    importer.table("items", [*ITEMS, bad], skip_bad=True)
    rejected = tmp_path / "items.csv.rejected.csv"
    mended = tmp_path / "mended.csv"
    mended.write_text(rejected.read_text().replace(",soon", ",2024-01-09"))
    report = importer.files("items", mended)
    assert report.total("new") == 1
    entry = importer.entries("item.recorded")[-1]
    assert (entry.data["description"], entry.more) == ("=1+1", {})


def test_skip_bad_leaves_out_what_rested_on_a_refused_row(importer, tmp_path):
    folder = tmp_path / "export"
    folder.mkdir()
    write(
        folder / "cases.csv", [*CASES, {"case_number": "D-2", "jurisdiction": "", "opened_on": ""}]
    )
    write(folder / "parties.csv", [*PARTIES, PARTIES[0] | {"case_number": "D-2"}])
    report = importer.directory(folder, skip_bad=True)
    assert [(one.table, one.new, one.rejected) for one in report.files] == [
        ("cases", 1, 1),
        ("parties", 3, 1),
    ]
    assert [one.data["rejected"] for one in importer.entries("import.started")] == [1, 1]
    assert len(report.rejected_files) == 2


def test_a_directory_is_one_command_in_an_order_that_works(importer, tmp_path):
    folder = tmp_path / "export"
    folder.mkdir()
    for name, rows in (
        ("disclosures", DISCLOSURES), ("parties", PARTIES), ("items", ITEMS), ("cases", CASES), ("agencies", AGENCIES),
    ):  # fmt: skip
        write(folder / f"{name}.csv", rows)
    (folder / "notes.txt").write_text("not a table")
    report = importer.directory(folder)
    assert report.problems == ()
    assert [one.table for one in report.files] == [
        "agencies",
        "cases",
        "parties",
        "items",
        "disclosures",
    ]
    assert report.warning_counts == {}
    assert not importer.directory(folder).recorded


def test_all_or_nothing_holds_for_a_directory(importer, tmp_path):
    folder = tmp_path / "export"
    folder.mkdir()
    write(folder / "items.csv", ITEMS)
    write(folder / "disclosures.csv", DISCLOSURES)
    size = importer.office.size
    report = importer.directory(folder)
    assert [problem.code for problem in report.problems] == ["case_unknown"]
    assert importer.office.size == size


def test_directories_that_hold_no_table_or_one_twice(importer, tmp_path):
    with pytest.raises(Unavailable, match="There is no directory"):
        importer.directory(tmp_path / "none")
    folder = tmp_path / "export"
    folder.mkdir()
    with pytest.raises(Refused, match="holds no table"):
        importer.directory(folder)
    write(folder / "items.csv", ITEMS)
    write(folder / "items.tsv", ITEMS)
    with pytest.raises(Refused, match=r"holds items twice \(items.csv and items.tsv\)"):
        importer.directory(folder)


def test_warnings_about_time_are_recorded_and_refuse_nothing(importer):
    importer.base()
    report = importer.table(
        "disclosures",
        [
            DISCLOSURES[0] | {"disclosed_at": "2023-02-01"},
            DISCLOSURES[0] | {"production": "2", "acknowledged_at": "2024-01-30"},
            DISCLOSURES[0] | {"production": "3", "disclosed_at": "2094-02-01"},
        ],
    )
    assert report.recorded
    assert report.warning_counts == {"order": 2, "future": 1}
    texts = " ".join(str(warning) for warning in report.warnings)
    assert "disclosed before it was held" in texts
    assert "acknowledged before it was disclosed" in texts


def test_custody_out_of_order_is_a_warning(importer):
    importer.base()
    event = {"agency": "NPD", "tag": "A-1"}
    report = importer.table(
        "custody",
        [
            event | {"event": "collected", "occurred_at": "2024-01-01"},
            event | {"event": "booked", "occurred_at": "2023-12-30"},
            event | {"event": "examined", "occurred_at": "2023-11-30"},
        ],
    )
    assert report.recorded
    assert sorted(warning.text.rpartition(": ")[2] for warning in report.warnings) == [
        "booked before it was collected.",
        "handled before it was held.",
    ]


def test_a_docket_event_that_nobody_names_is_a_warning(importer):
    importer.base()
    day = {"case_number": "D-1", "occurred_on": "2024-03-01"}
    report = importer.table(
        "docket", [day | {"event": "Arraignment"}, day | {"event": "coffee break"}]
    )
    assert report.warning_counts == {"event_unknown": 1}
    assert [entry.data["event"] for entry in importer.entries("docket.recorded")] == [
        "arraignment",
        "coffee_break",
    ]


def test_a_report_number_of_many_cases_is_a_warning(importer):
    rows = [
        CASES[0] | {"case_number": f"D-{number}", "report_numbers": "NPD:24-1"}
        for number in range(21)
    ]
    assert "report_crowded" not in importer.table("cases", rows[:20]).warning_counts
    report = importer.table("cases", rows[20:])
    assert report.warning_counts["report_crowded"] == 1
    assert "listed by 21 cases" in report.warnings[-1].text


def test_a_hold_names_what_it_holds(importer):
    row = {
        "hold": "H-1",
        "placed_at": "2024-01-01",
        "by": "Di Loe",
        "reason": "appeal",
        "tag": "A-1",
    }
    report = importer.table("holds", [row])
    assert [(problem.column, problem.code) for problem in report.problems] == [
        ("agency", "required")
    ]
    assert importer.table("holds", [row | {"agency": "NPD"}]).recorded


def test_a_time_zone_must_be_one(importer):
    report = importer.table("cases", [CASES[0] | {"time_zone": "Mars/Olympus"}])
    assert [problem.column for problem in report.problems] == ["time_zone"]


def test_a_mapping_feeds_several_tables_and_its_digest_is_kept(importer, tmp_path):
    (tmp_path / "map.toml").write_text(
        '[tables.items.columns]\nagency = "North PD"\ntag = "{No}-{Item}"\ndescription = "{What}"\n'
        'booked_at = "{In}"\n'
        '[tables.custody]\nfilled = ["Out"]\n'
        '[tables.custody.columns]\nagency = "North PD"\ntag = "{No}-{Item}"\nevent = "checked_out"\n'
        'occurred_at = "{Out}"\n'
    )
    rows = [
        {"No": "9", "Item": "1", "What": "Knife", "In": "2024-01-02", "Out": ""},
        {"No": "9", "Item": "2", "What": "Rope", "In": "2024-01-02", "Out": "2024-01-05"},
    ]
    path = write(tmp_path / "list.csv", rows)
    report = importer.files("items", path, mapping=tmp_path / "map.toml")
    assert [(one.table, one.new) for one in report.files] == [("items", 2), ("custody", 1)]
    assert [run.data["mapping"][:7] for run in importer.entries("import.started")] == [
        "sha256:"
    ] * 2
    with pytest.raises(Refused, match="feeds items, custody, not cases"):
        importer.files("cases", path, mapping=tmp_path / "map.toml")
    with pytest.raises(NotFound, match="no mapping file"):
        importer.files("items", path, mapping="nowhere.toml")


def test_a_dry_run_shows_a_source_that_feeds_no_table(importer, tmp_path):
    path = write(tmp_path / "list.csv", [{"INCIDENT_ID": "2016376978"}])
    report = importer.files("items", path, mapping="denver-incidents.toml", dry_run=True)
    assert report.files == ()
    assert "neither a thing in custody nor a case" in report.notes[0]
    assert report.profiles[0].rows == 1
    with pytest.raises(Refused, match="feeds no import table"):
        importer.files("items", path, mapping="denver-incidents.toml")


def test_a_large_file_is_read_in_a_process_of_its_own(importer, tmp_path, monkeypatch):
    monkeypatch.setattr("fullfile.server.actions.imports.reading.LARGE", 1)
    seen = []
    rows = [ITEMS[0] | {"tag": f"B-{number}"} for number in range(5_000)] + [
        ITEMS[0] | {"booked_at": "soon"}
    ]
    path = write(tmp_path / "items.csv", rows)
    report = importer.files("items", path, progress=lambda *told: seen.append(told))
    assert [(problem.row, problem.code) for problem in report.problems] == [(5_002, "unreadable")]
    assert seen[-1] == ("items.csv", 5_001, 5_001)
    path.write_text(path.read_text().replace(",soon", ",2024-01-01"))
    assert importer.files("items", path).total("new") == 5_001


def test_rows_that_are_recorded_stand_at_the_next_match(importer):
    importer.base()
    importer.table("disclosures", DISCLOSURES)
    assert importer.office.rows(
        "SELECT count(*) FROM disclosures d JOIN items i ON i.item_id = d.item_id "
        "JOIN parties p ON p.defendant_id = d.defendant_id"
    ) == [(1,)]


def test_what_an_import_needs(importer, tmp_path):
    with pytest.raises(Refused, match="at least one file"):
        importer.files("items")
    with pytest.raises(Refused, match="“things” is no import table"):
        importer.files("things", tmp_path / "x.csv")
    path = write(tmp_path / "items.csv", ITEMS)
    with pytest.raises(Refused, match="Name the system"):
        importer.files("items", path, source=" ")
    with pytest.raises(Refused, match="Say which import table"):
        importer.files(None, path)


def test_a_home_without_a_record(unopened, tmp_path):
    from fullfile.server.actions.office import migrate

    unopened.home.mkdir(parents=True, exist_ok=True)
    migrate()
    with pytest.raises(NotFound, match="fullfile init"):
        import_files(
            files=[write(tmp_path / "items.csv", ITEMS)],
            table="items",
            source="rms",
            by="Clerk",
            now_ms=1,
        )


def test_a_step_back_of_the_clock_is_told_once(importer, tmp_path):
    importer.base()
    path = write(tmp_path / "more.csv", [ITEMS[0] | {"tag": f"C-{n}"} for n in range(9_000)])
    report = import_files(
        files=[path],
        table="items",
        source="rms",
        by="Clerk",
        now_ms=importer.office.now_ms - 60_000,
    )
    assert len(importer.entries("clock.stepped_back")) == 1
    assert importer.entries("import.started")[-1].index == report.batch
    assert {entry.run for entry in importer.entries("item.recorded")[2:]} == {report.batch}
