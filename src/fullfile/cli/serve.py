"""`serve`: the office in a browser, with a server made for it; one command, nothing else to install.

gunicorn with threads in one or more processes; built files come from the package. Without TLS in front it answers
on loopback only: whoever lets others in puts a reverse proxy with TLS before it (docs/how-to/serve.md).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fullfile.cli.clock import ByOption, now_ms, person
from fullfile.cli.console import Office, note, office_of, say
from fullfile.cli.explain import explain
from fullfile.core.errors import Refused, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["add_to", "serve_demonstration"]

_LOOPBACK = ("127.0.0.1", "::1", "localhost")


def add_to(app: typer.Typer) -> None:
    """Put the command on the command line."""
    app.command(
        "serve",
        help=explain(
            "Open the office in a browser.",
            "The first time it prints a one-time link with which the first administrator sets a password. Without "
            "TLS in front (--behind-tls) it answers on this machine only. Long work runs beside it as jobs. "
            "Stop it with Ctrl-C: nothing is lost. Exit status: 0 stopped, 2 could not be started.",
            examples=(
                "fullfile serve",
                "fullfile --home /srv/office serve --port 8443 --behind-tls",
            ),
        ),
    )(_serve)


def _serve(
    context: typer.Context,
    host: Annotated[str, typer.Option("--host", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", min=0, max=65_535, help="The port; 0: any that is free.")
    ] = 8000,
    processes: Annotated[
        int, typer.Option("--processes", min=1, max=64, help="How many processes answer.")
    ] = 2,
    threads: Annotated[
        int, typer.Option("--threads", min=1, max=64, help="How many at once in each.")
    ] = 8,
    behind_tls: Annotated[  # noqa: FBT002 - a flag of the command line
        bool,
        typer.Option(
            "--behind-tls",
            help="A reverse proxy with TLS stands in front; cookies then ask for TLS.",
        ),
    ] = False,
    administrator: Annotated[
        str,
        typer.Option(
            "--administrator",
            metavar="NAME",
            help="The name that the first administrator signs in with.",
        ),
    ] = "administrator",
    by: ByOption = None,
) -> None:
    if not behind_tls and host not in _LOOPBACK:
        raise Refused(
            f"Without TLS the office answers on this machine only, and {host} can be reached from others: put a "
            "reverse proxy with TLS in front and say --behind-tls, or leave --host out."
        )
    os.environ["FULLFILE_TLS"] = "on" if behind_tls else "off"
    office = office_of(context)
    _open(office)
    from fullfile.server.actions.serving import prepare_pages

    prepare_pages()
    invited = _invite_first(administrator, person(by))

    def tell(address: str) -> None:
        say(f"The office is open at {address}\n")
        if invited:
            say(
                f"First administrator: open {address}welcome/{invited}/ once, within five days, and choose a password. "
                f"You sign in as “{administrator}”.\n"
            )
        note("Stop it with Ctrl-C.")

    run(host, port, processes, threads, tell)


def serve_demonstration(home: Path) -> None:
    """The worked example's office in a browser, on this machine only, without passwords."""
    from django.conf import settings

    settings.FULLFILE_DEMONSTRATION = True

    def tell(address: str) -> None:
        say(
            f"The demonstration is open at {address} (this machine only; home {home}).\n"
            "Choose who you want to be. Where to look:\n"
            "  K. Ortiz, prosecutor: Cases, then State of New Mexico v. Baldwin; show July 10, 2024\n"
            "  D. Marsh, investigator: Review, the suggestion for the rounds\n"
            "  R. Lane, custodian: Book an item, Inventories\n"
            "  E. Noor, defence counsel: My clients\n"
        )
        note("Stop it with Ctrl-C.")

    run("127.0.0.1", int(os.environ.get("FULLFILE_PORT", "0")), 1, 8, tell)


def run(host: str, port: int, processes: int, threads: int, tell: Callable[[str], None]) -> None:
    """Serve until somebody stops it.

    Raises:
        Unavailable: the address is taken or not this machine's.
    """
    from django.core.wsgi import get_wsgi_application
    from django.db import connections
    from gunicorn import sock as _sock  # noqa: F401 - fails here, not in a worker, where it is missing
    from gunicorn.app.base import BaseApplication

    from fullfile.server.jobs import WorkerBeside

    application = get_wsgi_application()
    connections.close_all()  # every process opens its own
    beside = WorkerBeside()

    def ready(arbiter: Any) -> None:
        beside.start()
        tell(_address(arbiter))

    class Server(BaseApplication):  # type: ignore[misc]  # the library has no types
        def load_config(self) -> None:
            settings: dict[str, Any] = {
                "bind": f"{f'[{host}]' if ':' in host else host}:{port}",
                "workers": processes,
                "threads": threads,
                "worker_class": "gthread",
                "accesslog": None,
                "errorlog": "-",
                "loglevel": "warning",
                "timeout": 120,
                "graceful_timeout": 20,
                "max_requests": 20_000,
                "max_requests_jitter": 2_000,
                "limit_request_line": 4_094,
                "limit_request_field_size": 8_190,
                "forwarded_allow_ips": "127.0.0.1,::1",
                "worker_tmp_dir": "/dev/shm" if Path("/dev/shm").is_dir() else None,  # noqa: S108 - heartbeats only
                "when_ready": ready,
                "post_worker_init": _begin_process,
                "on_exit": lambda _arbiter: beside.stop(),
            }
            for name, value in settings.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            return application

    try:
        Server().run()
    except SystemExit as error:
        if error.code not in (0, None):
            raise Unavailable(
                f"The office cannot listen on {host} port {port}: choose another with --port, 0 for any that is free."
            ) from error


def _begin_process(_worker: Any) -> None:
    """Before the first visitor of a process comes."""
    from django.urls import get_resolver

    # Every page is imported now; after the processes part, since what the pages import (DuckDB, Arrow) does not
    # outlive a fork.
    _ = get_resolver().url_patterns
    # While one thread works out the board of a large case, the others wait for their turn after each query: a
    # fifth of the usual time.
    sys.setswitchinterval(0.001)


def _address(arbiter: Any) -> str:
    """Where the server really listens."""
    name = arbiter.LISTENERS[0].sock.getsockname()
    host = f"[{name[0]}]" if ":" in str(name[0]) else name[0]
    return f"http://{host}:{name[1]}/"


def _open(office: Office) -> None:
    from fullfile.cli.office import open_home

    open_home(office, pages=True)


def _invite_first(account: str, by: str) -> str:
    """The secret of a one-time link where the office has no administrator who could sign in yet."""
    from fullfile.server.accounts.models import Account
    from fullfile.server.accounts.policy import Role
    from fullfile.server.actions.granting import invite_first_administrator
    from fullfile.server.actions.invitations import invite
    from fullfile.server.store.grants import list_grants

    admins = [one for one in list_grants() if one.role == Role.ADMINISTRATOR and not one.ended]
    if not admins:
        name = by if by.strip() else account
        return invite_first_administrator(account, name, actor=by, now_ms=now_ms()).secret
    known = {
        one.username: one
        for one in Account.objects.filter(username__in=[one.account for one in admins])
    }
    if any(one.has_usable_password() for one in known.values()) or len(admins) > 1:
        return ""
    return invite(
        admins[0].account, reason="The first link was not used.", actor=by, now_ms=now_ms()
    ).secret
