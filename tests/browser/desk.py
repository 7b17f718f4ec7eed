"""Somebody's browser: its page, how they came in, and what went wrong in it without anybody saying so."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Response

    from tests.browser.served import Served

__all__ = ["PEOPLE", "Desk"]

PEOPLE = {
    "a.boone": "A. Boone",
    "j.soto": "J. Soto",
    "r.lane": "R. Lane",
    "m.quill": "M. Quill",
    "d.marsh": "D. Marsh",
    "t.hill": "T. Hill",
    "k.ortiz": "K. Ortiz",
    "b.frey": "B. Frey",
    "c.webb": "C. Webb",
    "e.noor": "E. Noor",
    "h.pike": "H. Pike",
    "s.vale": "S. Vale",
}
"""The people of the demonstration: account and name."""


@dataclass
class Desk:
    """A browser in somebody's hands."""

    context: BrowserContext
    page: Page
    office: Served
    faults: list[str] = field(default_factory=list)
    """Errors of scripts, refusals of the policy of content, and answers of 500 and more."""

    def __post_init__(self) -> None:
        self.context.on("page", self.watch)
        self.watch(self.page)

    def watch(self, page: Page) -> None:
        """Keep what goes wrong on a page."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        # A refusal (403, 422) is an answer; the browser counts it among the errors.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"{self.page.url}: {message.text}")

    def _response(self, response: Response) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.url}: {response.status}")

    def go(self, path: str) -> None:
        """Open an address of the office."""
        self.page.goto(self.office.url + path)

    def enter(self, account: str) -> Desk:
        """Accept the notice and choose who to be, as in the demonstration."""
        self.go("/")
        self.page.get_by_role("button", name="I accept, go to sign-in").click()
        self.page.get_by_role("button", name=PEOPLE[account], exact=True).click()
        expect(self.page.locator("main")).to_be_visible()
        expect(self.page).not_to_have_url(f"{self.office.url}/demonstration/")
        return self

    @property
    def path(self) -> str:
        """Where one is, without the server."""
        return self.page.url.removeprefix(self.office.url).partition("?")[0]

    @property
    def main(self) -> Locator:
        """What the page is about."""
        return self.page.locator("main")

    def sees(self, *words: Any) -> None:
        """Each of these stands on the page."""
        for one in words:
            expect(self.main).to_contain_text(one)

    def sees_not(self, *words: Any) -> None:
        """None of these stands on the page."""
        for one in words:
            expect(self.main).not_to_contain_text(one)

    def press(self, name: str) -> None:
        """Press the button of the page that is called so."""
        self.main.get_by_role("button", name=name, exact=True).click()

    def follow(self, name: str) -> None:
        """Follow the first link of the page that is called so."""
        self.main.get_by_role("link", name=name, exact=True).first.click()

    def write(self, label: str, text: str) -> None:
        """Fill the field of the page that is called so; what stands beside a label does not matter."""
        self.main.get_by_label(label).first.fill(text)

    def entries(self) -> int:
        """How many entries the record has, as its own page of the log says."""
        answer = self.page.request.get(f"{self.office.url}/record/log/checkpoint")
        assert answer.ok, answer.status
        return int(answer.text().splitlines()[1])
