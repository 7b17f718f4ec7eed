"""Jobs: asked for once, done once, told about, stopped, begun anew after a worker was killed.

The office is the demonstration's, with its real actions; workers that are killed are real processes.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connections

from fullfile.core.errors import NotFound, Refused, Unavailable
from fullfile.server.settings import configure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from fullfile.server.jobs.work import Work


@pytest.fixture(scope="session")
def example_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home that `fullfile demo` makes."""
    from fullfile.cli.demo import find_example, load_demonstration

    home = tmp_path_factory.mktemp("jobs") / "home"
    load_demonstration(home, find_example())
    connections.close_all()
    return home


@pytest.fixture
def home(example_home: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of it."""
    home = tmp_path / "home"
    shutil.copytree(example_home, home)
    configure(home, "")
    yield home
    connections.close_all()


def _kind(monkeypatch: pytest.MonkeyPatch, run: object, gave_up: object = None) -> None:
    from fullfile.server.jobs import kinds

    made = kinds.Kind(run, gave_up or (lambda _: None))  # type: ignore[arg-type]
    monkeypatch.setitem(kinds.KINDS, "tried", made)  # type: ignore[arg-type]


def test_a_job_is_done_and_says_what_came_of_it(home: Path) -> None:
    from fullfile.server.jobs import work_off
    from fullfile.server.store.load import current_size
    from fullfile.server.store.search_index import lag
    from fullfile.server.waiting.asking import ask_job, read_job

    job = ask_job("search", by="K. Poe", account="k.poe")
    assert read_job(job).state == "waiting"
    assert work_off() == [job]
    found = read_job(job)
    assert (found.state, found.tries, found.ended) == ("done", 1, True)
    assert found.result["entries"] >= 0
    assert lag(current_size()) == 0
    assert not list((home / "jobs").glob("*")), "the files of a job that ended are gone"


def test_people_come_before_the_clock(home: Path) -> None:
    from fullfile.server.jobs import work_off
    from fullfile.server.waiting.asking import ask_job

    clock = ask_job("search", by="Fullfile")
    person = ask_job("boards", by="K. Poe", account="k.poe")
    assert work_off() == [person, clock]


def test_the_night_is_asked_for_once(home: Path) -> None:
    from fullfile.server.jobs.schedule import NIGHTLY, ask_due
    from fullfile.server.waiting.asking import list_jobs

    # 02:30 in Denver on January 6; 01:30 still belongs to the night before.
    night = datetime(2027, 1, 6, 9, 30, tzinfo=UTC)
    first = ask_due(night)
    assert ask_due(night + timedelta(minutes=7))[: len(NIGHTLY)] == first[: len(NIGHTLY)]
    found, _total = list_jobs(limit=100)
    assert {one.kind for one in found} >= set(NIGHTLY)
    before = ask_due(night - timedelta(hours=1))
    assert not set(before[: len(NIGHTLY)]) & set(first[: len(NIGHTLY)])


def test_a_night_before_the_office_began_is_not_caught_up(home: Path) -> None:
    from fullfile.server.jobs.schedule import NIGHTLY, ask_due
    from fullfile.server.store.reading import recorded_ms_of
    from fullfile.server.waiting.asking import list_jobs

    ask_due(datetime.fromtimestamp(recorded_ms_of(0) / 1000, UTC) + timedelta(minutes=1))
    assert not {one.kind for one in list_jobs()[0]} & {*NIGHTLY} - {"search", "boards"}


def test_the_whole_night_runs(home: Path) -> None:
    from fullfile.server.jobs import work_off
    from fullfile.server.jobs.schedule import NIGHTLY, ask_due
    from fullfile.server.store.last_check import find_check
    from fullfile.server.waiting.asking import read_job

    asked = ask_due(datetime(2027, 1, 6, 9, 30, tzinfo=UTC))[: len(NIGHTLY)]
    work_off()
    assert [(read_job(one).kind, read_job(one).state, read_job(one).error) for one in asked] == [
        (kind, "done", "") for kind in NIGHTLY
    ]
    check = find_check()
    assert check is not None
    assert check.right


def test_what_may_pass_is_tried_again_later(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from fullfile.server.jobs import work_off
    from fullfile.server.waiting.asking import ask_job, read_job
    from fullfile.server.waiting.models import Job
    from fullfile.server.waiting.taking import MOST_TRIES

    given_up: list[int] = []

    def run(work: Work) -> Mapping[str, int]:
        raise Unavailable("The network is out of reach.")

    _kind(monkeypatch, run, lambda work: given_up.append(work.job))
    job = ask_job("tried", by="Fullfile")
    waits = []
    for _ in range(MOST_TRIES):
        before = datetime.now(UTC)
        assert work_off() == [job]
        assert work_off() == [], "not before its time"
        waits.append((read_job(job).run_at - before).total_seconds())
        Job.objects.filter(pk=job).update(run_at=datetime.now(UTC))
    assert waits[1] > waits[0] * 3
    found = read_job(job)
    assert found.state == "failed"
    assert "The network is out of reach." in found.error
    assert "5 times" in found.error
    assert given_up == [job]


def test_a_refusal_is_not_tried_again_and_gives_every_reason(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fullfile.core.errors import Reason
    from fullfile.server.jobs import work_off
    from fullfile.server.waiting.asking import ask_job, read_job

    def run(work: Work) -> Mapping[str, int]:
        raise Refused([Reason("a", "The first reason."), Reason("b", "The second.")])

    _kind(monkeypatch, run)
    job = ask_job("tried", by="K. Poe", account="k.poe")
    work_off()
    assert read_job(job).state == "failed"
    assert read_job(job).error == "The first reason.\nThe second."


def test_an_error_nobody_thought_of_ends_one_job_and_not_the_worker(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fullfile.server.jobs import work_off
    from fullfile.server.waiting.asking import ask_job, read_job

    def run(work: Work) -> Mapping[str, int]:
        raise ValueError("secret of a case")

    _kind(monkeypatch, run)
    bad, good = ask_job("tried", by="K. Poe"), ask_job("search", by="K. Poe")
    assert work_off() == [bad, good]
    assert read_job(bad).state == "failed"
    assert "secret" not in read_job(bad).error
    assert read_job(good).state == "done"
    unknown = ask_job("what_is_that", by="K. Poe")
    work_off()
    assert "No work is called" in read_job(unknown).error


def test_stopping_undoes_what_was_begun(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from fullfile.server.jobs import work_off
    from fullfile.server.waiting.asking import ask_job, read_job, stop_job

    steps: list[int] = []

    def run(work: Work) -> Mapping[str, int]:
        for number in range(5):
            steps.append(number)
            if number == 2:
                assert stop_job(work.job).stopping
            work.tell(number, 5, f"step {number}")
        return {}

    _kind(monkeypatch, run)
    job = ask_job("tried", by="K. Poe")
    work_off()
    assert steps == [0, 1, 2]
    assert read_job(job).state == "stopped"
    with pytest.raises(Refused, match="has ended already"):
        stop_job(job)
    waiting = ask_job("tried", by="K. Poe")
    assert stop_job(waiting).state == "stopped"
    assert work_off() == []
    with pytest.raises(NotFound):
        read_job(10_000)


def test_a_running_job_tells_how_far_it_is(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from fullfile.server.jobs import work_off
    from fullfile.server.waiting.asking import ask_job, read_job

    seen = []

    def run(work: Work) -> Mapping[str, int]:
        work.tell(250, 1_000, "taking the rows in")
        seen.append(read_job(work.job))
        return {}

    _kind(monkeypatch, run)
    ask_job("tried", by="K. Poe")
    work_off()
    (one,) = seen
    assert (one.state, one.done, one.total, one.percent) == ("running", 250, 1_000, 25)
    assert one.doing == "taking the rows in"


def _import_job(home: Path, rows: int) -> tuple[int, int]:
    """A file that was checked and is to be committed: its number, and its job."""
    from fullfile.server.actions.imports.receiving import ask_commit, choose_columns, receive
    from fullfile.server.jobs import work_off

    lines = ["agency,tag,description,booked_at"]
    lines += [f"Doe County Sheriff,J-{n:06},Glove {n},2024-03-06" for n in range(rows)]
    one = receive(
        "room.csv", [("\n".join(lines) + "\n").encode()], source="room", table="items",
        account="s.roe", actor="S. Roe",
    )  # fmt: skip
    columns = {name: name for name in lines[0].split(",")}
    choose_columns(one.arrival, columns, dates="iso", complete=False, account="s.roe", by="S. Roe")
    work_off()
    job = ask_commit(one.arrival, leave_out=0, account="s.roe", by="S. Roe").commit_job
    assert job is not None
    return one.arrival, job


def test_a_killed_worker_leaves_no_half_import_and_the_next_one_does_all_of_it(home: Path) -> None:
    from fullfile.server.jobs import work_off
    from fullfile.server.store.load import current_size
    from fullfile.server.store.log_rows import entries_of_type
    from fullfile.server.waiting.arrivals import read_arrival
    from fullfile.server.waiting.asking import read_job

    rows = 30_000
    arrival, job = _import_job(home, rows)
    before = current_size()
    connections.close_all()
    worker = subprocess.Popen(
        [sys.executable, "-m", "fullfile", "--home", str(home), "jobs"],
        env=os.environ | {"DATABASE_URL": ""},
        stderr=subprocess.DEVNULL,
    )
    try:
        end = time.monotonic() + 120
        while time.monotonic() < end:
            found = read_job(job)
            if found.state == "running" and found.done > 0:
                break
            assert not found.ended, "it was too quick to be killed"
            time.sleep(0.02)
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    assert current_size() == before, "nothing was recorded in part"
    assert read_job(job).state == "running"
    assert job in work_off()
    found = read_job(job)
    assert (found.state, found.tries) == ("done", 2)
    one = read_arrival(arrival)
    assert one.state == "done"
    assert (one.first_entry or 0, one.last_entry or 0) >= (before, before + rows)
    assert (one.last_entry or 0) - (one.first_entry or 0) == rows, "its run, and each row once"
    runs, _total = entries_of_type(
        "import.started", before, current_size(), limit=9, offset=0, most=9
    )
    assert runs == [one.first_entry]


def test_a_worker_killed_after_the_commit_records_nothing_twice(home: Path) -> None:
    from fullfile.server.jobs import work_off
    from fullfile.server.store.load import current_size
    from fullfile.server.waiting.arrivals import file_of, read_arrival
    from fullfile.server.waiting.asking import read_job
    from fullfile.server.waiting.models import Arrival, Job

    arrival, job = _import_job(home, 20)
    file = file_of(read_arrival(arrival))
    content = file.read_bytes()
    work_off()
    size = current_size()
    # As it would stand had the worker been killed between the commit and saying so.
    file.write_bytes(content)
    Arrival.objects.filter(pk=arrival).update(state="commit", first_entry=None, last_entry=None)
    Job.objects.filter(pk=job).update(
        state="running", worker="elsewhere:1:x", started_at=datetime(2020, 1, 1, tzinfo=UTC)
    )
    assert job in work_off()
    assert current_size() == size
    again = read_arrival(arrival)
    assert again.state == "done"
    assert again.first_entry is not None
    assert read_job(job).result["again"] is True


def test_a_job_that_is_lost_again_and_again_is_given_up(home: Path) -> None:
    from fullfile.server.jobs import work_off
    from fullfile.server.waiting.arrivals import read_arrival
    from fullfile.server.waiting.asking import read_job
    from fullfile.server.waiting.models import Job
    from fullfile.server.waiting.taking import MOST_TRIES

    arrival, job = _import_job(home, 5)
    Job.objects.filter(pk=job).update(
        state="running", tries=MOST_TRIES, worker="elsewhere:1:x",
        started_at=datetime(2020, 1, 1, tzinfo=UTC),
    )  # fmt: skip
    work_off()
    assert read_job(job).state == "failed"
    assert "Nothing of it was recorded" in read_job(job).error
    assert read_arrival(arrival).state == "check", "it can be checked and committed again"


def test_a_told_worker_gives_its_job_back(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from fullfile.server.jobs.worker import Worker
    from fullfile.server.waiting.asking import ask_job, read_job
    from fullfile.server.waiting.taking import take_next

    worker = Worker()

    def run(work: Work) -> Mapping[str, int]:
        worker.end()
        work.tell(1, 2, "the first half")
        return {}

    _kind(monkeypatch, run)
    job = ask_job("tried", by="K. Poe")
    taken = take_next(worker.name)
    assert taken is not None
    worker.do(taken)
    assert (read_job(job).state, read_job(job).tries) == ("waiting", 0)


def test_one_that_waits_is_enough(home: Path) -> None:
    from fullfile.server.waiting.asking import ask_job

    assert ask_job("boards", by="Fullfile", alone=True) == ask_job(
        "boards", by="Fullfile", alone=True
    )


def test_tidy_puts_away_what_is_over(home: Path) -> None:
    from fullfile.server.actions.imports.receiving import receive
    from fullfile.server.jobs import work_off
    from fullfile.server.waiting.arrivals import read_arrival
    from fullfile.server.waiting.asking import ask_job, read_job
    from fullfile.server.waiting.models import Arrival, Job

    one = receive(
        "a.csv", [b"agency,tag,description,booked_at\nDoe,1,Cup,2024-01-01\n"], source="room",
        table="items", account="s.roe", actor="S. Roe",
    )  # fmt: skip
    old = datetime.now(UTC) - timedelta(days=40)
    Arrival.objects.filter(pk=one.arrival).update(came_at=old)
    done = ask_job("search", by="Fullfile")
    work_off()
    Job.objects.filter(pk=done).update(ended_at=old)
    tidy = ask_job("tidy", by="Fullfile")
    work_off()
    assert read_job(tidy).result == {"files": 1, "jobs": 1}
    assert read_arrival(one.arrival).state == "dropped"
    assert not (home / "uploads" / str(one.arrival)).exists()
    with pytest.raises(NotFound):
        read_job(done)


def _until(true: Callable[[], bool], seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.1)
    return False


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_the_worker_beside_a_server_works_is_begun_anew_and_ends_with_it(home: Path) -> None:
    from fullfile.server.jobs import WorkerBeside
    from fullfile.server.waiting.asking import ask_job, read_job

    beside = WorkerBeside()
    connections.close_all()
    beside.start()
    try:
        first = beside.pid
        assert first is not None
        job = ask_job("search", by="K. Poe", account="k.poe")
        assert _until(lambda: read_job(job).state == "done")
        os.kill(first, signal.SIGKILL)
        assert _until(lambda: beside.pid != first), "a worker that died is begun anew"
        again = ask_job("boards", by="K. Poe", account="k.poe")
        assert _until(lambda: read_job(again).state == "done")
    finally:
        last = beside.pid
        beside.stop()
    assert last is not None
    assert not _lives(last)


def test_a_worker_ends_when_whoever_began_it_is_gone(home: Path) -> None:
    connections.close_all()
    code = (
        "import os, subprocess, sys; p = subprocess.Popen([sys.executable, '-m', 'fullfile', '--home', "
        "sys.argv[1], 'jobs', '--parent', str(os.getpid())], stdout=subprocess.DEVNULL); print(p.pid, flush=True); "
        "input()"
    )
    owner = subprocess.Popen(
        [sys.executable, "-c", code, str(home)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env=os.environ | {"DATABASE_URL": ""},
    )  # fmt: skip
    assert owner.stdout is not None
    worker = int(owner.stdout.readline())
    assert _lives(worker)
    owner.kill()
    owner.communicate()
    assert _until(lambda: not _lives(worker)), "it would work on for nobody"


def _new_office(place: Path, url: str) -> None:
    from fullfile.server.actions.office import open_office
    from fullfile.server.actions.serving import prepare_pages

    configure(place, url)
    open_office(
        place, "County Office", "us-nm", "America/Denver", "records.county.example/log1",
        by="Clerk", now_ms=time.time_ns() // 1_000_000,
    )  # fmt: skip
    prepare_pages()


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_many_workers_take_each_job_once(
    engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    from fullfile.server.jobs import work_off
    from fullfile.server.waiting.asking import ask_job, read_job

    _new_office(
        tmp_path / "home", request.getfixturevalue("postgres_url") if engine != "sqlite" else ""
    )
    done: list[int] = []

    def run(work: Work) -> Mapping[str, int]:
        time.sleep(0.005)
        done.append(work.job)
        return {}

    _kind(monkeypatch, run)
    jobs = [ask_job("tried", {"n": n}, by="K. Poe", account="k.poe") for n in range(40)]

    def worker() -> None:
        work_off()
        connections.close_all()

    threads = [threading.Thread(target=worker) for _ in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(done) == jobs
    assert {read_job(job).state for job in jobs} == {"done"}
    connections.close_all()


def test_an_import_and_a_night_on_postgresql(tmp_path: Path, postgres_url: str) -> None:
    from fullfile.server.jobs import work_off
    from fullfile.server.jobs.schedule import NIGHTLY, ask_due
    from fullfile.server.waiting.arrivals import read_arrival
    from fullfile.server.waiting.asking import read_job

    home = tmp_path / "home"
    _new_office(home, postgres_url)
    arrival, job = _import_job(home, 50)
    night = ask_due(datetime(2027, 1, 6, 9, 30, tzinfo=UTC))[: len(NIGHTLY)]
    assert work_off()[0] == job, "what a person asked for comes first"
    one = read_arrival(arrival)
    assert (one.last_entry or 0) - (one.first_entry or 0) == 50
    assert [(read_job(each).state, read_job(each).error) for each in night] == [("done", "")] * 6
    connections.close_all()


def _behind() -> None:
    """The office as an earlier version left it: without the tables of jobs."""
    from django.core.management import call_command

    call_command("migrate", "waiting", "zero", verbosity=0, interactive=False)


def test_an_office_that_is_behind_is_told_what_to_do(
    home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    from fullfile.server.jobs.worker import Worker

    _behind()
    worker = Worker()
    threading.Timer(1.0, worker.end).start()
    with caplog.at_level("WARNING", logger="fullfile.jobs"):
        worker.work()
    said = "\n".join(one.getMessage() for one in caplog.records)
    assert "was not brought up to date" in said
    assert "`fullfile serve` or `fullfile jobs`" in said
    assert "no such table" not in said


def test_a_worker_beside_a_server_brings_it_up_to_date(home: Path) -> None:
    from fullfile.server.actions.serving import is_behind
    from fullfile.server.waiting.asking import ask_job, read_job

    assert not is_behind()
    _behind()
    assert is_behind()
    connections.close_all()
    command = [sys.executable, "-m", "fullfile", "--home", str(home), "jobs", "--once"]
    done = subprocess.run(
        [*command, "--parent", str(os.getpid())], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert not is_behind()
    assert read_job(ask_job("search", by="K. Poe")).state == "waiting"
