"""Run the command line as ``python -m ringkas``."""

from ringkas.cli import main

main()
