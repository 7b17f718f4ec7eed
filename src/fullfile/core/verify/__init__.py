"""Check an exported log, a checkpoint, a proof, a production package, or the office's own record. No disk, no database.

Every check runs to its end and reports all that it found; see `export` for the steps.
"""

from fullfile.core.verify.export import FileSource, ListedSource, verify_log
from fullfile.core.verify.package import PackageFiles, check_note, verify_package
from fullfile.core.verify.record import BodyBatch, Row, verify_bodies, verify_record
from fullfile.core.verify.report import Finding, LogReport
from fullfile.core.verify.single import verify_file

__all__ = [
    "BodyBatch",
    "FileSource",
    "Finding",
    "ListedSource",
    "LogReport",
    "PackageFiles",
    "Row",
    "check_note",
    "verify_bodies",
    "verify_file",
    "verify_log",
    "verify_package",
    "verify_record",
]
