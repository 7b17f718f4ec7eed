"""All of the API put together: its operations, its document, its addresses.

Before an operation stands one door for all of them: the size of the request, the form of its content, the form that is
asked for, the method. What it refuses is a problem, too, like everything else that goes wrong here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI, Router
from ninja.errors import ConfigError

from fullfile.server.accounts.policy import Right
from fullfile.server.queries.files import files_allowed
from fullfile.server.web.api import (
    accounts,
    audit,
    case_acts,
    counter,
    counting,
    court,
    court_filings,
    custody,
    disclosure,
    files,
    imports,
    items,
    labels,
    me,
    office_acts,
    over_time,
    papers,
    portal,
    productions,
    record,
    reports,
    review,
    settings,
    tellings,
    webhooks,
    work_lists,
)
from fullfile.server.web.api.desk import Asking, Desk
from fullfile.server.web.api.doors import StrictParser, refuse_size
from fullfile.server.web.api.problems import PROBLEM, Said, add_handlers, problem
from fullfile.server.web.api.shapes import Open

__all__ = ["DESKS", "PLACE", "api", "document", "patterns"]

View = Callable[..., HttpResponse]

PLACE = "/api/v1"
LARGEST = 2 * 1024 * 1024
LARGEST_IMPORT = 32 * 1024 * 1024
_IMPORTS = f"{PLACE}/imports/"
_FILES = re.compile(rf"{PLACE}/items/\d+/files\Z")
_BYTES = re.compile(
    rf"{PLACE}/(items/\d+/files/\d+/content|cases/\d+/productions/\d+/packages/\d+"
    r"|cases/\d+/court-filings/\d+/content"
    r"|defence/clients/\d+/productions/\d+/package)\Z"
)
_JSON = "application/json"

_own = Desk("Me")


@_own.reads("/openapi.json", Right.SELF, Open)
def get_document(request: Asking) -> dict[str, Any]:  # noqa: ARG001
    """This API described (OpenAPI 3.1)."""
    return document()


DESKS: tuple[Desk, ...] = (
    me.desk,
    _own,
    case_acts.desk,  # that of `cases`, with the acts
    over_time.desk,
    items.desk,
    custody.desk,
    counter.desk,
    labels.desk,
    counting.desk,
    court_filings.desk,
    court.desk,
    files.desk,
    disclosure.desk,
    productions.desk,
    papers.desk,
    review.desk,
    portal.desk,
    record.desk,
    reports.desk,
    audit.desk,
    imports.desk,
    accounts.desk,
    settings.desk,
    office_acts.desk,
    work_lists.desk,
    tellings.desk,
    webhooks.desk,
)

DESCRIPTION = """Everything the pages do, for programs. Every operation names its right; a token has some of the rights
of its person and never more, and reaches the cases and items that its person reaches. What somebody may not see stays a
line with the word "sealed". Acts need an `Idempotency-Key`; errors are problem details (RFC 9457) with every reason."""


class _NoDesk(Router):
    """The library's own default desk takes no operation: it would have no right."""

    def add_api_operation(self, path: str, methods: list[str], *_: Any, **__: Any) -> None:
        raise ConfigError(f"{methods} {path}: add operations at a desk, with their right.")


def _make() -> NinjaAPI:
    made = NinjaAPI(
        title="Fullfile",
        version="1",
        description=DESCRIPTION,
        openapi_url=None,
        docs_url=None,
        parser=StrictParser(),
        default_router=_NoDesk(),
        urls_namespace="api-v1",
    )
    add_handlers(made)
    for desk in DESKS:
        made.add_router("", desk)
    return made


