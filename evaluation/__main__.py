"""Run the evaluation commands as ``python -m evaluation``."""

import sys

from evaluation.commands import app
from ringkas.errors import RingkasError

if __name__ == "__main__":
    try:
        app(prog_name="python -m evaluation")
    except RingkasError as error:
        sys.exit(f"error: {error}")
