"""Files that come in go to the disk as they come, and are closed with the request whatever becomes of it.

What this does not do: it judges no file and keeps none; the actions do.
"""

from __future__ import annotations

import weakref
from typing import Any

from django.core.files.uploadhandler import TemporaryFileUploadHandler

__all__ = ["OnDisk"]


class OnDisk(TemporaryFileUploadHandler):
    """Of a request that breaks off within a file nobody closes that file, unless its handler does."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins."""
        super().new_file(*args, **kwargs)
        weakref.finalize(self, self.file.close)
