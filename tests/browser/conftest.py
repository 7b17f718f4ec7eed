"""A browser, homes of the worked example, and desks at which people sit.

Chromium is the one on the PATH (Debian and Ubuntu: `apt-get install chromium`); where there is none, these tests
are skipped and say so, except in CI, where they fail.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest
from playwright.sync_api import Browser, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from tests.browser.desk import Desk
from tests.browser.served import ROOT, Served, make_home, serving, without_the_rounds

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
_PATIENCE_MS = 20_000
_FAILED = pytest.StashKey[bool]()
expect.set_options(timeout=_PATIENCE_MS)


class Sit(Protocol):
    """Seat somebody before a browser."""

    def __call__(
        self,
        account: str = "",
        office: Served | None = None,
        *,
        width: int = 1280,
        script: bool = True,
    ) -> Desk:
        """A desk; with an account, signed in."""


def find_chromium() -> str | None:
    """The browser on the PATH, or the one that `CHROMIUM` names."""
    named = os.environ.get("CHROMIUM", "")
    return named or next((found for name in _NAMES if (found := shutil.which(name))), None)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """One browser for all: every desk has a profile of its own in it."""
    found = find_chromium()
    if found is None:
        words = "No Chromium on the PATH: `apt-get install chromium`, or name one in CHROMIUM."
        if os.environ.get("CI"):
            pytest.fail(words)
        pytest.skip(words)
    arguments = ["--disable-gpu", "--disable-dev-shm-usage"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")  # Chromium's own sandbox does not start for root
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=arguments)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where homes are kept: one place for all the processes that test; BROWSER_HOMES keeps them for the next run."""
    kept = os.environ.get("BROWSER_HOMES")
    if kept:
        return Path(kept)
    base = tmp_path_factory.getbasetemp()
    place = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "homes"
    place.mkdir(exist_ok=True)
    return place


def _once(place: Path, name: str, make: Callable[[Path], Path]) -> Path:
    """A home that is made by whoever comes first; the others wait for it."""
    with (place / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        home = place / name
        if not home.exists():
            for part in ("making", "tables"):  # what an attempt that failed has left
                shutil.rmtree(place / f"{name}.{part}", ignore_errors=True)
            make(place / f"{name}.making").rename(home)
    return home


@pytest.fixture(scope="session")
def example_home(homes: Path) -> Path:
    """The worked example's home."""
    return _once(homes, "example", make_home)


@pytest.fixture(scope="session")
def home_without_rounds(homes: Path) -> Path:
    """The same, had nobody booked the rounds."""

    def make(home: Path) -> Path:
        return make_home(home, without_the_rounds(home.with_suffix(".tables")))

    return _once(homes, "no-rounds", make)


@pytest.fixture
def office(example_home: Path, tmp_path: Path) -> Iterator[Served]:
    """The worked example's office, served; what is written in it ends with the test."""
    with serving(Path(shutil.copytree(example_home, tmp_path / "home"))) as served:
        yield served


@pytest.fixture
def office_without_rounds(home_without_rounds: Path, tmp_path: Path) -> Iterator[Served]:
    """The same office, had nobody booked the rounds."""
    with serving(Path(shutil.copytree(home_without_rounds, tmp_path / "home"))) as served:
        yield served


@pytest.fixture(scope="package")
def read_only(example_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One office for the tests that only look."""
    place = tmp_path_factory.mktemp("read-only")
    with serving(Path(shutil.copytree(example_home, place / "home"))) as served:
        yield served


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Whether a test failed, for whoever cleans up after it."""
    report = yield
    if report.when == "call":
        item.stash[_FAILED] = report.failed
    return report


@pytest.fixture
def sit(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Sit]:
    """Seat people; at the end nothing went wrong in any of their browsers without being said.

    What a failed test saw last lies in build/browser, as pictures.
    """
    for name in ("office", "office_without_rounds", "read_only", "closed"):
        if name in request.fixturenames:
            request.getfixturevalue(
                name
            )  # it opens before anybody sits down, and closes after the last has gone
    desks: list[Desk] = []

    def seat(
        account: str = "", office: Served | None = None, *, width: int = 1280, script: bool = True
    ) -> Desk:
        assert office is not None, "a desk stands in an office"
        phone = width < 600
        context = chromium.new_context(
            viewport={"width": width, "height": 844 if phone else 900},
            has_touch=phone,
            is_mobile=phone,
            java_script_enabled=script,
            locale="en-US",
        )
        context.set_default_timeout(_PATIENCE_MS)
        desk = Desk(context, context.new_page(), office)
        desks.append(desk)
        return desk.enter(account) if account else desk

    yield seat
    if request.node.stash.get(_FAILED, False):
        _keep_pictures(request.node.name, desks)
    faults = [fault for desk in desks for fault in desk.faults]
    for desk in desks:
        desk.context.close()
    assert faults == []


def _keep_pictures(name: str, desks: list[Desk]) -> None:
    place = ROOT / "build" / "browser"
    place.mkdir(parents=True, exist_ok=True)
    for number, desk in enumerate(desks, start=1):
        with contextlib.suppress(PlaywrightError):  # a page that is gone has no picture
            desk.page.screenshot(path=place / f"{name}-{number}.png", full_page=True)
        (place / f"{name}.said").write_bytes(desk.office.log.read_bytes())
