"""The real way in: a one-time link, a password, a second step by an app, a recovery code, and a passkey."""

from __future__ import annotations

import base64
import hmac
import re
import shutil
import struct
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.served import Served, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.browser.conftest import Sit
    from tests.browser.desk import Desk

PASSWORD = "four walnut lanterns sing"
ADMINISTRATOR = "a.boone"


@pytest.fixture
def closed(example_home: Path, tmp_path: Path) -> Iterator[Served]:
    """An office as offices are: `fullfile serve`, nobody has a password yet. Passkeys want a name, not an address."""
    home = Path(shutil.copytree(example_home, tmp_path / "home"))
    with serving(home, demonstration=False) as served:
        yield replace(served, url=served.url.replace("127.0.0.1", "localhost"))


def code_of(secret: str) -> str:
    """What an app shows now for a secret (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", time.time_ns() // 30_000_000_000), "sha1")
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def sign_in(desk: Desk, password: str = PASSWORD) -> None:
    """The notice, a name, a password."""
    desk.go("/")
    # Who is half signed in is sent on to the second step: then one begins anew.
    if desk.path == "/sign-in/second-step/":
        desk.go("/sign-in/")
    if desk.path == "/notice/":
        desk.press("I accept, go to sign-in")
    desk.page.get_by_label("Username").fill(ADMINISTRATOR)
    desk.page.get_by_label("Password", exact=True).fill(password)
    desk.press("Sign in")


def sign_out(desk: Desk) -> None:
    desk.page.get_by_role("button", name="Sign out").click()
    expect(desk.page).to_have_url(re.compile("/notice/"))


def confirm(desk: Desk) -> None:
    """What binds asks once more who one is, unless that was shown within the last minutes."""
    if "/sign-in/again/" in desk.page.url:
        desk.write("Password", PASSWORD)
        desk.press("Confirm")
        expect(desk.page).not_to_have_url(re.compile("/sign-in/again/"))


@pytest.mark.slow
def test_link_password_app_code_recovery_code_and_passkey(sit: Sit, closed: Served) -> None:
    desk = sit(office=closed)
    link = re.search(r"http://\S+(/welcome/\S+/) once", closed.said)
    assert link, closed.said

    # The link holds once, and a password that does not hold is refused with the reason.
    desk.go(link[1])
    desk.write("Password", "short")
    desk.press("Set the password")
    desk.sees("There is a problem", "at least 12")
    desk.write("Password", PASSWORD)
    desk.press("Set the password")
    expect(desk.page).not_to_have_url(re.compile("/welcome/"))
    desk.go(link[1])
    desk.sees("This link does not hold any more")

    # A wrong password says nothing; the right one is not enough.
    sign_in(desk, "not the password")
    desk.sees("There is a problem")
    sign_in(desk)
    expect(desk.page).to_have_url(re.compile("/me/second-step/"))
    desk.go("/accounts/")
    expect(desk.page).to_have_url(re.compile("/me/second-step/"))

    # An app: its secret is on the page in words, for whoever cannot scan.
    desk.follow("A code from an app")
    confirm(desk)
    secret = desk.page.get_by_label("The secret, where nothing can be scanned").input_value()
    desk.write("The 6 digits that the app shows", code_of(secret))
    desk.press("Add it")
    expect(desk.page).to_have_url(re.compile("/me/keys/codes/"))
    codes = re.findall(r"\b\d{10}\b", desk.page.locator("main").inner_html())
    assert len(set(codes)) >= 8, desk.main.inner_text()
    desk.go("/accounts/")
    desk.sees("K. Ortiz")
    sign_out(desk)

    # A recovery code lets in where the app is lost, once.
    sign_in(desk)
    expect(desk.page).to_have_url(re.compile("/sign-in/second-step/"))
    desk.go("/accounts/")
    assert desk.path != "/accounts/"
    desk.go("/sign-in/second-step/")
    desk.write("Code", codes[0])
    desk.press("Sign in")
    desk.go("/accounts/")
    desk.sees("K. Ortiz")

    # A passkey, kept by the machine.
    devtools = desk.context.new_cdp_session(desk.page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    desk.go("/me/passkeys/new/")
    confirm(desk)
    desk.write("What do you call it?", "the machine at the counter")
    desk.main.get_by_text("It alone is enough to sign in").click()
    desk.press("Add it")
    desk.sees("the machine at the counter")
    sign_out(desk)
    desk.go("/")
    desk.press("I accept, go to sign-in")
    desk.press("Use passkey")
    expect(desk.page).to_have_url(f"{closed.url}/")
    desk.go("/accounts/")
    desk.sees("K. Ortiz")
