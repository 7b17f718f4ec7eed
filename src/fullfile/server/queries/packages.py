"""The package of a production for one defendant: what goes into it as of the closing, and its bytes.

It is made from the record each time, and is the same each time: the record as of the closing, the files under their
digests, the office's signature over the manifest and the checkpoint of the record that has the closing. What of it the closing recorded (the digest of the manifest) is compared before a byte is given out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from fullfile.core.bag.plan import NOTE_PATH, Packed, PackedFile, PackedItem, Plan, Seal, plan_of
from fullfile.core.bag.uses import goes_with
from fullfile.core.disclosure.productions import Production
from fullfile.core.errors import NotFound, Refused
from fullfile.core.ids import key
from fullfile.core.matching import World
from fullfile.core.said import say
from fullfile.core.tlog import PACKAGE, Checkpoint, Statement, sign_statement
from fullfile.engines.bagit import zip_chunks
from fullfile.server.queries.asked import Asked, asked, root_of
from fullfile.server.queries.files import files_of_items
from fullfile.server.queries.productions import production_of_entry
from fullfile.server.queries.worlds import clock_ms, world_of
from fullfile.server.store import checkpoints
from fullfile.server.store.case_entries import entries_for_case
from fullfile.server.store.files import has_file, open_file
from fullfile.server.store.load import entries, find_cases

__all__ = ["Package", "package_of", "plan_for"]


@dataclass(frozen=True, slots=True)
class Package:
    """A package that can be given out.

    Attributes:
        name: of the zip.
        files, size: of the payload: how many, how many bytes.
        manifest: the SHA-256 of its manifest, as the closing recorded it.
        lacking: digests of files that the store does not have now: while there is one, it cannot be given out.
        plan: what is in it.
    """

    name: str
    files: int
    size: int
    manifest: str
    lacking: tuple[str, ...]
    plan: Plan

    @property
    def note(self) -> bytes:
        """The signature: a signed note over its name, its manifest and the record as of the closing."""
        return dict(self.plan.made)[NOTE_PATH]

    def chunks(self) -> Iterator[bytes]:
        """Its bytes; each file is checked on the way.

        Raises:
            NotFound: the store lacks a file.
            RecordDamaged: a file is not what was stored.
        """
        if self.lacking:
            raise NotFound(
                say(
                    "{n} of the files of {name} are not in the store: bring them back from a backup.",
                    n=len(self.lacking),
                    name=self.name,
                )
            )
        return zip_chunks(self.plan, open_file)


def package_of(production: int, defendant: str) -> Package:
    """The package of a closed production for a defendant.

    Args:
        production: the entry that drafted it.
        defendant: the key of the defendant in the case.

    Raises:
        NotFound: no such production, or not for this defendant.
        Refused: it is a draft; or words in it were erased by order since it was closed.
    """
    here = production_of_entry(production)
    if defendant not in here.defendants:
        raise NotFound(say("{name} is not for this defendant.", name=here.name))
    if here.closed is None:
        raise Refused(
            say("{name} is not closed: it has no package yet.", name=here.name), code="not_closed"
        )
    question = replace(asked(None, None, clock_ms(None)), size=here.closed)
    case_id = find_cases([here.case_number])[key(here.case_number)]
    world = world_of(question, entries(entries_for_case(case_id, here.closed)))
    plan = plan_for(question, world, here, defendant, _seal(here.closed + 1))
    recorded = here.package.get("manifests", {}).get(defendant)
    if recorded is not None and recorded != plan.manifest:
        raise Refused(
            say(
                "{name} cannot be made again as it was closed: words in it were erased by order since. "
                "What was served stays with those who have it.",
                name=here.name,
            ),
            code="erased_since",
        )
    lacking = tuple(sha256 for _, sha256, _ in plan.stored if not has_file(sha256))
    return Package(
        f"{plan.name}.zip", len(plan.stored) + 2, plan.bytes, plan.manifest, lacking, plan
    )


def _seal(size: int) -> Seal:
    """The office's signature, with the record as it was when the production had been closed."""
    key = checkpoints.read_key()
    checkpoint = Checkpoint(key.name, size, root_of(size))

    def sign(name: str, manifest: str) -> bytes:
        return sign_statement(Statement(PACKAGE, name, manifest, checkpoint), key)

    return Seal(sign, checkpoints.verifier().vkey)


def plan_for(
    question: Asked,
    world: World,
    production: Production,
    defendant: str,
    seal: Seal | None = None,
) -> Plan:
    """The plan of a production for a defendant, from the record as of a question's size."""
    lines = production.lines_to(defendant)
    files = files_of_items([line.item for line in lines], question.size)
    items = []
    for line in lines:
        listed = world.facts.of_item("items", line.item)
        items.append(
            PackedItem(
                line.agency,
                line.tag,
                listed[0].text("description") if listed else "",
                listed[0].text("kind") if listed else "",
                line.extent,
                line.what,
                tuple(
                    PackedFile(one.sha256, one.name, one.size)
                    for one in files.get(line.item, ())
                    if goes_with(one.use, line.extent)
                ),
            )
        )
    name = production.defendants[defendant]
    withheld = [
        {"announced_at": one["announced_at"], "words": one.get("announced_as", "")}
        for one in production.withheld
        if one["to"] == defendant and one.get("announced_at") and not one.get("sealed")
    ]
    about: dict[str, Any] = {
        "office": question.office.name,
        "case_number": production.case_number,
        "production": production.number,
        "defendant": name,
        "closed_at": production.closed_at,
        "items": [
            {
                "number": number,
                "agency": item.agency,
                "tag": item.tag,
                "description": item.description,
                "extent": item.extent,
                "what": item.what,
                "files": [
                    {"name": file.name, "bytes": file.size, "sha256": file.sha256}
                    for file in item.files
                ],
            }
            for number, item in enumerate(items, 1)
        ],
        "withheld": withheld,
        "record": {"origin": question.office.origin, "size": question.size},
    }
    return plan_of(
        Packed(
            f"production-{production.number}",
            about,
            (
                ("Source-Organization", question.office.name),
                (
                    "External-Identifier",
                    f"{production.case_number}, production {production.number}",
                ),
                ("External-Description", f"Production {production.number} for {name}"),
                ("Bagging-Date", production.closed_at[:10]),
            ),
            items,
        ),
        seal,
    )
