"""What must hold for the repository as a whole."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import fullfile
from tests.repo.files import ROOT, name_of, sources, text_of, tracked

# Written in pieces, so that this file does not find itself.
HOSTS = [
    "pypi" + ".org",
    "pythonhosted" + ".org",
    "regis" + "try.npmjs.org",
    "npmjs" + ".com",
    "deb.debian" + ".org",
    "--index-" + "url http",
]
PLACES = re.compile("|".join(("/" + "work/", "/" + "farm/", "/" + "root/", "/" + "home/[a-z]+/")))
OPEN_ENDS = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3)) + r")\b")


def lines_with(pattern: re.Pattern[str], *folders: str) -> list[str]:
    found = []
    for path in tracked():
        if folders and not name_of(path).startswith(folders):
            continue
        for number, line in enumerate((text_of(path) or "").splitlines(), 1):
            if pattern.search(line):
                found.append(f"{name_of(path)}:{number}: {line.strip()[:80]}")
    return found


def test_no_file_names_the_host_of_a_registry():
    assert lines_with(re.compile("|".join(map(re.escape, HOSTS)))) == []


def test_no_file_names_a_path_of_somebodys_machine():
    assert lines_with(PLACES) == []


def test_nothing_is_left_open_in_the_code():
    assert lines_with(OPEN_ENDS, "src/", "script/", "tests/", ".ci/") == []


def test_no_module_is_called_after_nothing():
    empty = {"utils", "helpers", "common", "manager", "misc"}
    assert [name_of(path) for path in sources("src") if path.stem in empty] == []


def test_no_file_is_large():
    large = {name_of(path): path.stat().st_size for path in tracked()}
    assert {name: size for name, size in large.items() if size > 600_000} == {}


def test_no_module_is_long():
    written = [path for path in sources("src") if path.parent.name != "migrations"]
    lengths = {name_of(path): len((text_of(path) or "").splitlines()) for path in written}
    assert {name: length for name, length in lengths.items() if length > 600} == {}


def test_every_module_says_what_it_is_for():
    missing = [
        name_of(path)
        for path in sources("src", "script")
        if path.parent.name != "migrations"  # made by a tool
        and (text_of(path) or "").strip()
        and not ast.get_docstring(ast.parse(text_of(path) or ""))
    ]
    assert missing == []


def public_things(tree: ast.Module) -> list[ast.FunctionDef | ast.ClassDef]:
    found: list[ast.FunctionDef | ast.ClassDef] = []
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            found.append(node)
            if isinstance(node, ast.ClassDef):
                found += [
                    inner
                    for inner in node.body
                    if isinstance(inner, ast.FunctionDef) and not inner.name.startswith("_")
                ]
    return found


def test_every_public_function_and_class_of_core_has_a_docstring():
    missing = [
        f"{name_of(path)}:{node.lineno} {node.name}"
        for path in sources("src/fullfile/core")
        for node in public_things(ast.parse(text_of(path) or ""))
        if ast.get_docstring(node) is None
    ]
    assert missing == []


def test_every_package_has_an_init():
    folders = {path.parent for path in sources("src")}
    missing = [name_of(folder) for folder in folders if not (folder / "__init__.py").is_file()]
    assert missing == []


def test_the_versions_agree():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert fullfile.__version__ == project["version"]


def test_the_scripts_can_be_run_and_are_plain():
    scripts = [
        path for path in tracked() if name_of(path).startswith("script/") and not path.suffix
    ]
    assert {path.name for path in scripts} >= {
        *("setup", "demo", "test", "check", "fix", "docs", "lock"),
    }
    for path in (*scripts, ROOT / ".ci" / "run"):
        assert os.access(path, os.X_OK), f"{name_of(path)} has no run bit"
        first = (text_of(path) or "").splitlines()[0]
        assert first in {"#!/bin/sh", "#!/usr/bin/env bash", "#!/usr/bin/env python3"}


def test_ci_calls_the_commands_of_the_readme():
    run = (ROOT / ".ci" / "run").read_text("utf-8")
    readme = (ROOT / "README.md").read_text("utf-8")
    assert "script/check" in run
    assert "script/test" in run
    assert "$ script/test" in readme
    assert "$ script/demo" in readme


def test_the_licence_is_there():
    licence = (ROOT / "LICENSE").read_text("utf-8")
    assert "Apache License" in licence
    assert "Version 2.0" in licence


def test_the_import_contracts_are_kept():
    lint = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NO_COLOR": "1"},
    )
    assert lint.returncode == 0, lint.stdout[-3000:]
