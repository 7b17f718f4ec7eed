"""The rights in the words that a person reads: "may put items on the file".

What this does not do: it gives no right; `policy` does.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from fullfile.server.accounts.policy import Right

__all__ = ["RIGHT_WORDS", "right_words"]

RIGHT_WORDS: dict[Right, Any] = {  # lazy translations
    Right.CHECK_RECORD: _("check the record and its proofs"),
    Right.SEARCH: _("search"),
    Right.SEE_CASES: _("see cases"),
    Right.SEE_ITEMS: _("see items"),
    Right.SEE_DOCKET: _("see dockets and duties"),
    Right.SEE_PAPERS: _("see papers"),
    Right.SEE_REQUESTS: _("see requests and answers"),
    Right.SEE_IMPACT: _("see what else a ruling or an item touches"),
    Right.SEE_KNEW: _("see who knew what"),
    Right.SEE_PEOPLE: _("see the people of a case"),
    Right.SEE_SUGGESTIONS: _("see suggestions"),
    Right.SEE_VIEWS: _("see determinations"),
    Right.SEE_FILES: _("see files"),
    Right.BOOK: _("book items"),
    Right.HANDLE: _("check out and in, transfer, move, seal and examine items"),
    Right.ADD_FILE: _("add files to items"),
    Right.MENTION: _("record what a report says was taken"),
    Right.TELL: _("record that somebody was told of a loss or a late find"),
    Right.ASK_TO_LEAVE: _("ask for release or destruction"),
    Right.APPROVE_LEAVING: _("approve release and destruction"),
    Right.COUNT: _("scan for an inventory"),
    Right.SET_UP_COUNT: _("set up an inventory"),
    Right.DECIDE_SUGGESTION: _("decide suggestions"),
    Right.PUT_ON_FILE: _("put items on the file"),
    Right.SET_ASIDE: _("set items aside for a case"),
    Right.DETERMINE: _("make determinations and second readings"),
    Right.WITHHOLD: _("withhold items"),
    Right.PRODUCE: _("make productions"),
    Right.SERVE: _("serve productions"),
    Right.ISSUE_SCHEDULE: _("issue schedules"),
    Right.SIGN_CERTIFICATE: _("sign certificates"),
    Right.RECORD_REQUEST: _("record requests of the defence"),
    Right.REPLY: _("reply to requests"),
    Right.ANSWER: _("answer for their agency"),
    Right.OPEN_CASE: _("open cases"),
    Right.RECORD_DOCKET: _("record what the court did"),
    Right.FILE_WITH_COURT: _("record what was filed with the court"),
    Right.PLACE_HOLD: _("place holds"),
    Right.LIFT_HOLD: _("lift holds"),
    Right.IMPORT: _("import tables"),
    Right.REPORTS: _("make reports"),
    Right.PORTAL: _("see what was given to their clients, sign receipts, dispute, ask for more"),
    Right.COURT: _("see the pages of the court"),
    Right.AUDIT: _("examine every act, and draw samples"),
    Right.MANAGE_ACCOUNTS: _("ask for roles, end, review and unlock accounts"),
    Right.APPROVE_ACCOUNTS: _("approve roles that another asked for"),
    Right.SEE_OFFICE: _("see the settings and the law in use"),
    Right.CHANGE_OFFICE: _("change the settings and adopt the law"),
    Right.JOBS: _("see jobs"),
    Right.WEBHOOKS: _("have a program told that something was recorded"),
}
"""What may be done. Anyone's rights and one's own account are not listed."""


def right_words(rights: frozenset[Right]) -> list[Any]:  # lazy translations
    """The words of some rights, in the policy's order."""
    return [RIGHT_WORDS[right] for right in Right if right in rights and right in RIGHT_WORDS]
