"""The entry point: help, versions, usage mistakes, and how errors end."""

import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from fullfile import __version__
from fullfile.cli import main as entry
from fullfile.cli.reference import render_reference
from fullfile.core.errors import (
    NotFound,
    NotPermitted,
    Reason,
    RecordDamaged,
    Refused,
    Unavailable,
)

HELP = Path(__file__).parent / "help"


def commands(group=None, path=()):
    """Every command, with the words that call it."""
    for name, command in (group or get_command(entry.app)).commands.items():
        if hasattr(command, "commands"):
            yield (*path, name)
            yield from commands(command, (*path, name))
        else:
            yield (*path, name)


@pytest.mark.parametrize(
    "words", [(), *commands()], ids=lambda words: "-".join(words) or "fullfile"
)
def test_help_reads_as_it_did(run, words):
    """To take new words over: write the output to the file named in the failure."""
    said = run(*words, "--help")
    assert said.status == 0
    assert said.out == (HELP / f"{'-'.join(words) or 'fullfile'}.txt").read_text("utf-8")
    assert max(len(line) for line in said.out.splitlines()) <= 80


@pytest.mark.parametrize(
    "words", [words for words in commands() if words not in {("log",), ("settings",)}]
)
def test_help_teaches(run, words):
    said = run(*words, "--help").out
    assert "\n  fullfile " in said, "an example"
    assert "Exit" in said, "what the exit status says"


def test_version(run):
    assert run("--version").out == f"fullfile {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "Usage: fullfile"),
        (("log",), "Usage: fullfile log"),
        (("mach",), "No such command 'mach'"),
        (("match", "--nope"), "No such option"),
        (("match", "--format", "xml"), "'table', 'json', 'csv', 'html'"),
        (("import",), "Missing argument"),
        (("init",), "Missing option"),
    ],
)
def test_a_mistake_in_typing_is_one_sentence_and_status_2(run, arguments, says):
    said = run(*arguments)
    assert said.status == 2
    assert says in said.err
    assert said.out == ""


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (Refused([Reason("a", "One."), Reason("b", "Two.")]), ["One.", "Two."]),
        (NotPermitted("Not you."), ["Not you."]),
        (NotFound("Nothing there."), ["Nothing there."]),
        (RecordDamaged("Broken proof."), ["Broken proof."]),
        (Unavailable("No disk."), ["No disk."]),
    ],
)
def test_the_five_families_speak_for_themselves(error, said):
    assert entry.sentences(error) == said


def test_errors_that_nobody_foresaw():
    class OperationalError(Exception):
        """As a driver's, which is a DatabaseError."""

    class DatabaseError(Exception):
        pass

    wrong = type("OperationalError", (DatabaseError,), {})("disk I/O error\nmore")
    assert entry.sentences(wrong)[0].startswith("The database could not be used (disk I/O error)")
    full = OSError(28, "No space left on device", "/srv/x")
    assert entry.sentences(full)[0].startswith("/srv/x: no space left on device;")
    assert "not enough memory" in entry.sentences(MemoryError())[0]
    strange = entry.sentences(KeyError("x"))[0]
    assert strange.startswith("This should not happen: KeyError: 'x'.")
    assert "the record was not changed" in strange


def test_a_traceback_comes_only_when_asked_for(monkeypatch, capsys):
    def boom(*_args, **_more):
        raise ZeroDivisionError

    monkeypatch.setattr(entry, "get_command", lambda _app: type("C", (), {"main": boom})())
    assert entry.main([]) == 2
    assert "Traceback" not in capsys.readouterr().err
    monkeypatch.setenv("FULLFILE_DEBUG", "1")
    assert entry.main([]) == 2
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize(("error", "status"), [(KeyboardInterrupt, 130), (BrokenPipeError, 0)])
def test_an_interruption_is_quiet(monkeypatch, capsys, error, status):
    def stop(*_args, **_more):
        raise error

    monkeypatch.setattr(entry, "get_command", lambda _app: type("C", (), {"main": stop})())
    assert entry.main([]) == status
    assert capsys.readouterr().err == ""


def test_it_runs_as_a_module_and_through_a_closed_pipe():
    program = f"{sys.executable} -m fullfile packs us-nm | head -1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("New Mexico")


def test_help_needs_no_heavy_library():
    heavy = ["django", "duckdb", "ibis", "pyarrow", "psycopg", "jinja2", "cryptography"]
    program = (
        "import sys; from fullfile.cli.main import main; main(['--help']); "
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_completion_answers(monkeypatch):
    # Without the means to look for the shell that asks, which a test run may not have, the one named is taken.
    monkeypatch.setenv("_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION", "1")
    program = [sys.executable, "-m", "fullfile", "--show-completion", "bash"]
    done = subprocess.run(program, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "complete" in done.stdout


def test_the_reference_names_every_command_and_option():
    page = render_reference()
    for words in commands():
        if words not in {("bench",), ("log",), ("settings",)}:
            assert f"## `fullfile {' '.join(words)}`" in page
    assert "`--as-of WHEN`" in page
    assert "\b" not in page


def test_a_screen_that_knows_few_letters_gets_the_sentence(run):
    program = [
        sys.executable,
        "-m",
        "fullfile",
        "deadline",
        "us-nm:5-505(A)",
        "--trigger",
        "2024-03-06",
    ]
    done = subprocess.run(
        program, capture_output=True, text=True, check=False, env={"PYTHONIOENCODING": "ascii"}
    )
    assert done.returncode == 0
    assert "No number of days is given" in " ".join(done.stdout.split())


def test_a_full_disk_is_one_sentence():
    program = f"{sys.executable} -m fullfile packs > /dev/full"
    done = subprocess.run(["bash", "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("fullfile: The system says: no space left on device;")


def test_an_empty_fullfile_home_says_nothing(run, monkeypatch, tmp_path):
    monkeypatch.setenv("FULLFILE_HOME", "")
    monkeypatch.chdir(tmp_path)
    assert "There is no office in fullfile-home (the default)" in run("match").err
