"""Pages looked at by axe: every route of the router, at the width of a desk and of a telephone."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from playwright.sync_api import Error as PlaywrightError

from tests.browser.served import ROOT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tests.browser.desk import Desk

__all__ = ["AXE", "Walk", "routes", "violations"]

AXE = ROOT / "assets" / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = (1280, 390)
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_RUN = """async tags => {
  const found = await axe.run(document, {
    runOnly: { type: "tag", values: tags },
    rules: { "target-size": { enabled: true } },
    resultTypes: ["violations"],
  });
  return found.violations
    .filter(one => one.impact === "serious" || one.impact === "critical")
    .map(one => `${one.id} (${one.impact}): ${one.help}: `
      + one.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(" | ")
      + ` [${one.nodes.length}]`);
}"""
_HUBS = frozenset({"start", "cases", "items", "case", "item", "review", "portal_client"})
"""Pages that one must pass to reach others."""
_LEAVES = frozenset({"account_logout", "locked", "stay", "language", "health", "metrics"})
"""They end or lock the session, or are no pages."""


def violations(desk: Desk) -> list[str]:
    """What is serious or critical on the page as it is, and whether it scrolls sideways, at each width."""
    found = []
    desk.page.evaluate(AXE.read_text(encoding="utf-8"))
    for width in WIDTHS:
        desk.page.set_viewport_size({"width": width, "height": 900})
        # As tall as the page: what sticks to the bottom edge lies over a field only until one scrolls.
        tall = desk.page.evaluate("document.documentElement.scrollHeight")
        desk.page.set_viewport_size({"width": width, "height": max(900, tall)})
        found += [f"{width} px: {one}" for one in desk.page.evaluate(_RUN, _TAGS)]
        wide = desk.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if wide > 0:
            found.append(f"{width} px: the page is {wide} px wider than the screen")
    desk.page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    return found


def routes() -> dict[str, tuple[str, Any]]:
    """Every page of the router that has a name: its pattern and its right."""
    from django.urls import URLPattern, get_resolver

    from fullfile.server.web.doors.permission import right_of

    def walk(patterns: list[Any], before: str) -> Iterator[tuple[str, str, Any]]:
        for one in patterns:
            here = before + str(one.pattern)
            if isinstance(one, URLPattern):
                yield here, one.name or "", one.callback
            else:
                yield from walk(one.url_patterns, here)

    return {
        name: (pattern, right_of(view, name))
        for pattern, name, view in walk(get_resolver().url_patterns, "/")
        if not getattr(view, "asks_itself", False)
    }


@dataclass
class Walk:
    """Somebody goes through the office, page after page, by its links.

    Attributes:
        wanted: the routes to look at; hubs are passed to find them.
        seen: route and address of every page that was looked at.
        wrong: what axe found.
    """

    desk: Desk
    wanted: Collection[str]
    seen: dict[str, str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    _ids: dict[str, str] = field(default_factory=dict)

    def go(self) -> Walk:
        """Follow links from the start page; then ask for what no link led to, with numbers that were met."""
        ahead = deque(["/"])
        while ahead:
            path = ahead.popleft()
            name = self._route(path)
            if name is None or name in self.seen or name in _LEAVES:
                continue
            if name in self.wanted or name in _HUBS:
                ahead.extend(self._look(name, path))
        for name in sorted(self.missed):
            path = self._sample(name)
            if path is not None:
                self._look(name, path)
        return self

    @property
    def missed(self) -> set[str]:
        """Wanted pages to which nothing led: what they are about is not in this office."""
        return set(self.wanted) - set(self.seen) - _LEAVES

    def _look(self, name: str, path: str) -> list[str]:
        self.seen[name] = path
        try:
            answer = self.desk.page.goto(self.desk.office.url + path)
        except PlaywrightError as error:
            if "ERR_HTTP_RESPONSE" in str(error):  # an answer without a page: nothing but a POST
                self.desk.page.wait_for_url("chrome-error://**")
                return []
            if "ownload" in str(error) or "ERR_ABORTED" in str(error):
                return []  # a file
            raise
        if answer is None or "text/html" not in (answer.header_value("content-type") or ""):
            return []
        if answer.status == 405:
            return []
        if name in self.wanted:
            self.wrong += [f"{name} {path}: {one}" for one in violations(self.desk)]
        return [
            urlsplit(one).path
            for one in self.desk.page.eval_on_selector_all(
                "a[href]", "links => links.map(link => link.href)"
            )
            if one.startswith(self.desk.office.url)
        ]

    def _route(self, path: str) -> str | None:
        from django.urls import Resolver404, resolve

        try:
            found = resolve(path)
        except Resolver404:
            return None
        for key, value in found.kwargs.items():
            self._ids.setdefault(key, str(value))
        return found.url_name

    def _sample(self, name: str) -> str | None:
        pattern = routes()[name][0]
        names = re.findall(r"<(?:\w+:)?(\w+)>", pattern)
        if any(one not in self._ids for one in names):
            return None
        return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: self._ids[found[1]], pattern)
