"""What is owed to whom by when, as one HTML page: no script, nothing from outside, made to be printed.

What is owed next comes first, what the police owe stands apart, and every date stands with its sum.
All text is escaped.
"""

from __future__ import annotations

from functools import lru_cache

from jinja2 import Environment

from fullfile.engines.report.dates import at_words, date_words, moment_words
from fullfile.engines.report.duties import (
    STATE_WORDS,
    DutiesView,
    parts_of,
    rule_words,
    sentences,
    verdict_words,
    when_words,
    whose,
)
from fullfile.engines.report.pages import page_environment
from fullfile.engines.report.view import counted

__all__ = ["render_duties_html"]


def render_duties_html(view: DutiesView) -> str:
    """The page.

    Args:
        view: the answer, and what stands above and below it.
    """
    return (
        _environment()
        .get_template("duties.html.j2")
        .render(view=view, verdict=verdict_words(view), parts=parts_of(view), states=STATE_WORDS)
    )


@lru_cache(maxsize=1)
def _environment() -> Environment:
    found = page_environment()
    found.globals.update(counted=counted)
    found.filters.update(
        at_words=at_words,
        date_words=date_words,
        moment=moment_words,
        rule=rule_words,
        sentences=sentences,
        when=when_words,
        whose=whose,
    )
    return found
