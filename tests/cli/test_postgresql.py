"""The same commands where the database is PostgreSQL; the home keeps key and checkpoint."""

import json

from tests.cli.conftest import EXAMPLE


def test_an_office_on_postgresql(run, home, postgres_url, monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", postgres_url)
    assert run("match", home=tmp_path).status == 2
    init = ("init", "--office", "Example County", "--jurisdiction", "us-nm")
    assert run(*init, home=home).status == 0
    assert not (home / "fullfile.sqlite3").exists()
    assert run("import", EXAMPLE, "--source", "press").status == 0
    said = run("match", "--on", "2024-07-10", "--format", "json")
    assert said.status == 1
    assert ("DOC-001", "unfiled") in {
        (line["tag"], line["state"]) for line in json.loads(said.out)["exceptions"]
    }
    assert run("rebuild").status == 0
    assert run("log", "verify").status == 0
    doctor = run("doctor")
    assert doctor.status == 0
    assert "PostgreSQL" in doctor.out
    second = run(*init, home=tmp_path / "second")
    assert second.status == 2
    assert "holds an office's record already" in second.err


def test_demo_keeps_out_of_the_office_database(run, tmp_path, postgres_url, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", postgres_url)
    assert run("demo", "--no-serve", home=tmp_path / "demo").status == 0
    assert (tmp_path / "demo" / "fullfile.sqlite3").is_file()
    assert run("settings", "show", home=tmp_path / "demo").status == 2
