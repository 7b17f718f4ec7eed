"""What a scan into a field means: our label, its address as a QR code gives it, or the name as it was typed.

What this does not do: it says nothing of what somebody may see; whoever asks does.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from fullfile.core.custody.labels import Kind, is_code, read_code
from fullfile.core.errors import NotFound, Refused
from fullfile.core.ids import key
from fullfile.server.queries.labels import Named, find_by_code
from fullfile.server.web.in_words import in_words

__all__ = ["code_in", "named_by", "shelf_in"]


def code_in(text: str) -> str:
    """The code of one of our labels in what was scanned (a code, or the address in its QR); empty: there is none."""
    last = text.strip().rstrip("/").rpartition("/")[2]
    return last if is_code(last) else ""


def named_by(text: str) -> Named | None:
    """What a scanned label is on; None where the text is none of our labels.

    Raises:
        NotFound: it is a label of ours, and nothing on record has it.
    """
    code = code_in(text)
    return find_by_code(code) if code else None


def shelf_in(text: str, agency: str) -> str:
    """The name of a shelf: of a scanned label, or as it was typed.

    Raises:
        ValidationError: it is the label of something else, or of another agency's shelf.
    """
    said = " ".join(text.split())
    try:
        code = code_in(said)
        if code and read_code(code).kind is not Kind.SHELF:
            raise ValidationError(
                _("That is the label of an item, not of a shelf: scan the shelf.")
            )
        named = named_by(said)
    except (NotFound, Refused) as error:
        raise ValidationError(in_words(error.words)) from error
    if named is None:
        return said
    if key(named.agency) != key(agency):
        raise ValidationError(
            _("%(shelf)s is a shelf of %(agency)s: scan one of yours.")
            % {"shelf": named.place, "agency": named.agency}
        )
    return named.place
