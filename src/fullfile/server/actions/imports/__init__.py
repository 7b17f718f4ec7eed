"""Read other systems' exports into the record (journey, steps 1 to 6; law 12)."""

from fullfile.server.actions.imports.report import FileReport, ImportReport, Remark
from fullfile.server.actions.imports.run import import_directory, import_files

__all__ = ["FileReport", "ImportReport", "Remark", "import_directory", "import_files"]
