"""The files of an item: which there are, adding one, and one given out with its digest checked on the way.

A file is posted as `multipart/form-data`, so that its name stands in no address; it is given out as it was, and never
changed.

What this does not do: it packs no production; `productions` and `portal` hand packages out.
"""

from __future__ import annotations

import hashlib
from typing import Annotated, Any, Literal

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header
from ninja import File, Form
from ninja.files import UploadedFile
from pydantic import Field

from fullfile.core.bag.uses import USES
from fullfile.core.errors import NotFound
from fullfile.core.ids import instant_text, key
from fullfile.server.accounts.door import note
from fullfile.server.accounts.person import Person
from fullfile.server.accounts.policy import Field as Seen
from fullfile.server.accounts.policy import Right
from fullfile.server.accounts.policy import Shown as How
from fullfile.server.actions.files import add_file
from fullfile.server.queries.files import ItemFile, file_of_entry, files_of
from fullfile.server.store.files import open_file
from fullfile.server.store.item_entries import head_of_item
from fullfile.server.web.api.desk import Asking, Desk
from fullfile.server.web.api.recording import Answer, recorded
from fullfile.server.web.api.shapes import Id, Shown
from fullfile.server.web.clock import now_ms
from fullfile.server.web.reach import ItemRef, item_in_reach

__all__ = ["desk"]

desk = Desk("Files")


class FileShown(Shown):
    """A file of an item; `there`: the store has it."""

    entry: int
    name: str
    use: str
    kind: str
    media_type: str
    size: int
    sha256: str
    by: str
    recorded_at: str
    there: bool


class Files(Shown):
    """The files that one may open; `others`: so many that one may not."""

    rows: list[FileShown]
    others: int


_BYTES = {
    "responses": {200: {"content": {"application/octet-stream": {"schema": {"type": "string"}}}}}
}


@desk.reads("/items/{int:item_id}/files", Right.SEE_FILES, Files)
def list_files(request: Asking, item_id: Id) -> dict[str, Any]:
    """The files of an item, in the order in which they were added."""
    person = request.person
    item = item_in_reach(person, item_id)
    found = files_of(item.agency, item.tag)
    mine = [one for one in found if _may_open(person, item, one)]
    return {"rows": [_shown(one) for one in mine], "others": len(found) - len(mine)}


@desk.acts("/items/{int:item_id}/files", Right.ADD_FILE)
def add_file_to_item(
    request: Asking,
    item_id: Id,
    file: File[UploadedFile],
    use: Form[Annotated[Literal[USES], Field()]],  # type: ignore[valid-type]  # the words of the core
) -> Answer:
    """Add a file to an item: kept under its digest, never changed."""
    item = item_in_reach(request.person, item_id)
    digest = hashlib.sha256(f"{request.path}\n{use}\n{file.name}\n".encode())
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return recorded(
        request,
        lambda: add_file(
            agency=item.agency,
            tag=item.tag,
            name=file.name or "",
            use=use,
            chunks=file.chunks(),
            actor=request.person.name,
            now_ms=now_ms(),
        ),
        content=digest.hexdigest(),
    )


@desk.reads(
    "/items/{int:item_id}/files/{int:entry}/content",
    Right.SEE_FILES,
    None,
    openapi_extra=_BYTES,
)
def get_file(request: Asking, item_id: Id, entry: Id) -> Any:
    """The bytes of a file, as they were added; its opening is noted."""
    person = request.person
    item = item_in_reach(person, item_id)
    found = file_of_entry(entry)
    mine = key(found.agency) == key(item.agency) and key(found.tag) == key(item.tag)
    if not mine or not _may_open(person, item, found):
        raise NotFound("There is no such file of this item, or you may not open it.")
    note(request, "file", "done", account=person.account)
    answer = StreamingHttpResponse(open_file(found.sha256), content_type="application/octet-stream")
    answer["Content-Length"] = str(found.size)
    named = content_disposition_header(as_attachment=True, filename=found.name)
    answer["Content-Disposition"] = named or "attachment"
    return answer


def _may_open(person: Person, item: ItemRef, one: ItemFile) -> bool:
    own = item.own or key(one.by) == key(person.name)
    sealed = head_of_item(item.item_id).sealed and person.sees(Seen.SEALED, own=own) is not How.YES
    return not sealed and person.sees(Seen.FILES, own=own) is How.YES


def _shown(one: ItemFile) -> dict[str, Any]:
    return {
        "entry": one.entry,
        "name": one.name,
        "use": one.use,
        "kind": one.kind,
        "media_type": one.media_type,
        "size": one.size,
        "sha256": one.sha256,
        "by": one.by,
        "recorded_at": instant_text(one.recorded_ms),
        "there": one.there,
    }
