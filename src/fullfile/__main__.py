"""`python -m fullfile` is the command `fullfile`."""

import sys

from fullfile.cli.main import main

sys.exit(main())
