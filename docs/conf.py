"""How the documentation is built: Sphinx, MyST, furo; warnings are errors."""

import tomllib
from pathlib import Path

_project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text("utf-8"))

project = "Fullfile"
author = "The Fullfile maintainers"
release = version = _project["project"]["version"]
copyright = author  # noqa: A001 -- Sphinx reads it under this name

extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]
source_suffix = {".md": "markdown"}

html_theme = "furo"
html_title = f"Fullfile {release}"
html_static_path = ["_static"]
html_copy_source = False
html_show_sphinx = False
# Pages must open in an office without a way to the internet.
html_theme_options = {"top_of_page_buttons": []}
