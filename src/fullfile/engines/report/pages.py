"""How every page is put together: nothing from outside, all text escaped, a missing value is an error."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined

__all__ = ["page_environment"]


def page_environment() -> Environment:
    """An environment over the templates of this room; the caller adds its own words."""
    return Environment(
        loader=PackageLoader("fullfile.engines.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
