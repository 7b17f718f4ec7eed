"""What a job does, in words; its state; what came of it. No word here names a case, an item or a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fullfile.server.waiting.asking import JobView

__all__ = ["STATES", "came_of_it", "what"]

L = gettext_lazy
KINDS: Mapping[str, Any] = {
    "import_check": L("Check a file before it is taken in"),
    "import_commit": L("Take a file in"),
    "link": L("Look for the cases that items belong to"),
    "boards": L("Work out the boards of cases"),
    "search": L("Take new words into the search"),
    "check_record": L("Check the whole record"),
    "accounts": L("End accounts that are over"),
    "webhooks": L("Tell webhooks"),
    "knocks": L("Send mails that say that something waits"),
    "tidy": L("Put away what is over"),
}
STATES: Mapping[str, tuple[Any, str, str]] = {
    "waiting": (L("Waiting"), "schedule", "in-hand"),
    "running": (L("Under way"), "schedule", "in-hand"),
    "done": (L("Done"), "check", "full"),
    "failed": (L("Failed"), "report", "stops"),
    "stopped": (L("Stopped"), "remove_circle", "apart"),
}
_RESULTS = {
    "items": L("items with suggestions: %(n)s"),
    "changed": L("suggestions recorded: %(n)s"),
    "boards": L("boards worked out: %(n)s"),
    "entries": L("entries taken in: %(n)s"),
    "size": L("entries checked: %(n)s"),
    "findings": L("findings: %(n)s"),
    "ended": L("accounts ended: %(n)s"),
    "kept": L("accounts that should have ended and did not: %(n)s"),
    "messages": L("messages: %(n)s"),
    "files": L("files deleted: %(n)s"),
    "jobs": L("old jobs forgotten: %(n)s"),
    "rows": L("rows: %(n)s"),
    "new": L("new: %(n)s"),
    "corrected": L("corrections: %(n)s"),
    "unchanged": L("unchanged: %(n)s"),
    "rejected": L("with problems: %(n)s"),
}


def what(job: JobView) -> str:
    """What a job does."""
    return str(KINDS.get(job.kind, job.kind))


def came_of_it(job: JobView) -> str:
    """What came of a job that is done, in figures."""
    found = [
        str(words) % {"n": f"{job.result[name]:,}"}
        for name, words in _RESULTS.items()
        if isinstance(job.result.get(name), int) and not isinstance(job.result.get(name), bool)
    ]
    return "; ".join(found) if found else _("nothing to tell")
