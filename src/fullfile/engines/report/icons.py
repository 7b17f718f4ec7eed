"""Our own drawings: the icons of the states, the marks of the chain, the hatchings of the bars.

Drawn on a grid of 16 with lines of 1.6, so that they read in grey, small and
on paper. They carry no meaning alone: a word stands beside each.
"""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

__all__ = ["ICONS", "MARKS", "sprite"]

ICONS: Mapping[str, str] = {
    "report": '<path d="M8 1.8 15 14H1z"/><path d="M8 6.2v3.6M8 11.6v.8"/>',
    "delete": '<path d="M3.5 4.5 4.4 14h7.2l.9-9.5M2 4.5h12M6 4.5V2.2h4v2.3M6.6 7.2v4.2M9.4 7.2v4.2"/>',
    "remove": '<circle cx="8" cy="8" r="6.2"/><path d="M4.8 8h6.4"/>',
    "folder": '<path d="M1.8 13.2V3h4.4l1.4 1.8h6.6v8.4z"/><path d="M1.8 7.4h12.4"/>',
    "unlink": (
        '<path d="M6.4 4.6 7.8 3.2a3.2 3.2 0 0 1 4.6 4.6L11 9.2M9.6 11.4l-1.4 1.4a3.2 3.2 0 0 1-4.6-4.6L5 6.8"/>'
        '<path d="M2 2l12 12"/>'
    ),
    "unlock": '<path d="M3 7.2h10v6.6H3zM5.2 7.2V4.6a2.8 2.8 0 0 1 5.4-1M8 9.6v1.8"/>',
    "lock": '<path d="M3 7.2h10v6.6H3zM5.2 7.2V4.6a2.8 2.8 0 0 1 5.6 0v2.6M8 9.6v1.8"/>',
    "flag": '<path d="M3.4 14.6V2M3.4 2.6h9.2L10.4 6l2.2 3.4H3.4"/>',
    "alarm": '<circle cx="8" cy="8.8" r="5.2"/><path d="M8 6v3l2 1.6M1.4 4.2 4 1.8M14.6 4.2 12 1.8"/>',
    "page": '<path d="M3.4 14.2V1.8h6l3.2 3.2v3"/><path d="M9.2 1.8v3.4h3.4M6 14.2h1M9 14.2h1M12 14.2h.6"/>',
    "history": '<path d="M2.6 5.2A6 6 0 1 1 2 8.4M2.2 2.2v3.2h3.2M8 5v3.4l2.4 1.4"/>',
    "clock": '<circle cx="8" cy="8" r="6.2"/><path d="M8 4.4V8l2.6 1.8"/>',
    "mail": '<path d="M1.8 3.4h12.4v9.2H1.8zM1.8 3.8 8 8.6l6.2-4.8"/>',
    "check": '<path d="m2.4 8.4 3.8 3.8 7.4-8.2"/>',
    "people": (
        '<circle cx="6" cy="5.2" r="2.6"/><path d="M1.2 13.6a4.8 4.8 0 0 1 9.6 0M10.4 2.9a2.4 2.4 0 0 1 0 4.6M12 9.4a4.6 4.6 0 0 1 2.8 4.2"/>'
    ),
    "comment": '<path d="M1.8 2.6h12.4v8.2H8.6l-3.4 3v-3H1.8zM4.8 5.4h6.4M4.8 8h4"/>',
    "ear": '<path d="M4 7.2a4.2 4.2 0 1 1 7 3.2c-1.2 1-1.2 1.6-1.6 2.6-.6 1.6-3 1.8-3.8.2M6.4 7.2a1.8 1.8 0 0 1 3.6 0c0 1.4-1.6 1.4-1.6 3"/>',
    "bar": '<circle cx="8" cy="8" r="6.2"/><path d="m3.6 3.6 8.8 8.8"/>',
    "help": '<circle cx="8" cy="8" r="6.2"/><path d="M6.2 6.4a1.8 1.8 0 1 1 2.6 1.6c-.6.4-.8.7-.8 1.4M8 11.4v.4"/>',
}
"""The inside of each icon, on a grid of 16 by 16, drawn with the pen of the page."""

MARKS: Mapping[str, str] = {
    "done": '<circle cx="11" cy="11" r="9.4" fill="#1b1b1b"/><path d="m6.8 11.4 3 3 5.4-6" stroke="#fff" stroke-width="2.2" fill="none"/>',
    "half": '<circle cx="11" cy="11" r="9" fill="#fff"/><path d="M11 2a9 9 0 0 1 0 18z" fill="#1b1b1b" stroke="none"/><circle cx="11" cy="11" r="9"/>',
    "ring": '<circle cx="11" cy="11" r="9" fill="#fff" stroke-dasharray="3.4 3"/>',
    "apart": '<path d="M2.4 2.4h17.2v17.2H2.4z" fill="#fff" stroke-dasharray="1.6 2.6"/>',
    "stop": '<path d="M2.4 2.4h17.2v17.2H2.4z" fill="#fff"/><path d="m6 6 10 10M16 6 6 16" stroke-width="2.6"/>',
}
"""The marks of the chain, on a grid of 22: they differ in silhouette."""

_PATTERNS = (
    '<pattern id="p-diagonal" width="5" height="5" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><path d="M1.1 0v5" stroke="#b50909" stroke-width="2.2"/></pattern>'
    '<pattern id="p-upright" width="4" height="4" patternUnits="userSpaceOnUse">'
    '<path d="M1 0v4" stroke="#936f38" stroke-width="1.7"/></pattern>'
    '<pattern id="p-dots" width="4.4" height="4.4" patternUnits="userSpaceOnUse">'
    '<circle cx="2.2" cy="2.2" r="1.05" fill="#07648d"/></pattern>'
)


def sprite() -> Markup:
    """All drawings once, for use by reference further down the page."""
    icons = "".join(
        f'<symbol id="i-{name}" viewBox="0 0 16 16">{inside}</symbol>'
        for name, inside in ICONS.items()
    )
    marks = "".join(
        f'<symbol id="m-{name}" viewBox="0 0 22 22">{inside}</symbol>'
        for name, inside in MARKS.items()
    )
    # Our own constants only; nothing of the record goes in here.
    return Markup(f"{icons}{marks}<defs>{_PATTERNS}</defs>")  # noqa: S704
