"""The two moments of a question, resolved: a wall clock for `on`, a size for `as_of`.

A day means its end: on the clock of each court for `on`, on the office's clock
for `as_of` (contract, section 1).
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from fullfile.core.ids import DAY_MS, midnight, utc_ms, wall_ms, wall_text
from fullfile.core.matching.line import Policy
from fullfile.core.matching.result import Head, PolicyInForce
from fullfile.core.tlog import parse_checkpoint
from fullfile.server.store import checkpoints
from fullfile.server.store.load import policy, size_and_edge, size_as_of
from fullfile.server.store.office import Office, get_office

__all__ = ["Asked", "asked", "root_of"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks: the office, the size, the moment, the settings of then.

    Attributes:
        office: the office.
        size: entries with an index below it are seen.
        day: the wall-clock moment on every clock, where a day was asked for; else None.
        instant: UTC milliseconds, where an instant was asked for; else None.
        as_of_ms: UTC milliseconds.
        policy: the office's settings as of the size.
    """

    office: Office
    size: int
    day: int | None
    instant: int | None
    as_of_ms: int
    policy: Policy

    def on(self, zone: tzinfo) -> int:
        """The moment asked for, as a clock shows it (ms)."""
        if self.day is not None:
            return self.day
        return wall_ms(self.instant or 0, zone)

    @property
    def on_text(self) -> str:
        """The moment asked for, ISO 8601 with the office's offset."""
        return wall_text(self.on(self.office.zone), self.office.zone)

    @property
    def as_of_text(self) -> str:
        """The moment of the record, ISO 8601 with hundredths and the office's offset."""
        moment = datetime.fromtimestamp(self.as_of_ms / 1000, self.office.zone)
        hundredths = f"{moment.microsecond // 10_000:02d}"
        text = moment.replace(microsecond=0).isoformat()
        return f"{text[:19]}.{hundredths}{text[19:]}"

    @property
    def head(self) -> Head:
        """The head of the record at the size."""
        return Head(self.size, base64.b64encode(root_of(self.size)).decode())

    @property
    def policy_in_force(self) -> PolicyInForce:
        """The settings that stood on the day asked for."""
        day = self.on(self.office.zone) // DAY_MS
        return PolicyInForce(self.policy.target_on(day), self.policy.threshold)


def root_of(size: int) -> bytes:
    """The root of the record at a size: as it was signed then, else from the leaf hashes."""
    note = checkpoints.find_signed(size)
    return parse_checkpoint(note).root if note else checkpoints.root_at(size)


def asked(on: date | datetime | None, as_of: date | datetime | None, now_ms: int) -> Asked:
    """Resolve the two moments of a question.

    Args:
        on: a day, an aware datetime, or None for now.
        as_of: likewise.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        NotFound: no record was begun.
    """
    newest, edge = size_and_edge()
    office, policy_now = _known(newest, edge)
    as_of_ms = now_ms if as_of is None else _instant(as_of, office.zone)
    size = newest if as_of is None else size_as_of(as_of_ms)
    whole_day = on is not None and not isinstance(on, datetime)
    return Asked(
        office=office,
        size=size,
        day=midnight(on) + DAY_MS - 1 if on is not None and whole_day else None,
        instant=None if whole_day else (now_ms if on is None else _instant(on, office.zone)),
        as_of_ms=as_of_ms,
        policy=policy_now if size == newest else policy(size),
    )


@lru_cache(maxsize=64)
def _known(size: int, edge: bytes) -> tuple[Office, Policy]:  # noqa: ARG001 - tells records apart
    """The office and its settings: asked for several times by each page, and the same while the record is."""
    return get_office(), policy(size)


def _instant(moment: date | datetime, zone: ZoneInfo) -> int:
    if isinstance(moment, datetime):
        return utc_ms(moment.astimezone(UTC))
    end = datetime(moment.year, moment.month, moment.day, tzinfo=zone) + timedelta(days=1)
    return utc_ms(end.astimezone(UTC)) - 1
