"""A board as CSV and JSON: the fields of `match --case`, for whoever may read them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.http import HttpResponse

from fullfile.core.matching import Line
from fullfile.engines.report.data import match_as_csv, match_as_json, render_json
from fullfile.engines.report.view import match_view
from fullfile.server.queries.board import CaseBoard, Judged
from fullfile.server.queries.lists import sort_lines
from fullfile.server.web.cases.veil import Veil

__all__ = ["export_lines"]


def export_lines(
    form: str, board: CaseBoard, lines: Iterable[Judged], veil: Veil
) -> HttpResponse | None:
    """Lines as a file, or None where the address asks for none.

    The counts are always those of the whole case; the lines are those that were asked for.
    """
    if form not in ("csv", "json"):
        return None
    told = [veil.line(one) for one in lines]
    wrong = sort_lines(line for line in told if _is_listed_first(line))
    rest = sort_lines(line for line in told if not _is_listed_first(line))
    view = match_view(replace(board.result, exceptions=wrong, others=rest), all_lines=True)
    if form == "csv":
        answer = HttpResponse(match_as_csv(view), content_type="text/csv; charset=utf-8")
    else:
        answer = HttpResponse(render_json(match_as_json(view)), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="case-{board.case_id}.{form}"'
    return answer


def _is_listed_first(line: Line) -> bool:
    return line.is_exception and not line.counted_apart
