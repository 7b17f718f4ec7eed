"""Reading other systems' exports: files in, shaped rows and row problems out. No Django here.

Readers (CSV, XLSX, Parquet, JSON lines) give chunks of text cells with true
row numbers; a mapping says what the columns of a source system mean; a shape
turns a row into the data of an entry, or into the list of what is wrong with
it. Nothing is written here.
"""

from fullfile.engines.importers.choosing import (
    DATE_ORDERS,
    Chosen,
    guess_columns,
    guess_dates,
    mapping_of,
)
from fullfile.engines.importers.chunks import CELL_LIMIT
from fullfile.engines.importers.exports import ENDINGS, Export, open_export
from fullfile.engines.importers.feeds import Feed, ShapedChunk, ShapedRow, plan_feeds, shape_rows
from fullfile.engines.importers.mapping import Layout, Mapping, list_shipped, read_mapping
from fullfile.engines.importers.problems import Notice, RowProblem
from fullfile.engines.importers.profile import (
    ColumnProfile,
    Profile,
    guess_header,
    profile,
    sample_columns,
)
from fullfile.engines.importers.shape import REJECTED_COLUMNS, ROW_ID, Shape

__all__ = [
    "CELL_LIMIT",
    "DATE_ORDERS",
    "ENDINGS",
    "REJECTED_COLUMNS",
    "ROW_ID",
    "Chosen",
    "ColumnProfile",
    "Export",
    "Feed",
    "Layout",
    "Mapping",
    "Notice",
    "Profile",
    "RowProblem",
    "Shape",
    "ShapedChunk",
    "ShapedRow",
    "guess_columns",
    "guess_dates",
    "guess_header",
    "list_shipped",
    "mapping_of",
    "open_export",
    "plan_feeds",
    "profile",
    "read_mapping",
    "sample_columns",
    "shape_rows",
]
