"""Webhooks: registered once, signed, told in ids only, told again, and never into the office's own network."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any, ClassVar

import pytest

from fullfile.core.errors import Refused
from tests.web.callers import caller, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.web.conftest import Office

ADDRESS = "https://receiver.example/told"


class Watched:
    """A receiver that answers as it is told."""

    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses)
        self.told: list[tuple[str, bytes, Mapping[str, str]]] = []

    def __call__(self, address: str, body: bytes, headers: Mapping[str, str]) -> Any:
        from fullfile.server.actions.calling import Called

        self.told.append((address, body, dict(headers)))
        status = self.statuses.pop(0) if self.statuses else 204
        return Called(status, "as the test says")

    @property
    def entries(self) -> list[dict[str, Any]]:
        return [one for _, body, _ in self.told for one in json.loads(body)["data"]["entries"]]


def now() -> int:
    from fullfile.server.web.clock import now_ms

    return now_ms()


def add_event(account: str = "k.ortiz") -> int:
    from fullfile.server.store.connections import case_id_of

    case = case_id_of("D-0101-CR-2024-00013")
    turn = next(number)  # two events of one kind on one day would be the same event
    day = date(2024, 1, 1) + timedelta(days=turn % 150)
    said = {"event": "hearing", "occurred_on": day.isoformat(), "detail": f"nobody is told: {turn}"}
    answer = caller(account).post(f"/cases/{case}/docket", said)
    assert answer.status_code == 201, answer.content
    return int(answer.json()["first"])


def test_told_of_what_came_since_signed_and_without_words(office: Office) -> None:
    from fullfile.server.actions.webhooks import tell_webhooks

    made = caller("k.ortiz").post("/webhooks", {"address": ADDRESS}).json()
    entry = add_event()
    receiver = Watched()
    assert tell_webhooks(now(), post=receiver) == 1
    ((address, body, headers),) = receiver.told
    assert address == ADDRESS
    told = {one["entry"]: one for one in receiver.entries}
    assert told[entry]["type"] == "docket.recorded"
    assert told[entry]["case_id"] is not None
    assert set(told[entry]) == {"entry", "type", "recorded_at", "case_id", "item_id"}
    for word in (b"Baldwin", b"D-0101", b"nobody is told", b"Ortiz"):
        assert word not in body
    # Standard Webhooks, worked out here by hand.
    key = base64.b64decode(made["secret"].removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    digest = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{digest}"
    assert tell_webhooks(now(), post=receiver) == 0


def test_the_secret_is_shown_once_and_kept_hidden(office: Office) -> None:
    from fullfile.server.accounts.models import Webhook

    one = caller("k.ortiz")
    secret = one.post("/webhooks", {"address": ADDRESS}).json()["secret"]
    assert secret not in Webhook.objects.get().secret
    listed = one.get("/webhooks").json()["rows"]
    assert [row["address"] for row in listed] == [ADDRESS]
    assert "secret" not in listed[0]
    assert caller("b.frey").get("/webhooks").json()["rows"] == []
    assert caller("b.frey").post(f"/webhooks/{listed[0]['webhook_id']}/end").status_code == 404
    ended = one.post(f"/webhooks/{listed[0]['webhook_id']}/end").json()
    assert ended["ended_at"] is not None


def test_only_the_types_that_were_asked_for(office: Office) -> None:
    from fullfile.server.actions.webhooks import tell_webhooks

    one = caller("k.ortiz")
    one.post("/webhooks", {"address": ADDRESS, "events": ["filing.recorded"]})
    add_event()
    receiver = Watched()
    tell_webhooks(now(), post=receiver)
    assert receiver.told == []
    wrong = one.post("/webhooks", {"address": ADDRESS, "events": ["nothing.happened"]})
    assert (wrong.status_code, wrong.json()["reasons"][0]["code"]) == (409, "events")


def test_tried_again_with_the_same_id_and_ended_at_last(office: Office) -> None:
    from fullfile.server.accounts.models import Webhook
    from fullfile.server.actions.webhooks import WAITS, tell_webhooks

    caller("k.ortiz").post("/webhooks", {"address": ADDRESS})
    add_event()
    at, receiver = now(), Watched(*([500] * 50))
    assert tell_webhooks(at, post=receiver) == 0
    assert tell_webhooks(at + 1_000, post=receiver) == 0
    assert len(receiver.told) == 1  # not before its time
    for wait in WAITS:
        at += wait * 1_000
        tell_webhooks(at, post=receiver)
    assert len({headers["webhook-id"] for _, _, headers in receiver.told}) == 1
    assert len(receiver.told) == len(WAITS) + 1
    assert Webhook.objects.get().ended_at is not None


def test_a_receiver_that_comes_back_gets_everything_once(office: Office) -> None:
    from fullfile.server.actions.webhooks import tell_webhooks

    caller("k.ortiz").post("/webhooks", {"address": ADDRESS})
    first = add_event()
    at, receiver = now(), Watched(503)
    tell_webhooks(at, post=receiver)
    second = add_event("b.frey")
    receiver.told.clear()
    assert tell_webhooks(at + 60_000, post=receiver) == 1
    found = [one["entry"] for one in receiver.entries]
    assert found == sorted(set(found))
    assert {first, second} <= set(found)


def test_ids_only_of_what_is_within_reach(office: Office) -> None:
    from fullfile.server.actions.webhooks import tell_webhooks

    caller("a.boone").post("/webhooks", {"address": ADDRESS})
    add_event()
    receiver = Watched()
    tell_webhooks(now(), post=receiver)
    assert receiver.entries
    assert all(one["case_id"] is None and one["item_id"] is None for one in receiver.entries)


def test_ended_with_the_access_and_not_for_the_defence(office: Office) -> None:
    from fullfile.server.accounts.models import Account, Webhook
    from fullfile.server.actions.webhooks import tell_webhooks

    assert caller("e.noor").post("/webhooks", {"address": ADDRESS}).status_code == 403
    caller("k.ortiz").post("/webhooks", {"address": ADDRESS})
    add_event("b.frey")
    Account.objects.filter(username="k.ortiz").update(is_active=False)
    receiver = Watched()
    assert tell_webhooks(now(), post=receiver) == 0
    assert receiver.told == []
    assert Webhook.objects.get().ended_at is not None


@pytest.mark.parametrize(
    "address",
    [
        "http://receiver.example/",
        "https://127.0.0.1/",
        "https://10.1.2.3/",
        "https://169.254.169.254/latest/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://user:password@receiver.example/",
        "https:///path",
        "file:///etc/passwd",
        "https://receiver.example:99999/",
        "https://receiver.example/ two",
        "not an address",
    ],
)
def test_addresses_that_no_webhook_may_have(
    office: Office, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FULLFILE_WEBHOOK_PRIVATE", raising=False)
    answer = caller("k.ortiz").post("/webhooks", {"address": address})
    assert answer.status_code == 409
    assert answer.json()["reasons"][0]["code"].startswith("address")


def test_a_name_that_leads_inside_is_not_called(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    from fullfile.server.actions.calling import post_outside

    monkeypatch.delenv("FULLFILE_WEBHOOK_PRIVATE", raising=False)
    places = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (place, 443))
        for place in ("93.184.216.34", "192.168.0.1")
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: places)
    called = post_outside("https://receiver.example/", b"{}", {})
    assert called.status == 0
    assert "private network" in called.words


class _Receiver(BaseHTTPRequestHandler):
    got: ClassVar[list[tuple[str, bytes, dict[str, str]]]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.got.append((self.path, body, dict(self.headers)))
        self.send_response(302 if self.path == "/elsewhere" else 200)
        self.send_header("Location", "/told")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Nothing on the test's own screen."""


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A receiver in the office's own network, which the office allows."""
    monkeypatch.setenv("FULLFILE_WEBHOOK_PRIVATE", "on")
    _Receiver.got.clear()
    server = HTTPServer(("127.0.0.1", 0), _Receiver)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_real_call(receiver: str) -> None:
    from fullfile.server.actions.calling import post_outside

    called = post_outside(f"{receiver}/told?way=1", b'{"a": 1}', {"webhook-id": "msg_1"})
    assert called.taken, called.words
    ((path, body, headers),) = _Receiver.got
    assert (path, body, headers["webhook-id"]) == ("/told?way=1", b'{"a": 1}', "msg_1")
    assert headers["Host"] == receiver.removeprefix("http://")


def test_a_redirect_is_not_followed(receiver: str) -> None:
    from fullfile.server.actions.calling import post_outside

    called = post_outside(f"{receiver}/elsewhere", b"{}", {})
    assert (called.status, called.taken) == (302, False)
    assert [path for path, _, _ in _Receiver.got] == ["/elsewhere"]


def test_nothing_there_is_told_not_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    from fullfile.server.actions.calling import check_address, post_outside

    monkeypatch.setenv("FULLFILE_WEBHOOK_PRIVATE", "on")
    called = post_outside("http://127.0.0.1:1/", b"{}", {})
    assert called.status == 0
    with pytest.raises(Refused, match="begins with https"):
        check_address("ftp://receiver.example/")
