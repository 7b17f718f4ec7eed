"""Somebody with a log in hand checks it where none of the heavy parts is installed."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap

import pytest

WITHOUT = "django duckdb ibis pyarrow psycopg sqlite3 adbc_driver_manager pandas numpy jinja2"
CHECK = textwrap.dedent(
    f"""
    import sys

    class Absent:
        def find_spec(self, name, path=None, target=None):
            if name.partition(".")[0] in {WITHOUT.split()!r}:
                raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

    sys.meta_path.insert(0, Absent())
    from fullfile.cli.main import main
    sys.exit(main())
    """
)


def run(*command, **environment):
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NO_COLOR": "1", **environment},
    )


@pytest.fixture
def exported(home, tmp_path):
    office = [sys.executable, "-m", "fullfile", "--home", str(home)]
    made = run(*office, "init", "--office", "Mesa Alta", "--jurisdiction", "us-nm")
    assert made.returncode == 0, made.stderr
    written = run(*office, "log", "export", str(tmp_path / "record"))
    assert written.returncode == 0, written.stderr
    return tmp_path / "record"


def check(*arguments):
    return run(sys.executable, "-c", CHECK, "log", "verify", *arguments)


def test_an_export_is_checked_without_the_heavy_parts(exported):
    key = (exported / "log.vkey").read_text("utf-8").strip()
    done = check(str(exported), "--key", key)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_damaged_export_is_found_without_the_heavy_parts(exported):
    checkpoint = exported / "checkpoint"
    lines = checkpoint.read_text("utf-8").split("\n")
    lines[1] = str(int(lines[1]) + 1)
    checkpoint.write_text("\n".join(lines), "utf-8")
    assert check(str(exported)).returncode == 1
