"""The command line as somebody who may not write wherever root may."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

# Root writes past the permissions of files by two capabilities, which are given up here.
_WITHOUT = "-dac_override,-dac_read_search"


def unprivileged(*args: object, locked: Path) -> subprocess.CompletedProcess[str]:
    """Run the command line with nothing below ``locked`` writable."""
    command = [sys.executable, "-m", "ringkas", *map(str, args)]
    if os.geteuid() == 0:
        if not shutil.which("setpriv"):
            pytest.skip("root cannot give up its rights without setpriv (util-linux)")
        command = ["setpriv", f"--bounding-set={_WITHOUT}", f"--inh-caps={_WITHOUT}", *command]
    places = [locked, *locked.rglob("*")]
    modes = [path.stat().st_mode for path in places]
    for path, mode in zip(places, modes, strict=True):
        path.chmod(mode & ~0o222)
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False)
    finally:
        for path, mode in zip(places, modes, strict=True):
            path.chmod(mode)
