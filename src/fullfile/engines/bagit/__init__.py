"""Production packages written out: the plan of `core.bag.plan` as a zip."""

from fullfile.engines.bagit.zipping import zip_chunks

__all__ = ["zip_chunks"]
