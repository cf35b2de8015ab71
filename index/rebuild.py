"""Rebuilding: a new index beside the old one, from the same sources, and a swap at the end.

Readers go on with the old index until the new one stands in its place. A rebuild that is cut short
leaves the old one; what it left beside it is cleared by the next run.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import NamedTuple

from fihris.index.claim import Claim, claim_of_record
from fihris.index.errors import IndexDamaged, IndexError_
from fihris.index.folder import commit_identity, holds_marker, open_any_version, write_failed
from fihris.index.ledger import Ledger
from fihris.index.lock import held_lock
from fihris.index.reader import IndexReader
from fihris.index.record import DocumentRecord
from fihris.index.report import Outcome, Progress, SyncReport
from fihris.index.run import Run
from fihris.index.sources import Refusal, SourceFile, find_sources
from fihris.index.sources.files import form_of, look_again, path_of_key, unreadable
from fihris.index.swap import Beside, name_beside, put_in_place
from fihris.index.synchronize import open_ledger, sync, unheard
from fihris.index.target import IndexTarget


class _Old(NamedTuple):
    """The index that is rebuilt, as far as it can be read: its ledger, and its reader."""

    ledger: Ledger
    reader: IndexReader | None
    fault: IndexError_ | None


def rebuild(
    folder: Path,
    paths: Sequence[Path] = (),
    *,
    wait: float = 0.0,
    progress: Callable[[Progress], None] | None = None,
) -> SyncReport:
    """Make the index in *folder* anew from the sources it knows, and from *paths* besides.

    Documents whose sources are gone are carried over from the old index as long as it can be read;
    else the report refuses them. *wait* is how many seconds to wait for another writer.

    Raises an IndexError_ when the index cannot be made, or when nothing tells what its sources
    were; the old one is then as it was.
    """
    if not holds_marker(folder):
        return sync(folder, paths, wait=wait, progress=progress)
    folder = folder.resolve()
    with ExitStack() as resources:
        with suppress(IndexDamaged):  # to what cannot be opened nobody writes
            resources.enter_context(held_lock(folder, wait))
        old = _read_old(folder)
        resources.callback(old.ledger.close)
        found = list(_sources(paths, old.ledger))
        if not found and old.fault is not None:
            raise IndexDamaged(
                folder,
                "cannot be read, and nothing tells what it was made from.",
                "Name its sources: fihris index --rebuild PATH…",
            ) from old.fault
        unfinished = name_beside(folder, Beside.UNFINISHED)
        resources.callback(shutil.rmtree, unfinished, ignore_errors=True)
        report = _build(unfinished, found, old, progress if progress is not None else unheard)
        try:
            put_in_place(folder, unfinished)
        except OSError as error:
            raise write_failed(folder, error) from error
    return report


def _read_old(folder: Path) -> _Old:
    """Return what can be had of the old index; its ledger is copied, for it may be stale."""
    ledger = Ledger.copy(folder)
    try:
        reader = IndexReader(folder, open_any_version(folder))
        if ledger.commit_identity != commit_identity(folder):
            known = Ledger.in_memory()
            try:
                known.fill(reader.records())
            except BaseException:
                known.close()
                raise
            ledger.close()
            ledger = known
    except IndexError_ as error:
        return _Old(ledger, None, error)
    except (KeyError, TypeError) as error:  # records of a schema that is too old
        return _Old(
            ledger, None, IndexDamaged(folder, f"its records cannot be read ({error}).", "")
        )
    return _Old(ledger, reader, None)


def _sources(paths: Sequence[Path], ledger: Ledger) -> Iterator[SourceFile | Refusal]:
    """Yield what *paths* stand for, then the files that *ledger* knows and that still exist."""
    named: set[str] = set()
    for source in find_sources(paths):
        if isinstance(source, SourceFile):
            named.add(source.key)
        yield source
    for known, root in ledger.files():
        path = path_of_key(known.key)
        form = form_of(path)
        if known.key in named or form is None:
            continue
        try:
            path.stat()
            yield look_again(SourceFile(path, known.name, form, 0, 0, root))
        except (FileNotFoundError, NotADirectoryError):
            continue  # what came from it is carried over
        except (OSError, ValueError) as error:
            yield Refusal.of(unreadable(path, error))


def _build(
    unfinished: Path,
    found: Sequence[SourceFile | Refusal],
    old: _Old,
    progress: Callable[[Progress], None],
) -> SyncReport:
    """Make the new index, and return what came into it."""
    with ExitStack() as resources:
        target = IndexTarget(unfinished, resources, 0.0)
        target.open()
        ledger = resources.enter_context(open_ledger(unfinished, target))
        run = Run(ledger, target, progress)
        run.read(found)
        run.settle()
        if old.reader is not None:
            _carry_over(run, target, old.reader)
        else:
            _tell_what_is_lost(run, old)
        run.commit()
        return run.report()


def _carry_over(run: Run, target: IndexTarget, reader: IndexReader) -> None:
    """Take over from the old index what the sources do not hold, as a run without pruning does."""
    for record in reader.records():
        claim = claim_of_record(record)
        if run.ledger.holder(claim.address) or _is_superseded(claim, record, run):
            continue
        document = reader.document(claim.address)
        if document is None:
            continue
        target.add(document, record.paragraph_count, record.stamp)
        number = run.ledger.enter_file(claim.key, record.stamp.name)
        if record.stamp.root:
            run.ledger.name_in(record.stamp.root, number)
        run.ledger.hold(claim)
        if claim.key in run.sources:
            run.ledger.miss([claim.address])
        run.account.note(Outcome.CARRIED, claim)
        if target.is_due:
            run.commit()


def _is_superseded(claim: Claim, record: DocumentRecord, run: Run) -> bool:
    """Tell whether the source of an old document was read, and something came of it."""
    known = run.ledger.file(claim.key)
    if known is None or run.ledger.refusals(known.id, path_of_key(claim.key)):
        return False
    if record.stamp.alone:
        return True
    claims = (
        *run.ledger.claims_of(known.id, holding=True),
        *run.ledger.claims_of(known.id, holding=False),
    )
    return any(other.sha256 == claim.sha256 for other in claims)


def _tell_what_is_lost(run: Run, old: _Old) -> None:
    for claim in old.ledger.holders():
        if run.ledger.holder(claim.address) is None:
            run.refuse(
                Refusal(
                    path_of_key(claim.key),
                    claim.line or None,
                    f"is gone, and {claim.address} could not be carried over: {old.fault}",
                    "Bring the file back and index it again.",
                    claim.member,
                    lasting=False,
                )
            )
