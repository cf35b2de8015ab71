"""Watching: tell when something changed below the sources, whatever happens to their folders.

The system's own notices are used (watchfiles), so waiting costs nothing. A folder that vanishes and
comes back, as a drive that is unmounted, is followed again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

# Milliseconds: changes this close together are told once, but none waits longer than the second.
_QUIET = 200
_LONGEST = 1_600
# Seconds between two looks at whether the folders are still those that are watched.
_LOOK = 1.0


def follow(
    paths: Sequence[Path], ignored: Path, stop: threading.Event | None = None
) -> Iterator[None]:
    """Yield whenever something changed below *paths*; first when watching has begun.

    What happens in the folder *ignored*, in those that a rebuild makes beside it, and to hidden
    names is passed over. It ends when *stop* is set.
    """
    from watchfiles import watch

    stopped = threading.Event() if stop is None else stop
    while not stopped.is_set():
        watched = _identities(paths)
        present = sorted({_folder_of(path) for path, known in watched.items() if known})
        if not present:
            stopped.wait(_LOOK)
            continue
        begun = False
        for changes in watch(
            *present,
            watch_filter=_filter(ignored),
            debounce=_LONGEST,
            step=_QUIET,
            stop_event=stopped,
            rust_timeout=int(_LOOK * 1_000),
            yield_on_timeout=True,
            ignore_permission_denied=True,
        ):
            moved = _identities(paths) != watched
            # What changed before the watching began was noticed by nobody.
            if changes or moved or not begun:
                begun = True
                yield
            if moved:
                break


def _folder_of(path: Path) -> Path:
    """Return what is watched for *path*: many programs write a file by replacing it."""
    return path if path.is_dir() else path.parent


def _identities(paths: Sequence[Path]) -> dict[Path, tuple[int, int] | None]:
    """Return for each path what tells a folder from another one of that name; None: missing."""
    identities: dict[Path, tuple[int, int] | None] = {}
    for path in paths:
        try:
            path.stat()
            status = _folder_of(path).stat()
        except OSError:
            identities[path] = None
        else:
            identities[path] = (status.st_dev, status.st_ino)
    return identities


def _filter(ignored: Path) -> Callable[[object, str], bool]:
    """Return what tells whether a change at a path is worth a look."""
    index = ignored.resolve()

    def is_wanted(change: object, changed: str) -> bool:
        path = Path(changed)
        # Beside the index a rebuild makes folders that begin with its name and a dot.
        of_index = any(
            part.parent == index.parent
            and (part.name == index.name or part.name.startswith(f"{index.name}."))
            for part in (path, *path.parents)
        )
        return not of_index and not path.name.startswith(".")

    return is_wanted
