"""Commands that make, change and check an office: init, settings, erase, rebuild, log, doctor."""

import json
import os
import sqlite3
import subprocess
import sys

import pytest


def test_init_says_what_to_keep(run, home):
    said = run("init", "--office", "Example County", "--jurisdiction", "us-nm", home=home)
    assert said.status == 0
    assert "Days end in America/Denver" in said.out
    assert "Fingerprint: sha256:" in said.out
    assert (home / "keys" / "log.skey").stat().st_mode & 0o077 == 0
    again = run("init", "--office", "Example County", "--jurisdiction", "us-nm", home=home)
    assert again.status == 2
    assert "holds an office already" in again.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--jurisdiction", "us-zz"), "There is no pack “us-zz”"),
        (("--jurisdiction", "us-nm", "--time-zone", "Mars/Base"), "is no time zone"),
    ],
)
def test_init_refuses(run, home, arguments, says):
    said = run("init", "--office", "X", *arguments, home=home)
    assert said.status == 2
    assert says in said.err
    assert not home.exists()


def test_a_place_without_a_pack_may_begin_and_is_told(run, home):
    zone = ("--time-zone", "America/New_York")
    said = run("init", "--office", "X", "--jurisdiction", "us-zz", *zone, home=home)
    assert said.status == 0
    assert "No rules for us-zz are installed" in said.err


@pytest.mark.parametrize(
    "command",
    [
        ("match",),
        ("settings", "show"),
        ("rebuild",),
        ("log", "verify"),
        ("log", "checkpoint"),
        ("erase", "0", "--order", "x", "--yes"),
        ("import", "items", __file__, "--source", "x"),
    ],
)
def test_without_an_office_each_says_how_to_begin(run, home, command):
    said = run(*command, home=home)
    assert said.status == 2
    assert "begin one with `fullfile init`" in said.err
    assert not home.exists()


def test_the_home_comes_from_the_environment_too(run, office):
    assert os.environ["FULLFILE_HOME"] == str(office)
    assert run("settings", "show").status == 0


def test_settings(run, office):
    assert run("settings", "set", "target_days", "10").status == 0
    assert run("settings", "set", "source_rank", "a,b", "c").status == 0
    found = json.loads(run("settings", "show", "--format", "json").out)["settings"]
    values = {one["name"]: one["value"] for one in found}
    assert (values["target_days"], values["threshold"]) == (10, 0.5)
    assert values["source_rank"] == ["a", "b", "c"]
    assert {one["name"] for one in found if one["entry"] is None} >= {"open_file", "notice"}
    assert "target_days,10," in run("settings", "show", "--format", "csv").out
    assert "a, b, c" in run("settings", "show").out


@pytest.mark.parametrize(
    "values", [("target_days", "soon"), ("target_days", "1", "2"), ("nope", "1")]
)
def test_settings_refuse(run, office, values):
    said = run("settings", "set", *values)
    assert said.status == 2
    assert said.err.startswith("fullfile: ")


def test_the_log_goes_out_and_is_checked_elsewhere(run, office, tmp_path):
    record, kept, proof = tmp_path / "record", tmp_path / "kept", tmp_path / "proof"
    assert run("log", "checkpoint", "--output", kept).status == 0
    assert run("settings", "set", "target_days", "10").status == 0
    assert run("log", "export", record).status == 0
    assert run("log", "prove", "0", "--output", proof).status == 0
    key = record / "log.vkey"
    plain = run("log", "verify", record)
    assert plain.status == 0
    assert "is consistent, and signed by this key." in plain.out
    assert "Fingerprint of the key: sha256:" in plain.out
    good = run("log", "verify", record, "--key", key.read_text("utf-8"), "--since", kept)
    assert good.status == 0
    assert "signed by the key that you gave. It continues the checkpoint of" in good.words
    assert run("log", "verify", proof, "--key", key).words.startswith(
        "Right: entry 0 is in the log"
    )
    assert run("log", "verify", kept, "--key", key).words.startswith("Right: a checkpoint of")
    size = json.loads(run("log", "checkpoint", "--format", "json").out)["size"]
    assert run("log", "prove", str(size)).status == 2


def test_a_changed_export_fails_with_status_1(run, office, tmp_path):
    record = tmp_path / "record"
    run("log", "export", record)
    (bundle,) = (path for path in (record / "tile" / "entries").rglob("*") if path.is_file())
    data = bytearray(bundle.read_bytes())
    data[40] ^= 1
    bundle.write_bytes(data)
    said = run("log", "verify", record)
    assert said.status == 1
    assert said.out.startswith("The log failed its check:")
    found = json.loads(run("log", "verify", record, "--format", "json").out)
    assert found["ok"] is False
    assert found["findings"]
    assert "code,text,path,index" in run("log", "verify", record, "--format", "csv").out