api = _make()


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """The API described (OpenAPI 3.1), with the errors that every operation may answer."""
    found: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=f"{PLACE}/"))
    components = found.setdefault("components", {})
    components.setdefault("schemas", {})["Problem"] = _problem_schema()
    components["responses"] = {
        str(status): {
            "description": words,
            "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status, words in _errors("post").items()
    }
    components["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "bearerFormat": "ffk_…"}
    }
    for operations in found["paths"].values():
        for method, operation in operations.items():
            operation["security"] = [{"token": []}]
            for status in _errors(method):
                operation["responses"][status] = {"$ref": f"#/components/responses/{status}"}
            operation["responses"] = {
                str(status): said
                for status, said in sorted(operation["responses"].items(), key=str)
            }
    return found


def _errors(method: str) -> dict[int, str]:
    found = {
        400: "The request cannot be read.",
        401: "A token that holds is needed.",
        403: "The token, or its person, has not the right.",
        404: "There is no such thing within reach.",
        406: "Only JSON is answered.",
        409: "Refused: every reason, with its way out.",
        422: "Something is missing or has another form.",
        429: "Too many wrong tokens from this address.",
        503: "Not now: the record is damaged, or out of reach.",
    }
    if method == "post":
        found |= {413: "The request is too large.", 415: "This form of content is not read."}
    return found


def _problem_schema() -> dict[str, Any]:
    text = {"type": "string"}
    return {
        "title": "Problem",
        "description": "Problem details (RFC 9457).",
        "type": "object",
        "properties": {
            "type": text,
            "title": text,
            "status": {"type": "integer"},
            "detail": text,
            "reasons": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "code": text,
                        "text": text,
                        "where": {"type": "string", "description": "Where in the request."},
                    },
                    "required": ["code", "text", "where"],
                },
            },
        },
        "required": ["type", "title", "status", "detail", "reasons"],
    }


def patterns() -> list[URLPattern]:
    """The addresses of the API, and one for whatever is none."""
    routes: dict[str, list[View]] = {}
    names: dict[str, str] = {}
    for one in api.urls[0]:
        if isinstance(one, URLPattern) and one.name != "api-root":
            route = str(one.pattern)
            names.setdefault(route, f"api-{one.name}")
            if one.callback not in routes.setdefault(route, []):
                routes[route].append(one.callback)
    found: list[URLPattern] = [
        path(f"{PLACE[1:]}/{route}", _through(views), name=names[route])
        for route, views in routes.items()
    ]
    return [*found, re_path(rf"^{PLACE[1:]}(?:/.*)?$", _through([_absent]), name="api-none")]


def _absent(_request: HttpRequest, **_: Any) -> HttpResponse:
    return problem(404, [Said("not_found", "No operation has this address.")])


def _through(views: Sequence[View]) -> View:
    """The one door before every operation of an address: one view per desk that has operations there."""

    def through(request: HttpRequest, **values: Any) -> HttpResponse:
        refused = _refused(request)
        answer = _answer(views, request, values) if refused is None else refused
        answer["Cache-Control"] = "no-store"
        return answer

    checked: Any = csrf_exempt(
        through
    )  # no cookie opens anything here: no page can forge a request
    checked.asks_itself = True
    return checked  # type: ignore[no-any-return]


def _answer(views: Sequence[View], request: HttpRequest, values: dict[str, Any]) -> HttpResponse:
    allowed: list[str] = []
    for view in views:
        answer = view(request, **values)
        if answer.status_code != 405:
            return answer
        allowed.append(answer.headers.get("Allow", ""))
    methods = ", ".join(sorted(allowed))
    answer = problem(405, [Said("method", f"This address answers {methods}.")])
    answer["Allow"] = methods
    return answer


def _refused(request: HttpRequest) -> HttpResponse | None:
    """The refusal of a request that no operation should see."""
    kinds, largest = {_JSON}, LARGEST
    words = ""
    if request.path.startswith(_IMPORTS):
        kinds, largest = {_JSON, "text/csv"}, LARGEST_IMPORT
        words = " Larger files are read by the page of imports, or by `fullfile import`."
    elif _FILES.match(request.path):
        kinds, largest = {"multipart/form-data"}, files_allowed()[1] + LARGEST
    if refuse_size(request, largest) is not None:
        said = f"A request has {largest // 1024 // 1024:,} MiB at most here.{words}"
        return problem(413, [Said("too_large", said)])
    accept = request.headers.get("Accept", "")
    if not _accepts(accept) and not _BYTES.match(request.path):
        return problem(406, [Said("not_acceptable", f"Only {_JSON} is answered.")])
    length = request.META.get("CONTENT_LENGTH") or "0"
    if request.method == "POST" and length != "0":
        kind = (request.content_type or "").lower()
        if kind not in kinds:
            return problem(415, [Said("media_type", f"Send {' or '.join(sorted(kinds))}.")])
    return None


def _accepts(said: str) -> bool:
    """Whether JSON is among what is asked for; nothing said is anything."""
    if not said.strip():
        return True
    for part in said.split(","):
        kind, *options = (one.strip().lower() for one in part.split(";"))
        if kind in ("*/*", "application/*", _JSON, PROBLEM) and "q=0" not in options:
            return True
    return False
