"""PDF of papers, by Typst: no system library, the same bytes for the same paper."""

from fullfile.engines.pdf.papers import render_pdf

__all__ = ["render_pdf"]
