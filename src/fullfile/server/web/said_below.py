"""Words that lower floors say in English and pages say in the reader's language.

    role_name(Role.CLERK), state_name(State.LATE), plain_word("dismissed_with_prejudice")

`core` and `engines` know no languages: their closed lists are named here once more, so that the catalogue has
them, and a test compares both. What this does not do: it translates no sentence; those are said by their
parts (`web.in_words`).
"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext

from fullfile.core.knowledge import LEVEL_VERBS, LEVEL_WORDS
from fullfile.core.matching import State
from fullfile.engines.report.words import STATUS
from fullfile.server.accounts.person import ROLE_WORDS
from fullfile.server.accounts.policy import Role

__all__ = [
    "SAID_BELOW",
    "level_verb",
    "level_word",
    "plain_word",
    "role_name",
    "state_gloss",
    "state_name",
]


def _(words: str) -> str:
    """Name words for the catalogue, and leave them as they are (Django's own asks for settings first)."""
    return words


SAID_BELOW: Final = frozenset(
    (
        # The roles: `accounts.person`.
        _("property custodian"),
        _("investigator"),
        _("laboratory"),
        _("prosecutor"),
        _("supervisor"),
        _("records clerk"),
        _("defence counsel"),
        _("court"),
        _("auditor"),
        _("administrator"),
        # The states of the match and what they mean: `engines.report.words`.
        _("Missing"),
        _("lost, not found, or never booked"),
        _("Destroyed"),
        _("destroyed, used up or released while a hold stood"),
        _("Gone"),
        _("left before this defendant had it"),
        _("Aside"),
        _("set aside by two named persons"),
        _("Unfiled"),
        _("held, and not on the prosecution's file"),
        _("Unapproved"),
        _("withheld without what the rule asks for"),
        _("Withheld"),
        _("withheld as the rule asks"),
        _("Postconviction"),
        _("came in after the conviction, not disclosed"),
        _("Overdue"),
        _("not disclosed, and past its date"),
        _("Partial"),
        _("disclosed in part only"),
        _("Late"),
        _("disclosed after its date"),
        _("Pending"),
        _("not disclosed, not due yet"),
        _("Unacknowledged"),
        _("disclosed, no receipt yet"),
        _("Full"),
        _("held, filed, disclosed in time, receipt on record"),
        _("Unnamed"),
        _("the case has no defendant on record"),
        _("Unbooked"),
        _("a report says it was taken; not booked"),
        _("Unanswered"),
        _("an agency has not said what it holds"),
        _("Barred"),
        _("a count was opened although barred"),
        _("Orphan"),
        _("held, and bears on no case"),
        # How much somebody knew: `core.knowledge`.
        _("that it exists"),
        _("saw a picture"),
        _("saw the object"),
        _("where it was filed"),
        _("that the defence had not got it"),
        _("knew that it exists"),
        _("saw a picture of it"),
        _("saw or held the thing itself"),
        _("knew where it was filed"),
        _("knew that the defence had not got it"),
        # Parties and kinds of things: `core.entries.rows`.
        _("defendant"),
        _("victim"),
        _("witness"),
        _("officer"),
        _("expert"),
        _("judge"),
        _("object"),
        _("document"),
        _("statement"),
        _("recording"),
        _("data"),
        _("test result"),
        _("expert report"),
        _("criminal record"),
        _("grand jury"),
        # Custody, views, answers, what became of a thing, and a defendant's status: `core.entries.rows`.
        _("collected"),
        _("booked"),
        _("transferred"),
        _("moved"),
        _("checked out"),
        _("checked in"),
        _("sealed"),
        _("unsealed"),
        _("examined"),
        _("inventoried"),
        _("not found"),
        _("found"),
        _("released"),
        _("consumed"),
        _("destroyed"),
        _("held"),
        _("at lab"),
        _("lost"),
        _("whole"),
        _("part"),
        _("redacted"),
        _("described"),
        _("offered"),
        _("exculpatory"),
        _("impeaching"),
        _("mitigating"),
        _("inculpatory"),
        _("no evidentiary value"),
        _("privileged"),
        _("sensitive"),
        _("all handed over"),
        _("nothing held"),
        _("more to come"),
        _("returned on spot"),
        _("left in place"),
        _("not taken"),
        _("left"),
        _("in custody"),
        _("at liberty"),
        _("counsel"),
        _("self represented"),
        _("absent"),
        _("resident"),
        _("incompetent"),
        _("juvenile"),
        # How cases are related, how a defendant stands, how an appeal ended: `core.impact`.
        _("co-defendant"),
        _("same incident"),
        _("refiled from"),
        _("consolidated"),
        _("severed from"),
        _("other"),
        _("pending"),
        _("ended"),
        _("withdrawn"),
        _("decided"),
        _("open"),
        # What the prosecution is called in sentences: `state_name` of the packs.
        _("the State"),
        _("the People"),
        _("the Crown"),
        _("the Government"),
        _("the prosecution"),
        # What the court did: `core.entries.rows`.
        _("complaint"),
        _("indictment"),
        _("information"),
        _("superseded"),
        _("first appearance"),
        _("arraignment"),
        _("waiver of arraignment"),
        _("plea not guilty"),
        _("plea guilty"),
        _("plea no contest"),
        _("notice of discovery"),
        _("sent for trial"),
        _("case served"),
        _("s3 compliance"),
        _("defence statement"),
        _("order"),
        _("suspended"),
        _("resumed"),
        _("trial set"),
        _("trial started"),
        _("jury sworn"),
        _("first witness sworn"),
        _("trial ended"),
        _("motion"),
        _("hearing"),
        _("testimony"),
        _("ruling"),
        _("sanction"),
        _("dismissed with prejudice"),
        _("dismissed without prejudice"),
        _("nolle prosequi"),
        _("stayed"),
        _("acquitted"),
        _("convicted"),
        _("hung jury"),
        _("mistrial"),
        _("sentenced"),
        _("judgment"),
        _("appeal filed"),
        _("appeal decided"),
        _("appeal withdrawn"),
        _("reversed"),
        _("remanded"),
        _("reinstated"),
        _("removed"),
        _("joined"),
        _("severed"),
        _("refiled"),
        _("new trial motion"),
        _("new trial granted"),
        _("new trial denied"),
        _("civil suit filed"),
        _("civil suit closed"),
        _("complaint against counsel"),
        _("closed"),
        _("discovery request"),
        # Why cases end as they do: `core.impact.reasons`.
        _("booked under another number than the case's"),
        _("a report says it was taken, and nothing was booked"),
        _("booked, and never on the prosecution's file"),
        _("on the file, and not served on a defendant"),
        _("one person decided that it did not matter"),
        _("destroyed because its ordinary time to be kept was over"),
        _("known, and told late"),
        _("nobody asked whether there was more"),
        _("a certificate said what the record contradicts"),
        _("moved or lost, and the record did not say so"),
        _("served so that nobody could find it or read it"),
        _("a ruling or a find was not carried to a linked case"),
    )
)


def plain_word(word: str) -> str:
    """A word of a closed list as people read it: "dismissed with prejudice"."""
    said = word.replace("_", " ")
    return gettext(said) if said in SAID_BELOW else said


def role_name(role: Role) -> str:
    """A role in words."""
    return gettext(ROLE_WORDS[role])


def state_name(state: State) -> str:
    """The label of a state."""
    return gettext(STATUS[state].word)


def state_gloss(state: State) -> str:
    """What a state means, in a few words."""
    return gettext(STATUS[state].gloss)


def level_word(level: str) -> str:
    """How much was known, as the head of a column."""
    return gettext(LEVEL_WORDS[level])


def level_verb(level: str) -> str:
    """The same in a sentence, after a name."""
    return gettext(LEVEL_VERBS[level])
