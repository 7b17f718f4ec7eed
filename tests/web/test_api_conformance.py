"""The API against its own document: schemathesis asks every operation with whatever its schema allows, and what it does not.

No server error, no status or form of content that the document does not name, no answer of another shape, no door
that can be left out. In process, over WSGI; few examples here, more under the marker `slow`.
"""

from __future__ import annotations

from collections import Counter
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest

from tests.web.callers import caller, number

if TYPE_CHECKING:
    from tests.web.conftest import Office

# The client of the test closes no answer, so a posted file is closed when it is collected; servers close it at once.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

WHO = ("k.ortiz", "r.lane", "e.noor", "a.boone", "c.webb", "h.pike", "s.vale")


def ask_everything(account: str, examples: int, seed: int) -> list[str]:
    """What schemathesis finds when somebody's program asks every operation; empty: nothing."""
    import hypothesis
    import schemathesis
    from django.core.wsgi import get_wsgi_application
    from hypothesis import HealthCheck, Phase, given, settings
    from schemathesis.checks import not_a_server_error
    from schemathesis.core.parameters import ParameterLocation
    from schemathesis.specs.openapi.checks import (
        content_type_conformance,
        negative_data_rejection,
        response_headers_conformance,
        response_schema_conformance,
        status_code_conformance,
        unsupported_method,
    )

    from fullfile.server.store.connections import case_id_of, item_id_of

    checks = [
        not_a_server_error,
        status_code_conformance,
        content_type_conformance,
        response_headers_conformance,
        response_schema_conformance,
        negative_data_rejection,
        unsupported_method,
    ]
    token = caller(account).token
    given_always = {"Authorization": f"Bearer {token}", "Host": "localhost"}
    schema = schemathesis.openapi.from_wsgi(
        "/api/v1/openapi.json", get_wsgi_application(), headers=given_always
    )
    known = {
        "case_id": case_id_of("D-0101-CR-2024-00013"),
        "item_id": item_id_of("Sheriff", "DOC-001"),
        "which": 1,
        "table": "items",
    }
    found: list[str] = []
    statuses: Counter[int] = Counter()
    for result in schema.get_all_operations():
        operation = result.ok()
        if operation.path.endswith("/end") and "tokens" in operation.path:
            continue  # it would end the token that asks
        strategy = operation.as_strategy(
            generation_mode=schemathesis.GenerationMode.POSITIVE
        ) | operation.as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE)

        @hypothesis.seed(seed)
        @settings(
            max_examples=examples,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=strategy)
        def ask(case: Any) -> None:
            headers = {}
            if not _is_negative(case, ParameterLocation.HEADER):
                # Heads that are right: who asks, and a key of its own. Wrong ones go as they are, and must be refused.
                headers = dict(given_always)
                if case.method == "POST" and "Idempotency-Key" in (case.headers or {}):
                    headers["Idempotency-Key"] = f"conformance-{next(number)}"
            for name, real in known.items():
                # Numbers out of the air are of nothing on record: half of them become things of the worked example.
                said = (case.path_parameters or {}).get(name)
                if isinstance(said, int) and not isinstance(said, bool) and said >= 0 and said % 2:
                    case.path_parameters[name] = real
            answer = case.call(headers=headers)
            statuses[answer.status_code] += 1
            case.validate_response(answer, checks=checks)

        try:
            ask()
        except (Exception, BaseExceptionGroup) as error:  # noqa: BLE001 - every kind is collected
            found.append(
                f"{operation.method} {operation.path}: {getattr(error, 'exceptions', error)}"[
                    :2_000
                ]
            )
    assert statuses[200], statuses  # it got in,
    assert statuses[422], statuses  # and was read
    assert statuses[401] < sum(statuses.values()) / 5, statuses
    return found


def _is_negative(case: Any, where: Any) -> bool:
    """Whether a part of a question was made wrong on purpose."""
    part = case.meta.components.get(where) if case.meta else None
    return part is not None and part.mode.is_negative


def test_every_shape_has_a_name_of_its_own(office: Office) -> None:
    """Two shapes of one name would be one in the document, and one of them be told wrongly."""
    from fullfile.server.web.api.shapes import Open, PageOf, Said, Shown

    import_module("fullfile.server.web.api.urls")  # every module of the API

    def below(kind: type) -> set[type]:
        return {kind}.union(*(below(one) for one in kind.__subclasses__()))

    kinds = set().union(*(below(kind) for kind in (Said, Shown, Open, PageOf)))
    names = Counter(one.__name__ for one in kinds if one.__module__.startswith("fullfile."))
    assert len(names) > 100
    assert [name for name, many in names.items() if many > 1] == []


def test_a_few_examples_of_every_operation(office: Office) -> None:
    assert ask_everything("k.ortiz", examples=2, seed=1) == []


@pytest.mark.slow
@pytest.mark.parametrize("account", WHO)
def test_many_examples_of_every_operation(office: Office, account: str) -> None:
    assert ask_everything(account, examples=25, seed=2) == []
