"""What of a page in Spanish is English: sentences outside quotations, and outside what is law.

    english_left(page)       ["It bears on no case.", …]

A run of text counts as English where it holds words that only English has. What this does not do: it knows no
grammar; a name that looks like an English word is listed by whoever asks.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

__all__ = ["english_left"]

_ENGLISH = frozenset(
    [
        "the",
        "of",
        "and",
        "is",
        "was",
        "were",
        "are",
        "it",
        "its",
        "this",
        "that",
        "which",
        "who",
        "whom",
        "whose",
        "been",
        "has",
        "have",
        "had",
        "be",
        "by",
        "on",
        "in",
        "at",
        "to",
        "for",
        "from",
        "with",
        "without",
        "not",
        "nobody",
        "nothing",
        "none",
        "only",
        "since",
        "after",
        "before",
        "under",
        "because",
        "as",
        "an",
        "or",
        "if",
        "there",
        "they",
        "their",
        "he",
        "she",
        "his",
        "her",
        "will",
        "would",
        "may",
        "must",
        "can",
        "cannot",
        "could",
        "should",
        "did",
        "does",
        "do",
        "than",
        "then",
        "what",
        "when",
        "where",
        "how",
        "any",
        "every",
        "each",
        "day",
        "days",
        "given",
        "taken",
        "says",
        "said",
    ]
)
_ALSO_SPANISH = frozenset(["he", "has", "a", "do", "son", "no", "me", "sin", "han", "van"])
_QUOTED = re.compile(r"“[^”]*”|«[^»]*»|\"[^\"]*\"|‘[^’]*’")
_WORD = re.compile(r"[A-Za-zÁÉÍÓÚÜÑáéíóúüñ']+")
_SKIPPED = {"script", "style", "svg", "q", "blockquote", "code", "pre", "template", "option"}
_BLOCKS = {
    "p",
    "li",
    "td",
    "th",
    "h1",
    "h2",
    "h3",
    "h4",
    "dt",
    "dd",
    "caption",
    "summary",
    "legend",
    "label",
    "div",
}


class _Runs(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._run: list[str] = []
        self._skipping: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        skips = tag in _SKIPPED or (tag != "html" and str(given.get("lang") or "").startswith("en"))
        if tag in _BLOCKS:
            self._ends()
        if tag not in (
            "br",
            "img",
            "input",
            "meta",
            "link",
            "hr",
            "use",
            "path",
            "wbr",
            "source",
            "col",
            "rect",
            "circle",
            "line",
        ):
            self._open.append((tag, skips))

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._ends()
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place][0] == tag:
                del self._open[place:]
                break

    def handle_data(self, data: str) -> None:
        if not any(skips for _, skips in self._open):
            self._run.append(data)

    def _ends(self) -> None:
        text = " ".join("".join(self._run).split())
        self._run = []
        if text:
            self.found.append(text)

    def close(self) -> None:
        super().close()
        self._ends()


def english_left(page: str, *, least: int = 2) -> list[str]:
    """The runs of text that hold at least so many words that only English has, quotations left out."""
    reader = _Runs()
    reader.feed(page)
    reader.close()
    found = []
    for run in reader.found:
        plain = _QUOTED.sub(" ", run)
        words = [word.casefold() for word in _WORD.findall(plain)]
        english = [word for word in words if word in _ENGLISH and word not in _ALSO_SPANISH]
        if len(english) >= least:
            found.append(run)
    return found
