"""``fihris`` as it is in a large run, however small the run: an assistant makes the units.

    python -P -m scripts.assisted_fihris COMMAND …

The storm kills it at random moments. A run waits until its assistant is up, so that every moment is
one with two processes at work.
"""

from __future__ import annotations

import os
import time

from fihris.index import assistant, unit_maker
from fihris.web.cli import main

#: Characters that are handed over at once: a few documents of the storm.
_BATCH = 1_000
#: Seconds between two looks at whether the assistant is up.
_PAUSE = 0.005


class _AssistantThatIsUp(assistant.Assistant):
    """An assistant that takes requests from the beginning."""

    def __init__(self) -> None:
        super().__init__()
        while not self.is_up:
            time.sleep(_PAUSE)


if __name__ == "__main__":
    os.cpu_count = lambda: 2  # a single core does without
    unit_maker._LARGE = 1
    unit_maker._BATCH = _BATCH
    assistant.Assistant = _AssistantThatIsUp  # type: ignore[misc]
    main()