def test_log_verify_of_a_directory_needs_no_django(run, office, tmp_path):
    run("log", "export", tmp_path / "record")
    program = (
        "import sys; from fullfile.cli.main import main; "
        f"status = main(['log', 'verify', {str(tmp_path / 'record')!r}]); "
        "print(status, [name for name in ('django', 'duckdb', 'ibis') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "0 []"


def size_of(run):
    """How many entries the record has: its office adopts every pack that is known."""
    return json.loads(run("log", "checkpoint", "--format", "json").out)["size"]


@pytest.mark.parametrize("what", ["nothing", "folder"])
def test_log_verify_of_what_is_no_log(run, tmp_path, what):
    (tmp_path / "folder").mkdir()
    said = run("log", "verify", tmp_path / what)
    assert said.status == (2 if what == "nothing" else 1)


def test_the_home_is_checked_and_a_change_is_found(run, office, tmp_path):
    kept = tmp_path / "kept"
    run("log", "checkpoint", "--output", kept)
    good = run("log", "verify", "--since", kept)
    assert good.status == 0
    assert "The record" not in good.err
    assert good.out.startswith(
        f"Right: the record of {size_of(run)} entries is consistent, and signed by this key."
    )
    base = sqlite3.connect(office / "fullfile.sqlite3")
    triggers = base.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in triggers:
        base.execute(f"DROP TRIGGER {name}")
    base.execute(
        "UPDATE entry_body SET body = CAST(replace(body, 'Example', 'Another') AS BLOB) WHERE \"index\" = 0"
    )
    base.commit()
    base.close()
    bad = run("log", "verify")
    assert bad.status == 1
    assert "Entry 0: " in bad.out
    stopped = run("settings", "set", "target_days", "10")
    assert stopped.status == 2
    assert run("doctor").status == 1


def test_since_of_another_log_is_a_finding(run, office, tmp_path):
    other, kept = tmp_path / "other", tmp_path / "kept"
    run("init", "--office", "Other", "--jurisdiction", "us-nm", home=other)
    run("log", "checkpoint", "--output", kept, home=other)
    said = run("log", "verify", "--since", kept, home=office)
    assert said.status == 1
    assert "is no checkpoint of this log" in said.out


def test_rebuild(run, office):
    said = run("rebuild")
    words = f"The read tables were made again from {size_of(run)} entries.\n"
    assert (said.status, said.out) == (0, words)


def test_erase_asks_for_a_clear_yes(run, office, tmp_path, monkeypatch):
    table = tmp_path / "items.csv"
    table.write_text("agency,tag,description,booked_at\nPolice,1,a bag,2024-01-02\n", "utf-8")
    assert run("import", "items", table, "--source", "pd").status == 0
    entry = json.loads(run("import", "items", table, "--source", "pd", "--format", "json").out)
    assert entry["recorded"] is False
    last = str(size_of(run) - 1)
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    refused = run("erase", last, "--order", "order of March 3, 2026")
    assert refused.status == 2
    assert "say --yes" in refused.err
    done = run("erase", last, "--order", "order of March 3, 2026", "--yes")
    assert done.status == 0
    assert f"The content of entry {last} is erased" in done.out
    assert run("log", "verify").status == 0
    assert run("erase", last, "--order", "again", "--yes").status == 2
    assert run("erase", "0", "--order", "x", "--yes").status == 2


def test_a_sound_installation(run, office):
    said = run("doctor")
    assert said.out.startswith("This installation is sound.")
    assert said.status == 0
    checks = json.loads(run("doctor", "--format", "json").out)["checks"]
    assert all(check["ok"] for check in checks)
    assert {"Database", "Tables", "Key", "Record", "Clock", "Law", "Report numbers", "Disk"} <= {
        check["check"] for check in checks
    }
    assert run("doctor", "--format", "csv").out.startswith("check,ok,text,do\n")


def test_doctor_finds(run, office, tmp_path):
    assert run("doctor", home=tmp_path / "nowhere").status == 1
    key = office / "keys" / "log.skey"
    key.chmod(0o644)
    said = run("doctor")
    assert said.status == 1
    assert "chmod 600" in said.words
    key.chmod(0o600)
    (office / "checkpoint").unlink()
    said = run("doctor")
    assert said.status == 1
    assert "checkpoint" in said.words
    key.rename(office / "keys" / "away")
    said = run("doctor")
    assert said.status == 1
    assert "put it back from your backup" in said.words


def test_doctor_finds_a_crowded_report_number(run, office, tmp_path):
    table = tmp_path / "cases.csv"
    rows = "".join(f"C-{n},us-nm,2024-01-02,Police:UNKNOWN\n" for n in range(21))
    table.write_text(f"case_number,jurisdiction,opened_on,report_numbers\n{rows}", "utf-8")
    assert run("import", "cases", table, "--source", "courts").status == 0
    said = run("doctor")
    assert said.status == 1
    assert "Police UNKNOWN by 21" in said.words


def test_a_database_out_of_reach_is_one_sentence(run, home, monkeypatch):
    home.mkdir()
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    said = run("match", home=home)
    assert said.status == 2
    assert "DATABASE_URL" in said.err
    assert len(said.err.splitlines()) == 1
