"""axe on every page of the router, at 1280 and 390 pixels: nothing serious, nothing critical, nothing too wide.

The everyday run looks at the way in; the slow one at each page once, as the first role that may see it, and as every role.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from fullfile.server.accounts.policy import Role, rights_of
from tests.browser.access import AXE, Walk, routes, violations
from tests.browser.served import ROOT

if TYPE_CHECKING:
    from tests.browser.conftest import Sit
    from tests.browser.served import Served

WHO = {
    Role.PROSECUTOR: "k.ortiz",
    Role.CUSTODIAN: "r.lane",
    Role.DEFENCE: "e.noor",
    Role.AUDITOR: "s.vale",
    Role.ADMINISTRATOR: "a.boone",
    Role.SUPERVISOR: "j.soto",
    Role.COURT: "h.pike",
    Role.CLERK: "c.webb",
    Role.INVESTIGATOR: "d.marsh",
    Role.LABORATORY: "t.hill",
}
"""In the order in which a page finds who looks at it."""


@pytest.fixture(autouse=True)
def _axe() -> None:
    if not AXE.is_file():
        words = "axe-core is not built: run script/setup where npm's registry can be reached."
        if os.environ.get("CI"):
            pytest.fail(words)
        pytest.skip(words)


def pages_of(role: Role) -> set[str]:
    """Every page that a role may see."""
    rights = rights_of(role)
    return {name for name, (_pattern, right) in routes().items() if right in rights}


def first_looks(role: Role) -> set[str]:
    """The pages at which nobody before it in the list looks; and its own start page."""
    earlier: set[str] = set()
    for one in WHO:
        if one is role:
            break
        earlier |= pages_of(one)
    return (pages_of(role) - earlier) | {"start"}


def keep_walk(role: Role, walk: Walk) -> None:
    """Leave in build/browser which pages were looked at, and to which nothing led."""
    place = ROOT / "build" / "browser"
    place.mkdir(parents=True, exist_ok=True)
    lines = [f"{name} {path}" for name, path in sorted(walk.seen.items())]
    lines += [f"{name} not met" for name in sorted(walk.missed)]
    (place / f"walk-{role.value}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def look(sit: Sit, office: Served, role: Role, wanted: set[str]) -> None:
    walk = Walk(sit(WHO[role], office), wanted).go()
    assert "start" in walk.seen
    keep_walk(role, walk)
    assert not walk.wrong, "\n".join(walk.wrong)


def test_the_way_in(sit: Sit, read_only: Served) -> None:
    desk = sit(office=read_only)
    wrong = []
    for path in ("/notice/", "/welcome/nothing/"):
        desk.go(path)
        wrong += violations(desk)
    desk.go("/")
    desk.press("I accept, go to sign-in")
    for path in ("/demonstration/", "/sign-in/", "/nothing-here/"):
        desk.go(path)
        wrong += violations(desk)
    assert not wrong, "\n".join(wrong)


@pytest.mark.slow
@pytest.mark.parametrize("role", list(WHO))
def test_every_page_once(sit: Sit, read_only: Served, role: Role) -> None:
    look(sit, read_only, role, first_looks(role))


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("role", list(WHO))
def test_every_page_as_every_role(sit: Sit, read_only: Served, role: Role) -> None:
    look(sit, read_only, role, pages_of(role))
