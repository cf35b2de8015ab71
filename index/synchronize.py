"""Bring an index in step with its sources, or foresee what that would do; take documents out.

What one run does is told by :class:`~fihris.index.run.Run`; here it meets the index, or nothing at
all when it is only foreseen.
"""

from __future__ import annotations

import gc
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from fihris.index.folder import commit_identity, holds_index, write_failed
from fihris.index.ledger import Ledger, discard_ledger
from fihris.index.pruning import Prune, Pruning
from fihris.index.reader import open_index
from fihris.index.report import Progress, SyncReport
from fihris.index.run import Run
from fihris.index.sources import Refusal, SourceFile, find_sources
from fihris.index.target import IndexTarget, KnownTooLittle, Nothing, Target

# Objects made and not freed again between two looks for garbage, and how many of these looks pass
# by older objects. A run makes hundreds of thousands that live on and hardly any cycle, and looking
# through them again and again, as Python does by itself, took an eighth of the time of a run.
_SELDOM = (100_000, 20, 50)


def sync(
    folder: Path,
    paths: Sequence[Path],
    *,
    prune: Prune = Prune.NEVER,
    wait: float = 0.0,
    progress: Callable[[Progress], None] | None = None,
) -> SyncReport:
    """Index what *paths* hold into the index in *folder*, which is made when there is none.

    Unchanged documents are left alone; changed ones are replaced; those whose source was renamed
    or moved are recognised. What is gone goes as *prune* says. When two places claim one address,
    the better one has it (see :mod:`fihris.index.precedence`) and the other is refused; a source
    that no longer exists has no claim. *wait* is how many seconds to wait for another writer.

    Raises an IndexError_ when the index cannot serve; faults of sources are in the report.
    """
    # Said before anything is read: nobody should wait only to learn that the folder is wrong.
    exists = holds_index(folder)
    found = list(find_sources(paths))
    try:
        with ExitStack() as resources:
            resources.enter_context(_seldom_looking_for_garbage())
            target = IndexTarget(folder, resources, wait)
            if exists:
                target.open()
            ledger = resources.enter_context(open_ledger(folder, target))
            return _bring_in_step(ledger, target, prune, paths, found, progress)
    except KnownTooLittle:
        return sync(folder, paths, prune=prune, wait=wait, progress=progress)


def foresee(
    folder: Path,
    paths: Sequence[Path],
    *,
    prune: Prune = Prune.NEVER,
    progress: Callable[[Progress], None] | None = None,
) -> SyncReport:
    """Return what :func:`sync` would report, and write nothing, not even a lock.

    Raises as :func:`sync` does.
    """
    reader = open_index(folder) if holds_index(folder) else None
    found = list(find_sources(paths))
    with closing(Ledger.in_memory() if reader is None else Ledger.copy(folder)) as ledger:
        if reader is not None and ledger.commit_identity != commit_identity(folder):
            ledger.fill(reader.records())
        return _bring_in_step(ledger, Nothing(reader), prune, paths, found, progress)


def _bring_in_step(
    ledger: Ledger,
    target: Target,
    prune: Prune,
    paths: Sequence[Path],
    found: Sequence[SourceFile | Refusal],
    progress: Callable[[Progress], None] | None,
) -> SyncReport:
    run = Run(ledger, target, progress if progress is not None else unheard)
    pruning = Pruning(ledger, prune, paths, found)
    run.read(found)
    run.settle()
    pruning.apply(run)
    run.settle()  # what was pruned may have stood before another source of the same document
    run.commit()
    return run.report()


@contextmanager
def _seldom_looking_for_garbage() -> Iterator[None]:
    usual = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def unheard(progress: Progress) -> None:
    """Report to nobody."""


@contextmanager
def open_ledger(folder: Path, target: IndexTarget) -> Iterator[Ledger]:
    """Give the ledger of the index in *folder*, made anew from the records where it is stale."""
    try:
        writer = target.writer
        with closing(Ledger.in_memory() if writer is None else Ledger.open(folder)) as ledger:
            if writer is not None and ledger.commit_identity != commit_identity(folder):
                ledger.fill(writer.reader.records())
            yield ledger
    except sqlite3.OperationalError as error:  # a full disk, missing permissions
        raise write_failed(folder, error) from error
    except sqlite3.DatabaseError as error:
        discard_ledger(folder)
        raise KnownTooLittle from error
