"""Writes docs/reference/match-scenarios.md from tests/spec/scenarios, or checks that it is current.

`--check` writes nothing and fails where the page differs.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reference" / "match-scenarios.md"
MADE = (
    "<!-- Made by script/spec_docs.py from tests/spec/scenarios; edit those, not this page. -->\n\n"
)


def match_scenarios() -> str:
    """The page as it should be."""
    sys.path.insert(0, str(ROOT))
    from tests.spec.render import scenarios_page

    title, rest = scenarios_page().split("\n\n", 1)
    return f"{title}\n\n{MADE}{rest.rstrip()}\n"


def main() -> int:
    """Write the page; or, with `--check`, say whether it is current."""
    text = match_scenarios()
    current = PAGE.is_file() and PAGE.read_text("utf-8") == text
    if current:
        return 0
    if "--check" in sys.argv[1:]:
        print("docs/reference/match-scenarios.md is not current; run script/spec_docs.py.")
        return 1
    PAGE.write_text(text, "utf-8")
    print("docs/reference/match-scenarios.md written.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
