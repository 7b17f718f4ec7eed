"""What an entry is, in words: one for each type of the closed list, in the reader's language.

    type_words("account.granted")      "role given"

The name of a type is for programs; a person reads these. Who looks for a kind of act types words, too (`types_called`).
"""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

__all__ = ["ENTRY_WORDS", "type_words", "types_called"]

ENTRY_WORDS: Final[dict[str, Any]] = {  # lazy translations
    "account.asked": _("role asked for"),
    "account.changed": _("account unlocked, invited or parted from its second step"),
    "account.declined": _("role not approved"),
    "account.ended": _("access ended"),
    "account.granted": _("role given"),
    "account.reviewed": _("access of a person reviewed"),
    "agency.recorded": _("agency"),
    "answer.recorded": _("answer of an agency"),
    "body.erased": _("content of an entry erased by order"),
    "calendar.adopted": _("calendar of a court adopted"),
    "case.recorded": _("case"),
    "certificate.first_signed": _("certificate signed by the first of two"),
    "certificate.signed": _("certificate signed"),
    "clock.stepped_back": _("clock of the machine stepped back"),
    "count.recorded": _("count against a defendant"),
    "court.filing_withdrawn": _("no longer filed with the court"),
    "court.paper_filed": _("paper filed with the court"),
    "custody.recorded": _("step of the chain of custody"),
    "determination.read": _("second reading of a determination"),
    "determination.recorded": _("determination"),
    "disclosure.disputed": _("dispute of counsel"),
    "disclosure.recorded": _("disclosure to a defendant"),
    "dispute.answered": _("dispute answered"),
    "docket.recorded": _("event of the docket"),
    "filing.recorded": _("item put on the prosecution's file"),
    "hold.recorded": _("hold placed or lifted"),
    "import.started": _("file taken in by an import"),
    "inventory.closed": _("inventory closed"),
    "inventory.expected": _("what an inventory expects"),
    "inventory.missed": _("not found by an inventory"),
    "inventory.opened": _("inventory begun"),
    "inventory.scanned": _("scan of an inventory"),
    "inventory.settled": _("discrepancy of an inventory settled"),
    "inventory.shelf_closed": _("shelf of an inventory closed"),
    "inventory.unscanned": _("scan of an inventory undone"),
    "item.file_added": _("file added to an item"),
    "item.recorded": _("item booked or listed"),
    "knowledge.recorded": _("somebody's knowledge of an item"),
    "label.printed": _("label printed"),
    "leaving.approved": _("release or destruction approved"),
    "leaving.asked": _("release or destruction asked for"),
    "leaving.refused": _("release or destruction refused"),
    "link.ran": _("search for the cases of items"),
    "link.recorded": _("suggestion of a case decided"),
    "mention.recorded": _("mention in a report"),
    "model.adopted": _("model of suggestions adopted"),
    "office.opened": _("office opened"),
    "outcome.explained": _("reason of an outcome"),
    "pack.adopted": _("law of a jurisdiction adopted"),
    "party.recorded": _("person of a case"),
    "production.acknowledged": _("receipt of a production"),
    "production.changed": _("draft of a production changed"),
    "production.closed": _("production closed"),
    "production.drafted": _("production drafted"),
    "production.not_opened": _("counsel could not open a production"),
    "production.served": _("production served"),
    "question.answered": _("question about a suggestion answered"),
    "question.asked": _("question about a suggestion"),
    "reading_log.opened": _("sealed log of the defence opened by order"),
    "record.reviewed": _("acts of some days looked through"),
    "request.recorded": _("request of the defence"),
    "row.absent": _("row no longer in an export"),
    "schedule.issued": _("schedule issued"),
    "setting.changed": _("setting changed"),
    "shelf.named": _("shelf named"),
    "status.recorded": _("status of a defendant"),
    "suggestion.made": _("case suggested for an item"),
    "withholding.announced": _("withholding announced"),
    "withholding.recorded": _("withholding"),
}


def type_words(name: str) -> str:
    """A type of entry in words; one that nobody knows here as it is called."""
    return str(ENTRY_WORDS.get(name, name))


def types_called(words: str) -> list[str]:
    """The types whose words, or whose name, contain some words."""
    wanted = " ".join(words.split()).casefold()
    if not wanted:
        return []
    return [
        name
        for name, said in ENTRY_WORDS.items()
        if wanted in str(said).casefold() or wanted in name
    ]
