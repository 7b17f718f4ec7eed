"""The one way to add an operation: with its right, or not at all.

    desk = Desk("Filings")

    @desk.acts("/cases/{int:case_id}/filings", Right.PUT_ON_FILE)
    def file(request: Asking, case_id: Id, said: NewFiling) -> Answer:
        case = case_in_reach(request.person, case_id)
        return recorded(request, lambda: file_item(…))

`OPERATIONS` lists them all for whoever walks them: a test asks each as every role and as nobody.

What this does not do: it asks no reach; an operation does, by `web.reach`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from ninja import Router
from ninja.errors import ConfigError

from fullfile.server.accounts.policy import Right
from fullfile.server.web.api.doors import Bearer
from fullfile.server.web.api.shapes import Recorded
from fullfile.server.web.doors.permission import PageRequest

__all__ = ["OPERATIONS", "Asking", "Desk", "Operation", "right_of_operation"]

View = TypeVar("View", bound=Callable[..., Any])

Asking = PageRequest
"""A request that went through the doors of the API: `request.person` is there."""


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation, for whoever walks them all.

    Attributes:
        method: GET or POST.
        path: below `/api/v1`, with its parameters in braces.
        right: the right that it asks for.
        records: whether it records, and so needs a one-time number.
        name: its own name in the document.
    """

    method: str
    path: str
    right: Right
    records: bool
    name: str


OPERATIONS: list[Operation] = []
"""Every operation, in the order in which they were added."""

KEY = "Idempotency-Key"
_ONCE = {
    "name": KEY,
    "in": "header",
    "required": True,
    "description": "A number of your own for this request. Sent again with it, the same request records nothing twice.",
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9._:-]{8,100}$"},
}


class Desk(Router):
    """Some operations about one kind of thing."""

    def __init__(self, about: str) -> None:
        super().__init__(tags=[about])

    def add_api_operation(
        self, path: str, methods: list[str], view_func: Callable[..., Any], **more: Any
    ) -> None:
        """Add an operation.

        Raises:
            ConfigError: it names no right, or has the name of another.
        """
        right = getattr(view_func, "right", None)
        if not isinstance(right, Right) or right is Right.ANYONE:
            raise ConfigError(f"The operation {methods} {path} names no right.")
        if any(one.name == view_func.__name__ for one in OPERATIONS):
            raise ConfigError(f"Two operations are called {view_func.__name__}.")
        records = bool(getattr(view_func, "records", False))
        OPERATIONS.extend(
            Operation(method, path, right, records, view_func.__name__) for method in methods
        )
        extra: dict[str, Any] = {"x-right": right.value}
        if records:
            extra["parameters"] = [dict(_ONCE)]
        door = Bearer(right)
        more.update(
            auth=door,
            openapi_extra=extra | (more.get("openapi_extra") or {}),
            operation_id=view_func.__name__,
        )
        super().add_api_operation(path, methods, view_func, **more)
        door.known = frozenset(
            name
            for model in view_func._ninja_operation.models  # type: ignore[attr-defined]  # noqa: SLF001 - the library set it
            if model.__ninja_param_source__ == "query"
            for name in model.__ninja_flatten_map__
        )

    def reads(
        self, path: str, right: Right, answer: Any, *, posted: bool = False, **more: Any
    ) -> Callable[[View], View]:
        """An operation that records nothing.

        Args:
            path: its address.
            right: who may.
            answer: the shape of what it answers.
            posted: words that must not stand in an address (names, tags) come in a body.
            more: what the router takes.
        """

        def named(view: View) -> View:
            view.right = right  # type: ignore[attr-defined]
            self.add_api_operation(
                path, ["POST" if posted else "GET"], view, response={200: answer}, **more
            )
            return view

        return named

    def acts(
        self, path: str, right: Right, answer: Any = Recorded, **more: Any
    ) -> Callable[[View], View]:
        """An operation that records: it ends with `recording.recorded`.

        Args:
            path: its address.
            right: who may.
            answer: the shape of what it answers.
            more: what the router takes.
        """

        def named(view: View) -> View:
            view.right = right  # type: ignore[attr-defined]
            view.records = True  # type: ignore[attr-defined]
            self.add_api_operation(
                path, ["POST"], view, response={200: answer, 201: answer}, **more
            )
            return view

        return named


def right_of_operation(method: str, path: str) -> Right | None:
    """The right of an operation; None where there is none."""
    return next((one.right for one in OPERATIONS if (one.method, one.path) == (method, path)), None)
