"""Every kind of bad file, and a command that writes them to a folder to be tried by hand.

python -m tests.files.make_bad_files FOLDER [KIND …]
"""

import sys
from pathlib import Path

from . import bad_others, bad_packages, bad_sheets
from .kinds import KINDS, READ, BadFile

__all__ = ["KINDS", "READ", "BadFile", "bad_others", "bad_packages", "bad_sheets", "write"]


def write(folder, names=()):
    """Make the kinds of these names (all without names) into a folder; returns the paths."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name in names or KINDS:
        kind = KINDS[name]
        path = folder / f"{name}{kind.suffix}"
        path.write_bytes(kind.make())
        paths.append(path)
    return paths


def _main():
    for path in write(sys.argv[1], sys.argv[2:]):
        kind = KINDS[path.stem]
        sys.stdout.write(f"{path.name}\t{kind.code or '-'}\t{path.stat().st_size}\n")


if __name__ == "__main__":
    _main()
