"""The program ``fihris`` as it is installed: the command line in a process of its own.

Nearly all that a command makes before it answers lives to its end. To look through it for garbage,
again and again while it is imported and once more at the end, takes a tenth of a search.
"""

from __future__ import annotations

import gc

#: So many new objects may hold garbage before it is looked for. A search makes about half of them.
_LOOKED_FOR_AFTER = 50_000


def run() -> None:
    """Run ``fihris``, and end the process with its exit code."""
    gc.set_threshold(_LOOKED_FOR_AFTER)
    from fihris.web.cli import main  # only now, for its imports are part of it

    try:
        main()
    finally:
        gc.freeze()  # what is left is given back by the system
