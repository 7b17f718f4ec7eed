"""A document as one HTML page: no script, nothing from outside, made to be read and printed."""

from __future__ import annotations

from functools import lru_cache

from jinja2 import Environment

from fullfile.engines.report.pages import page_environment
from fullfile.engines.report.papers import Document

__all__ = ["render_paper"]


def render_paper(document: Document) -> str:
    """The page. All text is escaped."""
    return _environment().get_template("papers_paper.html.j2").render(paper=document)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return page_environment()
