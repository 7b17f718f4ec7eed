"""The closed list of entry types: an area, a dot, a past participle, and a version.

A type is a name and a version, never a class path, so that a class may be
renamed and old bytes are read for ever. A row of an import table that comes
again with other values is a correction: an entry of the same type that names
in `corrects` the entry it corrects. The old entry stays.
"""

from __future__ import annotations

from fullfile.core.entries.custody_types import CUSTODY_TYPES
from fullfile.core.entries.entry_type import EntryType
from fullfile.core.entries.tables import TABLES

__all__ = ["ENTRY_TYPES", "TABLE_OF_TYPE", "EntryType"]


_OFFICE_TYPES = (
    EntryType(
        "office.opened",
        1,
        "The office opened its record.",
        (
            ("office", "the office's name"),
            ("jurisdiction", "the id of its pack"),
            ("time_zone", "the zone in which its days end"),
            ("origin", "the name of its log"),
            ("vkey", "the key that signs its checkpoints"),
        ),
    ),
    EntryType(
        "setting.changed",
        1,
        "The office set what decides an answer.",
        (("name", "the setting"), ("value", "its value from now on, as text or a list of text")),
    ),
    EntryType(
        "pack.adopted",
        1,
        "The office adopted a version of a jurisdiction's pack.",
        (
            ("pack", "its id"),
            ("version", "its version"),
            ("digest", "of its canonical bytes"),
            ("content", "the pack itself, so that the record needs nothing else"),
        ),
    ),
    EntryType(
        "calendar.adopted",
        1,
        "The office adopted a version of a court calendar.",
        (
            ("calendar", "its id"),
            ("version", "its version"),
            ("digest", "of its canonical bytes"),
            ("content", "the calendar itself"),
        ),
    ),
    EntryType(
        "model.adopted",
        1,
        "The office adopted a model of which evidence weighs how much.",
        (
            ("model", "its name"),
            ("version", "its version"),
            ("digest", "of its canonical bytes"),
            ("trained_on", "what its weights come from, in words"),
            ("content", "the model itself, so that the record needs nothing else"),
        ),
    ),
    EntryType(
        "account.granted",
        1,
        "Somebody was given a role in the office, or another one than before.",
        (
            ("account", "the name that the person signs in with; never given to another person"),
            ("name", "the person's name, as it stands beside their acts"),
            ("works_for", "the agency, firm or court that the person works for"),
            ("role", "one of the roles"),
            ("cases", "the case numbers that the role is for, or none: all that the role may see"),
            ("clients", "of defence counsel: `case_number` and `defendant` of each client"),
            ("ends_on", "the day on which it ends"),
            ("approved_by", "the second person who approved it; empty for the first administrator"),
            (
                "asked",
                "the index of the entry in which it was asked for; absent for the first ones",
            ),
            ("reason", "why"),
        ),
    ),
    EntryType(
        "account.asked",
        1,
        "An administrator asked for a role for somebody; it holds once a second person approves it.",
        (
            ("account", "the name that the person signs in with"),
            ("name", "the person's name, as it shall stand beside their acts"),
            ("works_for", "the agency, firm or court that the person works for"),
            ("role", "one of the roles"),
            ("cases", "the case numbers that the role is for, or none: all that the role may see"),
            ("clients", "of defence counsel: `case_number` and `defendant` of each client"),
            ("ends_on", "the day on which it ends"),
            ("asked_by", "the account that asked; it cannot approve"),
            ("reason", "why"),
        ),
    ),
    EntryType(
        "account.declined",
        1,
        "A second person did not approve a role that was asked for.",
        (
            ("account", "whose"),
            ("asked", "the index of the entry in which it was asked for"),
            ("reason", "why not"),
        ),
    ),
    EntryType(
        "account.ended",
        1,
        "Somebody's access ended.",
        (("account", "whose"), ("reason", "why")),
    ),
    EntryType(
        "account.reviewed",
        1,
        "Somebody looked whether a person still needs their access.",
        (("account", "whose"), ("finding", "kept or to be ended"), ("reason", "why")),
    ),
    EntryType(
        "account.changed",
        1,
        "An administrator unlocked an account, invited its person, or took its second step away.",
        (
            ("account", "whose"),
            ("what", "invited, unlocked, second_step_removed or sessions_ended"),
            ("reason", "why"),
        ),
    ),
    EntryType(
        "record.reviewed",
        1,
        "Somebody looked through what was done in some days.",
        (
            ("first_on", "the first of the days"),
            ("last_on", "the last of them"),
            ("size", "the size of the record that was looked at"),
            ("finding", "nothing to follow up, or to be followed up"),
            ("detail", "what is to be followed up, in words"),
        ),
    ),
    EntryType(
        "import.started",
        1,
        "A file was read into the record; the entries that name this one as their run came from it.",
        (
            ("batch", "the index of the first run of the same command"),
            ("source", "the name of the system it came from"),
            ("table", "the import table"),
            ("file", "the file's name, without its folder"),
            ("sha256", "the file's digest"),
            ("rows", "the rows it held"),
            ("mapping", "the digest of the mapping file, or empty"),
            ("rejected", "the rows left out, where the caller asked to skip bad ones"),
        ),
    ),
    EntryType(
        "row.absent",
        1,
        "A row that this source sent before was not in its complete export.",
        (("table", "the import table"), ("entry", "the index of the entry that recorded the row")),
    ),
    EntryType(
        "clock.stepped_back",
        1,
        "The clock of the machine stood earlier than the last entry.",
        (("clock", "what the clock said"), ("last", "when the last entry was recorded")),
    ),
    EntryType(
        "link.ran",
        1,
        "A model looked for the case that items belong to.",
        (
            ("model", "its name"),
            ("version", "its version"),
            ("digest", "of the model's own data"),
            ("trained_on", "what its weights come from, in words"),
            ("size", "the size of the record that it read"),
            ("agency", "with `tag`: the one item that it looked at; without them it looked at all"),
            ("tag", "likewise"),
            ("looked_at", "how many items"),
            ("suggested", "for how many it found a case"),
            ("base", "the bits before any evidence, in this run"),
            ("share", "the share of the items that belong to a case, as this run found"),
        ),
    ),
    EntryType(
        "suggestion.made",
        1,
        "A model suggests cases for an item; the next one for the same item takes its place.",
        (
            ("run", "the index of the `link.ran` entry"),
            ("agency", "of the item"),
            ("tag", "of the item"),
            (
                "suggestions",
                "for each case: `case_number`, `steps` (`on`, `probability`), `reasons` (`what`, `weight`, `group`, `item_side`, `case_side`, `on`) and, where it was rejected before, `again`; or none",
            ),
        ),
    ),
    EntryType(
        "schedule.issued",
        1,
        "A schedule was issued for a defendant; the numbers it gave out stay for ever.",
        (
            ("case_number", "the case"),
            ("defendant", "the name, as recorded"),
            ("defendant_key", "the defendant's key in the case"),
            ("paper", "the id of the pack's paper; `schedule` where the pack has none"),
            ("layout", "schedule, mg6c, mg6d or mg6e"),
            ("series", "the series its numbers belong to"),
            ("number", "the first, second … of this paper for the defendant"),
            ("copy", "for whom it was made: defence, court or office"),
            ("on", "the moment it speaks of"),
            ("asked", "the same as asked: `day_ms` or `instant_ms`"),
            ("signed_by", "who issued it"),
            ("signed_role", "in which role"),
            ("numbers", "those given out for the first time: agency, first number, tags in order"),
            ("last_number", "the last number of the series"),
            ("lines", "how many lines it has"),
            ("statements", "what it says"),
            ("checkpoint", "the head it was computed from: size, root, origin, signed note"),
        ),
    ),
    EntryType(
        "certificate.signed",
        1,
        "Two persons signed a certificate for a defendant.",
        (
            ("case_number", "the case"),
            ("defendant", "the name, as recorded"),
            ("defendant_key", "the defendant's key in the case"),
            ("paper", "the id of the pack's paper; `certificate` where the pack has none"),
            ("layout", "the layout of the paper"),
            ("series", "the series of the numbers it names items by"),
            ("number", "the first, second … certificate for the defendant"),
            ("supplements", "the entry of the first certificate; absent in the first"),
            ("on", "the moment it speaks of"),
            ("asked", "the same as asked: `day_ms` or `instant_ms`"),
            ("signed_by", "the first who signed"),
            ("signed_role", "in which role"),
            ("second_by", "the second who signed, another person"),
            ("second_role", "in which role"),
            ("statements", "what it says"),
            ("exceptions", "what it states: key, state, agency, tag, number, sentence, reason"),
            ("kinds", "the kinds of material it covers, with how many"),
            ("numbers", "those given out for the first time: agency, first number, tags in order"),
            ("last_number", "the last number of the series"),
            ("checkpoint", "the head it was computed from: size, root, origin, signed note"),
        ),
    ),
    EntryType(
        "outcome.explained",
        1,
        "Somebody said why an outcome of a case came about, in as many reasons as there were.",
        (
            ("case_number", "the case"),
            ("defendant", "the name, as recorded; absent: the outcome is the whole case's"),
            ("defendant_key", "the defendant's key in the case"),
            ("outcome", "a docket event's word, or `went_ahead`"),
            ("occurred_on", "when it came about"),
            ("reasons", "words of the closed list of `core.impact.reasons`, or `other:` with text"),
            ("detail", "what else there is to say"),
        ),
    ),
    EntryType(
        "production.drafted",
        1,
        "A production was drafted: what is to go to which defendants.",
        (
            ("case_number", "the case"),
            ("defendants", "for each: `key` in the case, `name` as recorded"),
            (
                "items",
                "runs of items: `agency`, `tags`, `extent`, `what`, and `to` (keys) where not to all",
            ),
        ),
    ),
    EntryType(
        "production.changed",
        1,
        "An item was added to a draft, taken out of it, or goes in another form.",
        (
            ("production", "the index of the entry that drafted it"),
            ("case_number", "the case"),
            ("change", "added, removed or form"),
            ("agency", "of the item"),
            ("tag", "likewise"),
            ("extent", "whole, part, redacted, described or offered"),
            ("what", "what of it goes, where that is not the whole"),
            ("to", "the keys of the defendants, where not to all"),
            ("reason", "why it was taken out"),
        ),
    ),
    EntryType(
        "production.closed",
        1,
        "A production got its number; nothing in it changes any more.",
        (
            ("production", "the index of the entry that drafted it"),
            ("case_number", "the case"),
            ("number", "unique in the office, never given again"),
            ("defendants", "as in the draft"),
            ("items", "as in the draft, with all changes"),
            ("left_out", "what was taken out: `agency`, `tag`, `reason`, `by`"),
            (
                "withheld",
                "what is withheld: `to`, `agency`, `tag`, `entry`, `ground`, `rule`, `order`, `until`, `announced_as`",
            ),
            ("package", "`files`, `bytes` and the `digest` of the list of its files"),
        ),
    ),
    EntryType(
        "production.served",
        1,
        "A production was served for a defendant; the entries of its disclosures follow this one.",
        (
            ("production", "the index of the entry that drafted it"),
            ("case_number", "the case"),
            ("number", "of the production"),
            ("defendant", "the name, as recorded"),
            ("defendant_key", "the defendant's key in the case"),
            ("way", "portal, media or inspection"),
            ("served_on", "on whom"),
            ("served_at", "when"),
            ("items", "how many"),
        ),
    ),
    EntryType(
        "production.acknowledged",
        1,
        "Somebody received a production; the disclosures that say so follow this entry.",
        (
            ("production", "the index of the entry that drafted it"),
            ("case_number", "the case"),
            ("number", "of the production"),
            ("defendant", "the name, as recorded"),
            ("defendant_key", "the defendant's key in the case"),
            ("acknowledged_by", "who received it"),
            ("acknowledged_at", "when"),
            (
                "signed",
                "true: signed here by counsel; false: the State says that there is a receipt",
            ),
            ("items", "runs of the items received: `agency`, `tags`; absent: all of them"),
        ),
    ),
    EntryType(
        "production.not_opened",
        1,
        "Counsel could not open what was served; the service stands.",
        (
            ("production", "the index of the entry that drafted it"),
            ("case_number", "the case"),
            ("number", "of the production"),
            ("defendant", "the name, as recorded"),
            ("defendant_key", "the defendant's key in the case"),
            ("told_by", "who told it"),
            ("told_at", "when"),
            ("what", "what cannot be opened"),
        ),
    ),
    EntryType(
        "withholding.announced",
        1,
        "The very words in which the defence was told that something is withheld.",
        (
            ("case_number", "the case"),
            ("agency", "of the item"),
            ("tag", "likewise"),
            ("withholding", "the index of the row of the withholding"),
            ("announced_at", "when they were told"),
            ("words", "what they read; nothing else of it is shown to them"),
        ),
    ),
    EntryType(
        "disclosure.disputed",
        1,
        "Counsel disputes a production, an item of it, or a withholding.",
        (
            ("case_number", "the case"),
            ("defendant", "the name, as recorded"),
            ("defendant_key", "the defendant's key in the case"),
            ("production", "the index of the entry that drafted it, where it is about one"),
            ("withholding", "the index of the row of the withholding, where it is about one"),
            ("agency", "of the item, where it is about one"),
            ("tag", "likewise"),
            ("what", "what is disputed, in counsel's words"),
            ("by", "which counsel"),
            ("at", "when"),
        ),
    ),
    EntryType(
        "reading_log.opened",
        1,
        "A court ordered the sealed log of what the defence opened to be opened.",
        (
            ("order", "the order, in words"),
            ("order_on", "its date"),
            ("rows", "how many rows were opened"),
        ),
    ),
    EntryType(
        "dispute.answered",
        1,
        "The State answered a dispute; that does not end it.",
        (
            ("case_number", "the case"),
            ("dispute", "the index of the entry of the dispute"),
            ("answer", "what was answered"),
            ("by", "who answered"),
            ("at", "when"),
        ),
    ),
    EntryType(
        "body.erased",
        1,
        "A court ordered the body of an entry erased; its leaf and every proof stay.",
        (
            ("entry", "the index of the erased entry"),
            ("order", "the order, in words"),
            ("type", "the type of the erased entry"),
            ("kept", "its numbers, dates and words of closed lists, which keep the line in place"),
            ("row_key", "the hash of its row's key, so that no import brings it back"),
            ("source", "the source of the erased entry; likewise `run`, `row` and `corrects`"),
        ),
    ),
)

TABLE_OF_TYPE: dict[str, str] = {table.entry_type: name for name, table in TABLES.items()}
"""The import table whose rows become entries of a type."""

ENTRY_TYPES: dict[str, EntryType] = {
    **{kind.name: kind for kind in (*_OFFICE_TYPES, *CUSTODY_TYPES)},
    **{
        table.entry_type: EntryType(
            table.entry_type,
            1,
            f"A row of the table `{name}` was recorded.",
            tuple((column.name, column.kind.value) for column in table.columns),
        )
        for name, table in TABLES.items()
    },
}
"""Every type of entry, by name."""
