"""Whether what somebody signs is what they read: the content of a certificate, and what of it has changed. Pure.

Compared are the lines with their states, and what must be stated beside them; not the sentences, which count days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fullfile.core.papers.certificate import Certificate
from fullfile.core.said import many, say, word

__all__ = ["Changed", "changes_of", "content_of", "grown"]


@dataclass(frozen=True, slots=True)
class Changed:
    """One line, or one thing beside the lines, that is not as it was.

    Attributes:
        name: agency and tag, or the key of what is to be stated.
        before, now: the state as a word; empty where it was not there, or is not any more.
        exception: it is now something that must be stated, and was not before.
    """

    name: str
    before: str
    now: str
    exception: bool

    @property
    def sentence(self) -> str:
        """What changed, in words."""
        if not self.before:
            return say("{name}: new, {words}.", name=self.name, words=_words(self.now))
        if not self.now:
            return say(
                "{name}: was {words}, and is not listed any more.",
                name=self.name,
                words=_words(self.before),
            )
        return say(
            "{name}: was {words}, is {words_2}.",
            name=self.name,
            words=_words(self.before),
            words_2=_words(self.now),
        )


def content_of(certificate: Certificate) -> dict[str, tuple[str, bool]]:
    """What a certificate says: by name the state, and whether it must be stated."""
    found: dict[str, tuple[str, bool]] = {}
    for line in certificate.lines:
        found[f"{line.agency} {line.tag}"] = (
            line.state.value if line.state else "withdrawn",
            False,
        )
    for one in (*certificate.refusals, *certificate.exceptions):
        name = f"{one.agency} {one.tag}" if one.tag is not None else one.key
        found[name] = (one.code, True)
    return found


def changes_of(
    before: Mapping[str, tuple[str, bool]], now: Mapping[str, tuple[str, bool]]
) -> list[Changed]:
    """What is not as it was, the new exceptions first."""
    found = [
        Changed(
            name,
            before.get(name, ("", False))[0],
            now.get(name, ("", False))[0],
            now.get(name, ("", False))[1] and not before.get(name, ("", False))[1],
        )
        for name in {**before, **now}
        if before.get(name) != now.get(name)
    ]
    return sorted(found, key=lambda one: (not one.exception, one.name))


def grown(changes: list[Changed]) -> str:
    """The sentence that stops a signature: how many exceptions are new, or how many lines changed."""
    fresh = sum(one.exception for one in changes)
    if fresh:
        what = many("{n} new exception", "{n} new exceptions", fresh)
    else:
        what = many("{n} line changed", "{n} lines changed", len(changes))
    return say("The record has grown since you opened this: {what}. Read it again.", what=what)


def _words(state: str) -> str:
    return word(state.replace("_", " "))
