"""One run over the sources: what has to be read of them, and what it makes of the index.

A file that was not written to is left alone. Of one that was, only those documents are parsed
whose bytes the index does not know.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from fihris.index.account import Account
from fihris.index.claim import Claim, claim_of, stamp_of
from fihris.index.contest import Contest
from fihris.index.documents import ReadDocument, Waiting, raw_documents, read_documents
from fihris.index.errors import SourceError, SourceUnreadable
from fihris.index.ledger import KnownFile, Ledger
from fihris.index.report import Outcome, Progress, SourceWarning, SyncReport
from fihris.index.schema import READING_VERSION
from fihris.index.sources import RawDocument, Refusal, SourceFile
from fihris.index.sources.files import form_of, look_again, path_of_key
from fihris.index.target import Target

# A file that changes while it is read is read so many times before it is given up.
_READINGS = 2


@dataclass
class _Reading:
    """A file that is being read, and the claims it had when that began, by checksum.

    ``members`` are those that held the address of the whole file, or of a member of it, by member.
    ``seen`` are the checksums met, ``taken`` the addresses that it was found to bear.
    ``outstanding`` counts what was found in it and is still being parsed; ``ended`` tells that no
    more will be found. ``counted`` tells that what stays as it is belongs into the report.
    """

    source: SourceFile
    number: int
    holding: dict[str, Claim]
    losing: dict[str, Claim]
    members: dict[str, list[Claim]]
    counted: bool
    seen: set[str] = field(default_factory=set)
    taken: set[str] = field(default_factory=set)
    refusals: list[Refusal] = field(default_factory=list)
    outstanding: int = 0
    ended: bool = False


class Run:
    """One run: :meth:`read` the sources, :meth:`settle` claims to addresses, then :meth:`report`.

    ``sources`` are the files that were found, by key.
    """

    def __init__(
        self, ledger: Ledger, target: Target, progress: Callable[[Progress], None]
    ) -> None:
        self.ledger = ledger
        self.account = Account()
        self.sources: dict[str, SourceFile] = {}
        self._contest = Contest(ledger, self.sources)
        self._target = target
        self._progress = progress
        self._refused: list[Refusal] = []
        self._losers: dict[Claim, None] = {}  # in the order in which they lost
        self._warnings: dict[str, list[SourceWarning]] = {}
        self._handed: deque[tuple[_Reading | None, int]] = deque()
        self._found_bytes = self._total = 0
        self._reached = Progress(0, 0, 0)

    def read(self, found: Sequence[SourceFile | Refusal]) -> None:
        """Put what is new or changed of *found* into the index."""
        for source in found:
            if isinstance(source, SourceFile):
                self.sources[source.key] = source
        self._total = sum(source.size for source in self.sources.values())
        self._take(self._wanted(found))
        self._tell(self._total)

    def settle(self) -> None:
        """Give each address that nobody holds any more, or not by right, to the best claim."""
        visited: set[str] = set()
        while True:
            keys = [key for key in self._contest.claimants() if key not in visited]
            if not keys:
                return
            visited.update(keys)
            self._take(found for key in keys for found in self._read_again(key))

    def remove(self, claim: Claim) -> None:
        """Take the document that *claim* brought out of the index."""
        self._take_out(claim.address)
        self.account.note(Outcome.REMOVED, claim)
        self._commit_when_due()

    def _take_out(self, address: str) -> None:
        self._target.remove(address)
        self.ledger.release(address)
        self._warnings.pop(address, None)

    def refuse(self, refusal: Refusal) -> None:
        """Report what could not be done."""
        self._refused.append(refusal)

    def commit(self) -> None:
        """Make everything so far last."""
        self._target.commit(self.ledger)

    def report(self) -> SyncReport:
        """Return what the run did."""
        lost = self._lost()
        clashes = [claim for claim in lost if claim.line]
        return SyncReport(
            added=self.account.tally(Outcome.ADDED),
            unchanged=self.account.tally(Outcome.UNCHANGED),
            replaced=self.account.tally(Outcome.REPLACED),
            moved=self.account.tally(Outcome.MOVED),
            removed=self.account.tally(Outcome.REMOVED),
            carried=self.account.tally(Outcome.CARRIED),
            refused=(*self._refused, *(_clash(claim, lost[claim]) for claim in clashes)),
            passed_over=tuple(
                _copy(claim, holder) for claim, holder in lost.items() if not claim.line
            ),
            warnings=tuple(chain.from_iterable(self._warnings.values())),
            changes=tuple(self.account.changes()),
        )

    def _lost(self) -> dict[Claim, Claim]:
        """Return the claims that are lost now that everything is settled, each with the holder."""
        lost: dict[Claim, Claim] = {}
        for claim in self._losers:
            held = self.ledger.holder(claim.address)
            if held is not None and held[0].rank != claim.rank:
                lost[claim] = held[0]
        return lost

    def _commit_when_due(self) -> None:
        if self._target.is_due:
            self.commit()

    # What has to be read

    def _wanted(self, found: Sequence[SourceFile | Refusal]) -> Iterator[RawDocument | Refusal]:
        """Yield what has to be read of *found*; what is in the index unchanged is kept."""
        for source in found:
            if isinstance(source, Refusal):
                self._handed.append((None, self._found_bytes))
                yield source
                continue
            if not self._keep_untouched(source):
                yield from self._documents(self._begin(source, counted=True))
            self._found_bytes += source.size
            if not self._handed:
                self._tell(self._found_bytes)

    def _tell(self, done: int) -> None:
        """Report how far the run has come: what was found may not have been read yet."""
        documents = self.account.documents + len(self._losers)
        self._reached = Progress(min(done, self._total), self._total, documents)
        self._progress(self._reached)

    def _tell_slow(self, waiting: Waiting) -> None:
        """Report what takes long to be read."""
        slow = f"{waiting.place} ({waiting.seconds:.0f} s)"
        self._progress(replace(self._reached, slow=slow))

    def _keep_untouched(self, source: SourceFile) -> bool:
        """Keep a file that was not written to since it was read; tell whether it was not."""
        known = self.ledger.file(source.key)
        if known is None or not _is_untouched(known, source):
            return False
        if source.root:
            self.ledger.name_in(source.root, known.id)
        self.account.leave_alone(source.key, self.ledger.tally(known.id))
        self._refused += self.ledger.refusals(known.id, source.path)
        self._losers |= dict.fromkeys(self.ledger.claims_of(known.id, holding=False))
        return True

    def _read_again(self, key: str) -> Iterator[RawDocument | Refusal]:
        """Yield what is to be read of the file *key*, which claims what it may have now."""
        path = path_of_key(key)
        known, form = self.ledger.file(key), form_of(path)
        if known is None or form is None:
            return
        counted = key in self.sources
        self.account.take_up(key)
        source = self.sources.get(key) or SourceFile(path, known.name, form, 0, 0)
        yield from self._documents(self._begin(source, counted=counted))

    def _begin(self, source: SourceFile, *, counted: bool) -> _Reading:
        number = self.ledger.enter_file(source.key, source.name)
        if source.root:
            self.ledger.name_in(source.root, number)
        holding = self.ledger.claims_of(number, holding=True)
        losing = self.ledger.claims_of(number, holding=False)
        self.ledger.forget_losers(number)
        members: dict[str, list[Claim]] = defaultdict(list)
        for claim in holding:
            if not claim.line:
                members[claim.member].append(claim)
        return _Reading(
            source,
            number,
            {claim.sha256: claim for claim in holding},
            {claim.sha256: claim for claim in losing},
            members,
            counted,
        )

    def _documents(self, reading: _Reading) -> Iterator[RawDocument | Refusal]:
        """Yield what is new in a file; when it changes meanwhile, begin once more."""
        path = reading.source.path
        fault: SourceError | None = None
        for _ in range(_READINGS):
            fault = None
            before = _state(path)
            try:
                reading.source = look_again(reading.source)
            except SourceError as error:
                fault = error
                break
            reading.seen.clear()
            for raw in raw_documents(reading.source):
                if _state(path) != before:
                    break
                wanted = self._sift(reading, raw)
                if wanted is not None:
                    yield self._hand_over(reading, wanted)
            if _state(path) == before:
                break
            remedy = "Index it again when it is finished."
            fault = SourceUnreadable(path, "is being written while it is read.", remedy)
        if fault is not None:
            yield self._hand_over(reading, Refusal.of(fault))
        reading.ended = True
        self._finish_when_done(reading)

    def _hand_over(self, reading: _Reading, wanted: RawDocument | Refusal) -> RawDocument | Refusal:
        """Return what is *wanted*, and remember which file it is from until it comes back read."""
        reading.outstanding += 1
        position = wanted.position if isinstance(wanted, RawDocument) else 0
        self._handed.append((reading, self._found_bytes + position))
        return wanted

    def _sift(self, reading: _Reading, raw: RawDocument | Refusal) -> RawDocument | Refusal | None:
        """Return *raw* unless the index knows all about it."""
        if isinstance(raw, Refusal):
            return raw
        reading.seen.add(raw.sha256)
        claim = reading.holding.get(raw.sha256)
        if claim is not None and self._keep(reading, _at(claim, raw)):
            return None
        claim = reading.losing.get(raw.sha256)
        if claim is not None and claim.reading == READING_VERSION:
            claim = _at(claim, raw)
            held = self.ledger.holder(claim.address)
            if not self._contest.prevails(claim, held, reading.taken):
                self._lose(claim)
                return None
        for claim, present in self.ledger.holders_with(raw.sha256):
            if self._contest.is_void(claim, present) and self._move(reading, raw, claim):
                return None
        for former in self._former(reading, raw):
            if former.named_by_path:
                # From whichever folder the file is named now, it keeps its address.
                return replace(raw, name=former.address)
        return raw

    def _keep(self, reading: _Reading, claim: Claim) -> bool:
        """Keep a document whose bytes the index has; tell whether it still has them."""
        if claim.reading != READING_VERSION or claim.address in reading.taken:
            return False
        if not self._still_holds(claim):
            return False
        self._confirm(reading, claim)
        return True

    def _confirm(self, reading: _Reading, claim: Claim) -> None:
        reading.taken.add(claim.address)
        self.ledger.confirm(claim)
        if reading.counted and claim.address not in self.account:
            self.account.note(Outcome.UNCHANGED, claim)

    def _still_holds(self, claim: Claim) -> bool:
        held = self.ledger.holder(claim.address)
        return held is not None and _is_same(held[0], claim)

    def _move(self, reading: _Reading, raw: RawDocument, claim: Claim) -> bool:
        """Take over the document of a void *claim* with the same bytes; tell whether it could be.

        One that is named by its path gets another name, and so is written anew.
        """
        if (
            claim.named_by_path
            or claim.reading != READING_VERSION
            or claim.key == reading.source.key
            or claim.address in self.account
        ):
            return False
        document = self._target.stored(claim.address)
        if document is None:
            return False
        moved = _at(replace(claim, key=reading.source.key), raw)
        self._target.restamp(document, moved.paragraphs, stamp_of(raw, reading.source))
        self.ledger.hold(moved)
        reading.taken.add(moved.address)
        self.account.note(Outcome.MOVED, moved)
        self._commit_when_due()
        return True

    def _former(self, reading: _Reading, raw: RawDocument) -> list[Claim]:
        """Return what stood in the place of *raw*, where that is a file or a member of one."""
        if raw.line is not None:
            return []
        return reading.members.get(raw.member, [])

    # What it makes of the index

    def _take(self, wanted: Iterator[RawDocument | Refusal]) -> None:
        """Parse what is *wanted*, and put it into the index."""
        for result in read_documents(wanted, waiting=self._tell_slow):
            # Results come back in the order of handing over.
            reading, position = self._handed.popleft()
            self._tell(position)
            if isinstance(result, Refusal):
                self._refused.append(result)
            if reading is None:
                continue
            if isinstance(result, Refusal):
                reading.refusals.append(result)
            else:
                self._put(reading, result)
            reading.outstanding -= 1
            self._finish_when_done(reading)

    def _finish_when_done(self, reading: _Reading) -> None:
        """Note what is known of a file once everything in it was dealt with."""
        if reading.outstanding or not reading.ended:
            return
        source = reading.source
        for refusal in reading.refusals:
            self.ledger.add_refusal(reading.number, refusal)
        if not reading.refusals:
            # Where something could not be read, nobody knows what is there no more.
            holding = self.ledger.claims_of(reading.number, holding=True)
            self.ledger.miss(c.address for c in holding if c.sha256 not in reading.seen)
        complete = all(refusal.lasting for refusal in reading.refusals)
        self.ledger.finish_file(
            reading.number, source.name, source.size, source.modified_ns, complete, READING_VERSION
        )

    def _put(self, reading: _Reading, read: ReadDocument) -> None:
        """Put a document into the index, unless its address is rightly held by another place."""
        claim = claim_of(read, reading.source)
        outdated = {
            former.address: former
            for former in self._former(reading, read.raw)
            if former.address not in reading.taken and self._still_holds(former)
        }
        held = self.ledger.holder(claim.address)
        if not self._contest.prevails(claim, held, reading.taken):
            self._lose(claim)
            for former in outdated.values():
                self.remove(former)
            return
        if held is not None and _is_same(held[0], claim) and self._is_as_before(held[0], read):
            self._confirm(reading, claim)
            return
        renamed = self._renamed(claim)
        outdated |= renamed
        outdated.pop(claim.address, None)
        for address in outdated:
            self._take_out(address)
            self.account.forget(address)
        if held is not None:
            self._target.remove(claim.address)
        if held is not None and self._contest.is_rival(*held, claim, reading.taken):
            self.ledger.displace(claim.address)
            self._losers[held[0]] = None
            self.account.displace(held[0])
        self.ledger.hold(claim)
        self._target.add(read.document, read.paragraph_count, stamp_of(read.raw, reading.source))
        reading.taken.add(claim.address)
        self.account.note_put(
            claim,
            next(iter(outdated), ""),
            replaces=held is not None or bool(outdated),
            moved=bool(renamed),
        )
        self._warnings.pop(claim.address, None)  # those of a worse source that came before it
        self._warnings[claim.address] = [
            SourceWarning(reading.source.path, claim.address, text)
            for text in read.document.warnings
        ]
        self._commit_when_due()

    def _is_as_before(self, holder: Claim, read: ReadDocument) -> bool:
        """Tell whether the index has *read* already, by the same parser or by an older one."""
        if holder.reading == READING_VERSION:
            return True
        return self._target.stored(holder.address) == read.document

    def _renamed(self, claim: Claim) -> dict[str, Claim]:
        """Return the same text under the path that it had before, when it is there no more."""
        if not claim.named_by_path:
            return {}
        for holder, present in self.ledger.holders_with(claim.sha256):
            if (
                holder.named_by_path
                and holder.key != claim.key
                and self._contest.is_void(holder, present)
            ):
                return {holder.address: holder}
        return {}

    def _lose(self, claim: Claim) -> None:
        self.ledger.lose(claim)
        self._losers[claim] = None


def _clash(claim: Claim, holder: Claim) -> Refusal:
    """Return the refusal of a line whose address is that of another document."""
    return Refusal(
        path_of_key(claim.key),
        claim.line,
        f"its address {claim.address} is taken by {holder.place}.",
        "Give one of them another id, or leave it out.",
        claim.member,
    )


def _copy(claim: Claim, holder: Claim) -> Refusal:
    """Return what is said of a file that holds a document of which a better copy is kept."""
    return Refusal(
        path_of_key(claim.key),
        None,
        f"is another copy of {claim.address}; {holder.place} is kept.",
        "",
        claim.member,
    )


def _is_untouched(known: KnownFile, source: SourceFile) -> bool:
    return (
        known.complete
        and source.modified_ns != 0
        and (known.size, known.modified_ns) == (source.size, source.modified_ns)
        and known.reading == READING_VERSION
    )


def _state(path: Path) -> tuple[int, int, int] | None:
    """Return what changes when a file is written to."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ino


def _is_same(holder: Claim, claim: Claim) -> bool:
    """Tell whether both are of the same bytes in the same file."""
    return (holder.key, holder.sha256) == (claim.key, claim.sha256)


def _at(claim: Claim, raw: RawDocument) -> Claim:
    """Return *claim* at the place of *raw*."""
    return replace(claim, member=raw.member, line=raw.line or 0)
