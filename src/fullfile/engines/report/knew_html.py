"""Who knew what, as one HTML page: no script, nothing from outside, made to be printed.

The contradictions stand first, then the picture over time, the table, the
history with its entries, and how to check the page. All text is escaped.
"""

from __future__ import annotations

from functools import lru_cache

from jinja2 import Environment

from fullfile.core.knowledge import LEVEL_VERBS, LEVEL_WORDS, LEVELS
from fullfile.engines.report.dates import at_words, moment_words
from fullfile.engines.report.knew import (
    LETTERS,
    KnewView,
    account_words,
    cell_words,
    short_when,
    summary,
    to_name,
    way_words,
)
from fullfile.engines.report.knew_picture import draw, mark_shapes
from fullfile.engines.report.pages import page_environment
from fullfile.engines.report.view import counted

__all__ = ["render_knew_html"]


def render_knew_html(view: KnewView) -> str:
    """The page.

    Args:
        view: the answer, and what stands above it.
    """
    return (
        _environment()
        .get_template("knew.html.j2")
        .render(
            view=view,
            knew=view.knew,
            name=to_name(view.knew),
            summary=summary(view.knew),
            picture=draw(view.knew),
            shapes=mark_shapes(),
            levels=[(level, LETTERS[level], LEVEL_WORDS[level]) for level in LEVELS],
        )
    )


@lru_cache(maxsize=1)
def _environment() -> Environment:
    found = page_environment()
    found.globals.update(counted=counted, cell=cell_words, verbs=LEVEL_VERBS)
    found.filters.update(
        at_words=at_words,
        moment=moment_words,
        short=short_when,
        account=account_words,
        way=way_words,
    )
    return found
