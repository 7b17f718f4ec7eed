"""The command line through its real entry point, in this process; a few tests start another one."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connections

from fullfile.cli.main import main

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "state-v-baldwin"


@dataclass(frozen=True)
class Ran:
    """How a command ended, and what it said."""

    status: int
    out: str
    err: str

    @property
    def words(self) -> str:
        """What was printed, without line breaks."""
        return " ".join(self.out.split())


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `fullfile` with arguments. No command ever shows a traceback."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("FULLFILE_DEBUG", raising=False)

    def run_command(*arguments: object, home: Path | None = None) -> Ran:
        given = [] if home is None else ["--home", str(home)]
        capsys.readouterr()
        status = main([*given, *(str(one) for one in arguments)])
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        assert "This should not happen" not in said.err
        return Ran(status, said.out, said.err)

    return run_command


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office of New Mexico as `fullfile init` makes it, to be copied."""
    place = tmp_path_factory.mktemp("begun") / "home"
    init = ("init", "--office", "Example County", "--jurisdiction", "us-nm")
    assert main(["--home", str(place), *init]) == 0
    connections.close_all()
    return place


@pytest.fixture
def office(begun: Path, home: Path) -> Path:
    """An empty office of New Mexico."""
    return shutil.copytree(begun, home)


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The worked example, loaded once and only read."""
    place = tmp_path_factory.mktemp("office") / "example"
    at = ["--home", str(place)]
    init = ["init", "--office", "Worked example", "--jurisdiction", "us-nm"]
    assert main([*at, *init, "--time-zone", "America/Denver"]) == 0
    assert main([*at, "import", str(EXAMPLE), "--source", "press"]) == 0
    assert (
        main([*at, "import", str(EXAMPLE / "second-accounts"), "--source", "second-accounts"]) == 0
    )
    assert main([*at, "settings", "set", "source_rank", "press", "second-accounts"]) == 0
    return place
