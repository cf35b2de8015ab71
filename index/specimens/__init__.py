"""The specimens: resolutions written for this project, about places and bodies that do not exist.

They give the demo, the tests and the screenshots something to search where no real resolution may
be shipped. Each file says in its header what it is; ``README.md`` tells the
invented world, and ``catalogue.json`` what a parser must find in each file.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

__all__ = ["SPECIMEN_MARK", "specimens_folder"]

#: The line that every specimen carries, in brackets, in its header.
SPECIMEN_MARK = "نص نموذجي كُتب لمشروع فهرس؛ الأماكن والهيئات الواردة فيه من نسج الخيال."


def specimens_folder() -> Path:
    """Return the folder that holds the specimens, in a clone as in an installed wheel.

    The ``.txt`` files in it are the specimens. A wheel is always unpacked before it is used, so
    this is a real folder that can be handed to an indexer.
    """
    return Path(str(files(__package__)))
