"""The settings in words: what each decides, what holds where nothing was set, how it is typed.

What this does not do: it judges no value; `actions.office` does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from fullfile.core.bag.kinds import STANDARD_KINDS
from fullfile.core.custody.booking import STANDARD_PATTERN

__all__ = ["SETTINGS_IN_WORDS", "SettingWords"]


@dataclass(frozen=True, slots=True)
class SettingWords:
    """A setting.

    Attributes:
        title: what it is called on the page.
        decides: what it decides.
        standard: what holds where nothing was set.
        kind: `line`, `text`, `lines` (one a line, best first) or `choice`.
        choices: of a choice, the values with their words.
        law: whether the law or the office decides it: all of these are policy.
    """

    title: Any  # a lazy translation
    decides: Any
    standard: str | list[str]
    kind: str = "line"
    choices: tuple[tuple[str, Any], ...] = ()


SETTINGS_IN_WORDS: dict[str, SettingWords] = {
    "target_days": SettingWords(
        _("The office's target, in days"),
        _(
            "Days to disclose in, where the law gives no date. A line keeps the target in force when its period began."
        ),
        "14",
    ),
    "threshold": SettingWords(
        _("Threshold of suggestions"),
        _(
            "The probability from which a suggestion makes an item that bears on no case an exception."
        ),
        "0.5",
    ),
    "source_rank": SettingWords(
        _("Which source counts"),
        _(
            "Where two accounts of one fact differ, the sentence gives that of the source named first here; both stand."
        ),
        [],
        "lines",
    ),
    "tag_pattern": SettingWords(
        _("How tags are written"),
        _("The tags that the office gives, with {yy}, {year}, {month} and {number:6}."),
        STANDARD_PATTERN,
    ),
    "open_file": SettingWords(
        _("Open file"),
        _("Whether counsel sees in the portal what is on the file and not served yet."),
        "no",
        "choice",
        (("no", _("No, what was served only")), ("yes", _("Yes"))),
    ),
    "certificate_signatures": SettingWords(
        _("Signatures of a certificate"),
        _("How many persons sign a certificate."),
        "2",
        "choice",
        (("2", _("Two")), ("1", _("One"))),
    ),
    "file_kinds": SettingWords(
        _("Kinds of files"),
        _("The kinds of files that the store takes."),
        list(STANDARD_KINDS),
        "lines",
    ),
    "file_limit": SettingWords(
        _("Largest file, in megabytes"), _("The most that one file may have."), "4096"
    ),
    "notice": SettingWords(
        _("Notice before sign-in"),
        _(
            "Whose system it is, that use is watched and recorded, that misuse is punished, that use means consent. "
            "Empty: the standard text, which says these four."
        ),
        "",
        "text",
    ),
    "help_line": SettingWords(
        _("Whom to telephone"), _("As mails and pages say it: a name and a number."), ""
    ),
    "site_address": SettingWords(
        _("Where the pages are"),
        _("The address that mails name, like https://evidence.example.org/."),
        "",
    ),
}
"""Every setting of `actions.office.SETTINGS`; a test compares the two."""
