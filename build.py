#!/usr/bin/env python3
"""Start stadtnetz; `python build.py --help` says what it can do.

Kept so plain that any Python can read it: whoever starts it outside the prepared environment is told how to
prepare it, in place of a traceback.
"""

import os
import sys

HOW_TO = """\
stadtnetz ist auf diesem Rechner noch nicht eingerichtet (es fehlt: {missing}).
  Einrichten und bauen:  make site
  Danach auch einzeln:   .venv/bin/python build.py --help

stadtnetz is not set up on this machine yet (missing: {missing}).
  Set up and build:      make site
  Then, step by step:    .venv/bin/python build.py --help
"""

if sys.version_info < (3, 11):
    sys.exit(HOW_TO.format(missing="Python 3.11"))

# Python's safe path (-P, -I, PYTHONSAFEPATH) leaves out the script's own folder.
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120 - any Python has os.path

try:
    from stadtnetz.cli import main
except ModuleNotFoundError as error:
    if (error.name or "").partition(".")[0] == "stadtnetz":
        raise
    sys.exit(HOW_TO.format(missing=error.name))

if __name__ == "__main__":
    try:
        main()
    except ModuleNotFoundError as error:  # commands import what they need when they need it
        if (error.name or "").partition(".")[0] == "stadtnetz":
            raise
        sys.exit(HOW_TO.format(missing=error.name))
