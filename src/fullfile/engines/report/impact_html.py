"""What an item or a case touches, as one HTML page: no script, nothing from outside, made to be printed.

What is to be done stands first; everything else follows in the order in which people ask. All
text is escaped.
"""

from __future__ import annotations

from functools import lru_cache

from jinja2 import Environment

from fullfile.engines.report.dates import at_words, moment_words
from fullfile.engines.report.impact import ImpactView, sections, subject, summary
from fullfile.engines.report.pages import page_environment
from fullfile.engines.report.reasons import ReasonsView, reasons_summary
from fullfile.engines.report.view import counted

__all__ = ["render_impact_html", "render_reasons_html"]


def render_impact_html(view: ImpactView) -> str:
    """The page.

    Args:
        view: the answer, and what stands above it.
    """
    impact = view.impact
    return (
        _environment()
        .get_template("impact.html.j2")
        .render(
            view=view,
            impact=impact,
            name=subject(impact),
            more=impact.description if impact.case_number is None else impact.case_number,
            summary=summary(impact),
            sections=sections(view),
        )
    )


def render_reasons_html(view: ReasonsView) -> str:
    """The page of the reasons, counted."""
    template = _environment().get_template("reasons.html.j2")
    widest = max((one.outcomes for one in view.counts), default=1)
    return template.render(view=view, summary=reasons_summary(view), widest=widest)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    found = page_environment()
    found.globals.update(counted=counted)
    found.filters.update(at_words=at_words, moment=moment_words)
    return found
