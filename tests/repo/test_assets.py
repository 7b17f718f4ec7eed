"""What the pages load: built, whole, readable, light, from nowhere else, and in the wheel."""

from __future__ import annotations

import gzip
import importlib.util
import json
import re
import tomllib
from functools import cache
from xml.etree import ElementTree as ET

import pytest

from fullfile.core.matching.line import State
from tests.repo.files import ROOT, tracked

BUILT = ROOT / "src" / "fullfile" / "server" / "web" / "static" / "fullfile"
LOCK = ROOT / "assets" / "package-lock.json"
INK = "#1b1b1b"

# The icon beside the word of each state.
STATE_ICONS = {
    "missing": "report",
    "destroyed_under_hold": "delete",
    "gone": "remove_circle",
    "set_aside": "folder_open",
    "unfiled": "link_off",
    "withheld_without_order": "lock_open",
    "withheld": "lock",
    "post_conviction": "flag",
    "overdue": "alarm",
    "partial": "file_present",
    "late": "history",
    "pending": "schedule",
    "unacknowledged": "mail_outline",
    "full": "check",
    "orphan": "help",
    "unbooked": "comment",
    "unanswered": "hearing",
    "no_defendant": "people",
    "barred_count": "do_not_disturb",
}
# Those of items, answers, suggestions, determinations, papers, holds, standing and rules.
OTHER_ICONS = [
    "home",
    "logout",
    "science",
    "person",
    "delete",
    "report",
    "hearing",
    "check",
    "remove",
    "more_horiz",
    "loop",
    "help",
    "close",
    "forum",
    "visibility",
    "verified",
    "edit",
    "lock",
    "send",
    "history",
    "push_pin",
    "schedule",
    "do_not_disturb",
    "event",
    "info_outline",
    "warning",
    "visibility_off",
]
MARKS = ["mark-done", "mark-part", "mark-open", "mark-apart", "mark-stop"]


PRINT = re.compile(r"@media print\{((?:[^{}]+\{[^{}]*\})*)\}")


def built(name: str) -> str:
    return (BUILT / name).read_text("utf-8")


