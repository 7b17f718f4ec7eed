"""The words of the pages in Spanish: gathered from code and templates, and compiled.

script/messages.py gather    writes src/fullfile/server/web/locale/es/LC_MESSAGES/django.po again; needs GNU gettext
script/messages.py compile   makes django.mo beside it (script/setup does so when it changed)
script/messages.py check     says what is not translated, and what is no longer asked for
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "fullfile"
WEB = SOURCE / "server" / "web"
CATALOGUE = WEB / "locale" / "es" / "LC_MESSAGES" / "django.po"
COMPILED = CATALOGUE.with_suffix(".mo")
OTHER_NAMES = ("lazy", "L", "_now")
"""What modules of the pages call gettext beside its own names, so that nothing they say is passed over."""
SAID = ("say", "pattern", "many:1,2")
"""How lower floors say a sentence that pages say in the reader's language (`fullfile.core.said`)."""
SILENT = ("cli", "packs", "engines/counties", "engines/importers")
"""What of the source says nothing on a page."""


def gather() -> None:
    """Take up what code and templates say now; translations that are there stay."""
    if shutil.which("xgettext") is None:
        raise SystemExit(
            "script/messages.py: GNU gettext is needed to gather (Debian: apt-get install gettext)."
        )
    import os

    os.chdir(SOURCE)
    with tempfile.TemporaryDirectory() as scratch:
        from fullfile.server.settings import configure

        configure(Path(scratch), "", pages=True)
        from django.conf import settings
        from django.core.management import call_command
        from django.core.management.commands.makemessages import Command

        settings.LOCALE_PATHS = [WEB / "locale"]  # also for what `accounts` says
        Command.xgettext_options = [
            *Command.xgettext_options,
            *(f"--keyword={name}" for name in (*OTHER_NAMES, *SAID)),
        ]
        # Nothing is guessed: what lacks a translation is empty, and `check` names it.
        Command.msgmerge_options = ["-q", "--backup=none", "--no-fuzzy-matching", "--update"]
        call_command(
            "makemessages",
            locale=["es"],
            ignore_patterns=[f"{room}/*" for room in SILENT],
            no_wrap=True,
            no_location=True,
            verbosity=0,
        )


def compile_catalogue() -> bool:
    """Make the compiled catalogue where it is older than its source. Whether it was made."""
    if not CATALOGUE.exists():
        return False
    if COMPILED.exists() and COMPILED.stat().st_mtime >= CATALOGUE.stat().st_mtime:
        return False
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with CATALOGUE.open("rb") as source:
        catalogue = read_po(source, locale="es")
    with COMPILED.open("wb") as out:
        write_mo(out, catalogue)
    return True


def lacking() -> list[str]:
    """What has no translation, or one that is only guessed."""
    from babel.messages.pofile import read_po

    with CATALOGUE.open("rb") as source:
        catalogue = read_po(source, locale="es")
    return [
        str(message.id)
        for message in catalogue
        if message.id
        and (
            message.fuzzy
            or not (all(message.string) if isinstance(message.string, tuple) else message.string)
        )
    ]


def main(arguments: list[str]) -> int:
    """Run one of the three."""
    match arguments:
        case ["gather"]:
            gather()
        case ["compile"]:
            compile_catalogue()
        case ["check"]:
            missing = lacking()
            for words in missing:
                print(f"not translated: {words}")
            return int(bool(missing))
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
