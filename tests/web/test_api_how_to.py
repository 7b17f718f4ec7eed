"""The examples of docs/how-to/use-the-api.md do what the page says: each command is run, each answer compared."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.web.callers import caller

if TYPE_CHECKING:
    from tests.web.conftest import Office

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "use-the-api.md"
_BLOCK = re.compile(r"```(console|json|python)\n(.*?)```", re.DOTALL)


def run(command: str, known: dict[str, str]) -> Any:
    """A `curl` command, asked of the office in this process."""
    from django.test import Client

    words = shlex.split(re.sub(r"\\\n\s*", " ", command))
    assert words[:2] == ["curl", "-s"]
    address, headers, data = "", {}, None
    left = iter(words[2:])
    for word in left:
        if word == "-H":
            name, _, value = fill(next(left), known).partition(": ")
            headers[name] = value
        elif word == "-d":
            data = next(left)
        else:
            assert not word.startswith("-"), word
            address = fill(word, known).removeprefix("http://office")
    client = Client(HTTP_HOST="localhost")
    if data is None:
        return client.get(address, headers=headers)
    return client.post(
        address, data=data, content_type=headers.pop("Content-Type"), headers=headers
    )


def fill(text: str, known: dict[str, str]) -> str:
    return re.sub(r"\$([A-Z]+)", lambda match: known[match[1]], text)


def compare(said: Any, found: Any, known: dict[str, str]) -> None:
    """Everything that the page says stands in the answer; `$NAME` takes the answer's value under that name."""
    if isinstance(said, dict):
        for name, value in said.items():
            assert name in found, (name, found)
            compare(value, found[name], known)
    elif isinstance(said, str) and re.fullmatch(r"\$[A-Z]+", said):
        known[said[1:]] = str(found)
    else:
        assert said == found


def test_every_example(office: Office) -> None:
    known = {
        "OFFICE": "http://office",
        "TOKEN": caller("k.ortiz").token,
        "CLERK": caller("c.webb").token,
    }
    answer, asked = None, 0
    for kind, text in _BLOCK.findall(PAGE.read_text("utf-8")):
        if kind == "console":
            answer = run(text.removeprefix("$ "), known)
            asked += 1
            assert answer.status_code in (200, 201), (text, answer.content)
        elif kind == "json" and answer is not None:
            compare(json.loads(text), answer.json(), known)
            answer = None
    assert asked == 12


def test_the_check_of_a_signature(office: Office) -> None:
    from fullfile.server.actions.webhooks import signature_of
    from fullfile.server.web.clock import now_ms

    (text,) = [one for kind, one in _BLOCK.findall(PAGE.read_text("utf-8")) if kind == "python"]
    made: dict[str, Any] = {}
    exec(compile(text, str(PAGE), "exec"), made)
    secret, body, at = "whsec_c2VjcmV0IG9mIGEgdGVzdA==", b'{"type":"a"}', now_ms() // 1000
    headers = {
        "webhook-id": "msg_1",
        "webhook-timestamp": str(at),
        "webhook-signature": signature_of(secret, "msg_1", at, body),
    }
    assert made["is_ours"](secret, headers, body)
    assert not made["is_ours"](secret, headers, body + b" ")
    old = headers | {
        "webhook-timestamp": str(at - 900),
        "webhook-signature": signature_of(secret, "msg_1", at - 900, body),
    }
    assert not made["is_ours"](secret, old, body)
