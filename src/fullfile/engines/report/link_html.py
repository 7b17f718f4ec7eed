"""Why a case is suggested for an item, as one HTML page: no script, nothing from outside, made to be printed.

The chance stands first, then the sum as a picture, the two sides of each reason as a table, how the
chance changed, what was decided, and what a person can do. All text is escaped.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any  # plain data, as read from JSON

from jinja2 import Environment

from fullfile.engines.report.dates import date_words, moment_words, short_date
from fullfile.engines.report.link import explanation_of
from fullfile.engines.report.link_picture import draw, explanation_picture, patterns
from fullfile.engines.report.pages import page_environment

__all__ = ["render_explanation_html"]


def render_explanation_html(data: Mapping[str, Any]) -> str:
    """The page.

    Args:
        data: the answer of the query; `office`, `made_at` and `version` are shown where they are given.
    """
    view = explanation_of(data)
    return (
        _environment()
        .get_template("link.html.j2")
        .render(
            view=view,
            asked=view.asked,
            picture=draw(view),
            patterns=patterns(),
            specification=json.dumps(explanation_picture(data), ensure_ascii=False, indent=1),
        )
    )


@lru_cache(maxsize=1)
def _environment() -> Environment:
    found = page_environment()
    found.filters.update(day=date_words, short=short_date, moment=moment_words)
    return found
