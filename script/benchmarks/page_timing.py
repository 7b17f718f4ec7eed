"""A middleware of the benchmark only: what a page cost on the server, said in a header to this machine alone.

`Server-Timing: app;dur=…, sql;dur=…;desc="…"`: milliseconds from the first line of the first middleware to the
last, those of them in the database, and the number of queries. The product itself says none of this to anybody.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

__all__ = ["Timed"]

_LOOPBACK = ("127.0.0.1", "::1")


class Timed:
    """The outermost door of a server that is being measured."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Handle a request, with a watch in the hand."""
        queries = 0
        in_database = 0.0

        def counted(execute: Callable[..., Any], *of: Any) -> Any:
            nonlocal queries, in_database
            queries += 1
            began = time.perf_counter()
            try:
                return execute(*of)
            finally:
                in_database += time.perf_counter() - began

        started = time.perf_counter()
        with connection.execute_wrapper(counted):
            response = self.get_response(request)
        took = time.perf_counter() - started
        if request.META.get("REMOTE_ADDR") in _LOOPBACK:
            response["Server-Timing"] = (
                f'app;dur={took * 1e3:.2f}, sql;dur={in_database * 1e3:.2f};desc="{queries}"'
            )
        return response
