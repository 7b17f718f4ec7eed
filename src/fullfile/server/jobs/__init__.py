"""Long work: the same actions as everywhere, done by a process of its own, with progress and resumption.

A worker runs inside `fullfile serve`, beside the processes that answer; `fullfile jobs` runs another one, for a
bigger office. What there is to do lies in `server.waiting`; who asks for it does not see this room.
"""

from fullfile.server.jobs.beside import WorkerBeside
from fullfile.server.jobs.worker import run_worker, work_off

__all__ = ["WorkerBeside", "run_worker", "work_off"]