def builder():
    spec = importlib.util.spec_from_file_location("assets", ROOT / "script" / "assets.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def rules() -> list[tuple[list[str], dict[str, str]]]:
    """The rules of the stylesheet for screens: selectors and declarations."""
    found = []
    for block in re.findall(r"([^{}]+)\{([^{}]*)\}", PRINT.sub("", built("office.css"))):
        pairs = (one.split(":", 1) for one in block[1].split(";") if ":" in one)
        found.append((block[0].split(","), {name.strip(): value for name, value in pairs}))
    return found


def style_of(selector: str) -> dict[str, str]:
    return {
        name: value
        for selectors, declared in rules()
        if selector in selectors
        for name, value in declared.items()
    }


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    named = {"white": "#ffffff", "black": "#000000", "rgba(0,0,0,0)": "#ffffff"}
    digits = named.get(colour.replace(" ", "").replace("transparent", "white"), colour).lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_arithmetic_of_contrast_is_that_of_the_standard():
    assert contrast("#fff", "#000") == pytest.approx(21)
    assert contrast("#777777", "white") == pytest.approx(4.48, abs=0.005)


def test_what_was_built_is_current():
    assets = builder()
    assert assets.is_current(assets.digest(assets.sources())), "run script/assets.py"


def test_a_changed_or_lost_file_is_noticed(tmp_path, monkeypatch):
    assets = builder()
    wanted = assets.digest(assets.sources())
    assert not assets.is_current(wanted + "0")
    for name in json.loads(built("built.json"))["files"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((BUILT / name).read_bytes())
    (tmp_path / "built.json").write_text(built("built.json"), "utf-8")
    monkeypatch.setattr(assets, "BUILT", tmp_path)
    assert assets.is_current(wanted)
    (tmp_path / "office.js").unlink()
    assert not assets.is_current(wanted)


def test_without_node_a_sentence_says_what_to_do(monkeypatch, tmp_path):
    assets = builder()
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(assets, "packaged_node", lambda: None)
    monkeypatch.setattr(assets, "NODE_LOCK", tmp_path / "absent.lock")
    with pytest.raises(assets.CannotBuild, match=r"Node 20 or newer.*Install Node"):
        assets.node_and_npm()


def test_a_node_that_is_too_old_is_not_taken(monkeypatch, tmp_path):
    assets = builder()
    for name in ("node", "npm"):
        (tmp_path / name).write_text("#!/bin/sh\necho v18.20.0\n", "utf-8")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(assets, "packaged_node", lambda: None)
    monkeypatch.setattr(assets, "NODE_LOCK", tmp_path / "absent.lock")
    with pytest.raises(assets.CannotBuild, match="the PATH has Node 18"):
        assets.node_and_npm()


@pytest.mark.parametrize(
    ("name", "limit"),
    # Compressed, in bytes: what a telephone in a property room has to fetch before it shows a page.
    [("office.css", 22_000), ("office.js", 4_000), ("htmx.js", 16_000), ("icons.svg", 9_000)],
)
def test_what_every_page_loads_is_light(name, limit):
    assert len(gzip.compress((BUILT / name).read_bytes())) < limit


def test_every_state_has_its_icon_and_every_icon_is_in_the_sprite():
    assert set(STATE_ICONS) == {state.value for state in State}
    wanted = {*STATE_ICONS.values(), *OTHER_ICONS, *MARKS}
    sprite = ET.fromstring(built("icons.svg"))
    symbols = {symbol.get("id"): symbol for symbol in sprite}
    assert wanted - set(symbols) == set()
    assert [name for name, symbol in symbols.items() if not symbol.get("viewBox")] == []
    assert [name for name, symbol in symbols.items() if len(symbol) == 0] == []


def test_the_marks_of_the_board_differ_in_shape():
    sprite = {symbol.get("id"): symbol for symbol in ET.fromstring(built("icons.svg"))}
    shapes = {ET.tostring(part) for name in MARKS for part in list(sprite[name])[:1]}
    assert len(shapes) == len(MARKS)


FAMILIES = ["gone", "stops", "behind", "apart", "in-hand"]


@pytest.mark.parametrize("family", FAMILIES)
def test_a_tag_is_ink_on_its_tint_and_its_border_and_icon_can_be_seen(family):
    tag = style_of(".ff-tag") | style_of(f".ff-tag--{family}")
    icon = style_of(f".ff-tag--{family} .usa-icon")
    assert tag["color"] == INK
    assert contrast(tag["color"], tag["background-color"]) >= 4.5
    assert contrast(tag["border-color"], "#fff") >= 3  # the border on the page
    assert contrast(icon["color"], tag["background-color"]) >= 3


def test_a_full_tag_is_quiet():
    tag = style_of(".ff-tag") | style_of(".ff-tag--full")
    assert tag["color"] == INK
    assert tag["background-color"] == tag["border-color"] == "rgba(0,0,0,0)"
    assert contrast(style_of(".ff-tag--full .usa-icon")["color"], "#fff") >= 3


def test_the_families_differ_without_colour():
    weight = {name: style_of(f".ff-tag--{name}").get("font-weight") for name in FAMILIES}
    width = {name: style_of(f".ff-tag--{name}").get("border-width") for name in FAMILIES}
    assert [name for name in FAMILIES if weight[name] == "700"] == ["gone", "stops", "behind"]
    assert [name for name in FAMILIES if width[name] == "2px"] == ["gone"]


@pytest.mark.parametrize("bar", [".ff-day-bar", ".ff-damage-bar"])
def test_the_bars_on_top_can_be_read(bar):
    look = style_of(".ff-day-bar") | style_of(bar)
    both = next(
        d for s, d in rules() if set(s) == {".ff-day-bar", ".ff-damage-bar"} and "color" in d
    )
    assert contrast(both["color"], look["background"]) >= 4.5


def test_quiet_words_can_be_read():
    assert contrast(style_of(".ff-quiet")["color"], "#fff") >= 4.5


def test_paper_loses_buttons_and_keeps_header_rows():
    printed = "".join(PRINT.findall(built("office.css")))
    assert re.search(r"\.usa-button[^{}]*\{display:none\}", printed)
    assert "thead{display:table-header-group}" in printed
    assert re.search(r"(^|\})tr,[^{}]*\{break-inside:avoid\}", printed)


def test_every_class_that_the_head_of_the_stylesheet_names_is_there():
    head = (ROOT / "assets" / "styles" / "office.scss").read_text("utf-8").split("@use")[0]
    named = set(re.findall(r"(?<![\w#(-])ff-[a-z]+(?:-[a-z]+)*(?:__[a-z]+)?(?:--[a-z-]+)?", head))
    named -= {"ff-tag", "ff-diagonal", "ff-upright", "ff-dots"}  # patterns are ids, not classes
    css = built("office.css")
    absent = {one for one in named if not re.search(rf"\.{re.escape(one)}(?![\w-])", css)}
    assert absent == set()


def test_every_class_of_ours_in_a_template_has_a_rule():
    """A class without a rule is a slip of the pen, or a rule that was forgotten in assets/styles."""
    known = set(re.findall(r"\.(ff-[\w-]+)", built("office.css")))
    absent = {}
    for page in (BUILT.parents[1] / "templates").rglob("*.html"):
        for text in re.findall(r'class="([^"]*)"', page.read_text("utf-8")):
            fixed = re.sub(r"[\w-]*\{\{.*?\}\}[\w-]*", " ", text)  # a name that is put together
            # A name of which a part is chosen ("ff-step--{% if … %}") is put together, too.
            fixed = re.sub(r"[\w-]+-\{%.*?%\}|[\w-]+\{%.*$", " ", fixed)
            for name in re.sub(r"\{%.*?%\}", " ", fixed).split():
                if name.startswith("ff-") and name not in known:
                    absent[name] = page.name
    assert absent == {}


def test_every_file_that_the_stylesheet_names_is_there():
    named = set(re.findall(r'url\("?([^")]+)"?\)', built("office.css"))) - {""}
    named = {name for name in named if not name.startswith("#")}  # a part of the page itself
    assert named
    assert {name for name in named if not (BUILT / name).is_file()} == set()


def test_nothing_comes_from_elsewhere():
    """No address but those of namespaces and schemas, which name a thing and are never fetched."""
    names = re.compile(
        r"https?://(www\.w3\.org/|vega\.github\.io/schema/|github\.com/vega/vega-lite/issues/\d+)"
    )
    for path in BUILT.rglob("*"):
        if path.suffix in {".css", ".js", ".svg"}:
            text = path.read_text("utf-8")
            found = re.findall(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}/[^\s\"'`)]*", text)
            assert [one for one in found if not names.match(one)] == [], path.name
            assert "sourceMappingURL" not in text, path.name
            assert not path.with_name(path.name + ".map").exists()


def test_no_script_makes_code_out_of_text():
    """The policy of the pages has no `unsafe-eval`; the pictures interpret their expressions."""
    call = re.compile(r"(?<![\w.$])eval\([^)]*\)(?!\{)")  # and no method of that name
    assert [
        name for name in ("office.js", "charts.js", "htmx.js") if call.search(built(name))
    ] == []
    source = (ROOT / "assets" / "scripts" / "charts.js").read_text("utf-8")
    assert "{ ast: true }" in source
    assert "expr: expressionInterpreter" in source


def test_the_notices_name_every_package_and_its_licence():
    notices = built("NOTICES.txt")
    for name in ("@uswds/uswds", "htmx.org", "vega", "vega-lite", "vega-interpreter", "d3-scale"):
        assert re.search(rf"^{re.escape(name)} \d+\.\d+", notices, re.MULTILINE), name
    assert "SIL Open Font License" in notices  # the fonts
    assert "Redistribution and use in source and binary forms" in notices
    assert not re.search(r"GNU (AFFERO |LESSER )?GENERAL PUBLIC", notices, re.IGNORECASE)


def test_the_npm_lock_is_whole_and_names_no_place_to_fetch_from():
    packages = json.loads(LOCK.read_text("utf-8"))["packages"]
    assert [name for name, one in packages.items() if "resolved" in one] == []
    assert [name for name, one in packages.items() if name and "integrity" not in one] == []
    wanted = json.loads((ROOT / "assets" / "package.json").read_text("utf-8"))["devDependencies"]
    assert packages[""]["devDependencies"] == wanted
    assert [name for name in wanted if f"node_modules/{name}" not in packages] == []
    rc = (ROOT / "assets" / ".npmrc").read_text("utf-8")
    assert "omit-lockfile-registry-resolved=true" in rc
    assert "ignore-scripts=true" in rc
    assert "://" not in rc


def test_no_package_of_the_build_is_under_a_licence_that_binds_the_office():
    packages = json.loads(LOCK.read_text("utf-8"))["packages"]
    licences = {one.get("license", "") for name, one in packages.items() if name}
    assert [one for one in licences if re.search(r"\b[AL]?GPL", one)] == []


def test_the_wheel_takes_what_was_built_and_git_does_not():
    hatch = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]
    place = BUILT.relative_to(ROOT).as_posix()
    assert place in hatch["artifacts"]
    assert (ROOT / hatch["hooks"]["custom"]["path"]).is_file()
    assert [path for path in tracked() if path.is_relative_to(BUILT)] == []
    assert [path for path in tracked() if "node_modules" in path.parts] == []
