"""Can this be charged again, as one HTML page: no script, nothing from outside, made to be printed.

For each count the answer stands first, then the sentence and its conditions, then the chain with the
rule of each link and how far it was read, and the working of every date. All text is escaped.
"""

from __future__ import annotations

from functools import lru_cache

from jinja2 import Environment

from fullfile.engines.report.dates import at_words, moment_words
from fullfile.engines.report.pages import page_environment
from fullfile.engines.report.standing import (
    LABELS,
    MARKS,
    StandingView,
    answer_words,
    count_words,
    summary,
)
from fullfile.engines.report.view import counted

__all__ = ["render_standing_html"]


def render_standing_html(view: StandingView) -> str:
    """The page.

    Args:
        view: the answer, and what stands above and below it.
    """
    return (
        _environment()
        .get_template("standing.html.j2")
        .render(view=view, summary=summary(view), labels=LABELS, marks=MARKS)
    )


@lru_cache(maxsize=1)
def _environment() -> Environment:
    found = page_environment()
    found.globals.update(counted=counted)
    found.filters.update(
        answer=answer_words, at_words=at_words, count_words=count_words, moment=moment_words
    )
    return found
