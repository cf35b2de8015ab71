"""The ledger: what each source file held when it was last read, so that an unchanged one is not.

The records in the index are the truth; the ledger is a cache beside them. It is written after each
commit and bears the identity of that commit, so a ledger that is lost, stale or ahead of the index
is recognised and made anew from the records, which costs time and nothing else. It also remembers
what no record can: sources that were refused, and claims to an address that another source holds.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import fields
from operator import attrgetter
from pathlib import Path

from fihris.index.claim import Claim, claim_of_record
from fihris.index.frozen import frozen
from fihris.index.record import DocumentRecord
from fihris.index.report import Tally
from fihris.index.sources.refusal import Refusal

LEDGER = "ledger.sqlite"

#: Raised by one whenever the tables change; a ledger of another version is made anew.
_VERSION = 1

_TABLES = """
create table state (name text primary key, value text not null) without rowid;
create table file (
    id integer primary key, key text not null unique, name text not null, size integer not null,
    modified_ns integer not null, complete integer not null, reading text not null
);
create table naming (
    root text not null, file integer not null, primary key (root, file)
) without rowid;
create table claim (
    address text not null, file integer not null, member text not null, line integer not null,
    sha256 text not null, paragraphs integer not null, named_by_path integer not null,
    first_issue integer not null, loss integer not null, warnings integer not null,
    reading text not null, present integer not null, holds integer not null
);
create unique index holder on claim (address) where holds;
create index loser on claim (address) where not holds;
create index claim_of_file on claim (file);
create index claim_by_checksum on claim (sha256);
create table refusal (
    file integer not null, line integer, reason text not null, remedy text not null,
    member text not null
);
create index refusal_of_file on refusal (file);
"""
_NAMES = {"state", "file", "naming", "claim", "refusal"}


@frozen
class KnownFile:
    """A source file as it was when it was last read.

    ``complete`` tells that everything in it is accounted for; ``reading`` is the stamp of the
    readers and the parser that read it.
    """

    id: int
    key: str
    name: str
    size: int
    modified_ns: int
    complete: bool
    reading: str


_ENTRIES = ", ".join(
    "file.key" if column.name == "key" else f"claim.{column.name}" for column in fields(Claim)
)
_CLAIMS = f"select {_ENTRIES} from claim join file on file.id = claim.file"
_HOLDERS = f"select {_ENTRIES}, claim.present from claim join file on file.id = claim.file"
_entries_of = attrgetter(*(column.name for column in fields(Claim)))
_ENTER = "insert into claim values ({})".format(
    ", ".join(
        "(select id from file where key = ?)" if column.name == "key" else "?"
        for column in fields(Claim)
    )
    + ", 1, ?"
)


class Ledger:
    """An open ledger. Changes last from :meth:`commit` on; without it, closing drops them.

    Raises sqlite3.Error wherever the file cannot be read or written.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    @classmethod
    def in_memory(cls) -> Ledger:
        """Return an empty ledger that no file holds."""
        ledger = cls(sqlite3.connect(":memory:", isolation_level=None))
        ledger.clear()
        return ledger

    @classmethod
    def open(cls, folder: Path) -> Ledger:
        """Open the ledger in the index *folder*; one that cannot be understood is made anew."""
        path = folder / LEDGER
        with suppress(sqlite3.DatabaseError):
            ledger = cls(sqlite3.connect(path, isolation_level=None))
            try:
                if ledger._is_understood():
                    ledger._begin()
                    return ledger
            except sqlite3.DatabaseError:
                ledger.close()
                raise
            ledger.close()
        discard_ledger(folder)
        ledger = cls(sqlite3.connect(path, isolation_level=None))
        ledger.clear()
        return ledger

    @classmethod
    def copy(cls, folder: Path) -> Ledger:
        """Return a copy of the ledger in *folder* that no file holds; nothing is written there.

        It is empty when there is none that can be understood.
        """
        ledger = cls.in_memory()
        with suppress(sqlite3.DatabaseError):
            uri = f"{(folder / LEDGER).absolute().as_uri()}?mode=ro"
            with closing(sqlite3.connect(uri, uri=True)) as original:
                ledger._database.execute("rollback")
                original.backup(ledger._database)
            if ledger._is_understood():
                ledger._begin()
                return ledger
        ledger.close()
        return cls.in_memory()

    def move_to(self, folder: Path) -> None:
        """Make this the ledger of the index in *folder*."""
        self._database.execute("commit")
        moved = sqlite3.connect(folder / LEDGER, isolation_level=None)
        self._database.backup(moved)
        self.close()
        self._database = moved
        self._begin()

    def _is_understood(self) -> bool:
        found = self._database.execute("select name from sqlite_schema where type = 'table'")
        present = {name for (name,) in found}
        return present >= _NAMES and self.state("version") == str(_VERSION)

    def _begin(self) -> None:
        # Nothing is ever asked for twice at once, and a temporary file could meet a full disk.
        self._database.execute("pragma temp_store = memory")
        self._database.execute("begin immediate")

    def clear(self) -> None:
        """Forget everything."""
        if self._database.in_transaction:
            self._database.execute("rollback")
        tables = self._database.execute("select name from sqlite_schema where type = 'table'")
        for (name,) in tables.fetchall():
            self._database.execute(f'drop table "{name}"')
        self._database.executescript(_TABLES)
        self._begin()
        self._set_state("version", str(_VERSION))

    def close(self) -> None:
        """Close it, and drop what was not committed."""
        self._database.close()

    def state(self, name: str) -> str | None:
        """Return what is noted under *name*."""
        found = self._database.execute("select value from state where name = ?", (name,)).fetchone()
        return None if found is None else str(found[0])

    def _set_state(self, name: str, value: str) -> None:
        self._database.execute("insert or replace into state values (?, ?)", (name, value))

    @property
    def commit_identity(self) -> str | None:
        """The identity of the commit of the index that this ledger describes."""
        return self.state("commit")

    def commit(self, identity: str) -> None:
        """Make everything so far last, as what belongs to the commit of that *identity*."""
        if self.commit_identity != identity:
            self._set_state("commit", identity)
        self._database.execute("commit")
        self._database.execute("begin immediate")

    # Files

    def file(self, key: str) -> KnownFile | None:
        """Return what is known of the file *key*."""
        found = self._database.execute("select * from file where key = ?", (key,)).fetchone()
        return found and KnownFile(*found)

    def enter_file(self, key: str, name: str) -> int:
        """Enter a file that is about to be read, and forget its refusals; return its id."""
        self._database.execute(
            "insert into file (key, name, size, modified_ns, complete, reading)"
            " values (?, ?, 0, 0, 0, '') on conflict do update set complete = 0",
            (key, name),
        )
        (number,) = self._database.execute("select id from file where key = ?", (key,)).fetchone()
        self._database.execute("delete from refusal where file = ?", (number,))
        return int(number)

    def finish_file(
        self, number: int, name: str, size: int, modified_ns: int, complete: bool, reading: str
    ) -> None:
        """Note how the file of that *number* was when it had been read."""
        self._database.execute(
            "update file set name = ?, size = ?, modified_ns = ?, complete = ?, reading = ?"
            " where id = ?",
            (name, size, modified_ns, complete, reading, number),
        )

    def reopen_file(self, key: str) -> None:
        """Let the file *key* be read again the next time, changed or not."""
        self._database.execute("update file set complete = 0 where key = ?", (key,))

    def name_in(self, root: str, number: int) -> None:
        """Note that the file of that *number* was found in the folder *root*."""
        self._database.execute("insert or ignore into naming values (?, ?)", (root, number))

    def files(self) -> Iterator[tuple[KnownFile, str]]:
        """Yield every file with a folder in which it was found, empty when it was in none."""
        found = self._database.execute(
            "select file.*, coalesce((select min(root) from naming where file = file.id), '')"
            " from file order by key"
        )
        for *entries, root in found.fetchall():
            yield KnownFile(*entries), root

    def keys_in(self, root: str) -> frozenset[str]:
        """Return the files that were found in the folder *root*, now or before."""
        found = self._database.execute(
            "select key from naming join file on file.id = naming.file where root = ?", (root,)
        )
        return frozenset(key for (key,) in found)

    def forget_file(self, key: str) -> None:
        """Forget the file *key* and all its claims; the holders among them must be gone."""
        for table in ("claim", "naming", "refusal"):
            self._database.execute(
                f"delete from {table} where file = (select id from file where key = ?)", (key,)
            )
        self._database.execute("delete from file where key = ?", (key,))

    def add_refusal(self, number: int, refusal: Refusal) -> None:
        """Remember a refusal in the file of that *number*."""
        self._database.execute(
            "insert into refusal values (?, ?, ?, ?, ?)",
            (number, refusal.line, refusal.reason, refusal.remedy, refusal.member),
        )

    def refusals(self, number: int, path: Path) -> list[Refusal]:
        """Return the refusals in the file of that *number*, which lies at *path*."""
        found = self._database.execute(
            "select line, reason, remedy, member from refusal where file = ? order by rowid",
            (number,),
        )
        return [Refusal(path, *entries) for entries in found]

    # Claims

    def holder(self, address: str) -> tuple[Claim, bool] | None:
        """Return the claim that holds *address*, and whether its place still bore it when read."""
        found = self._database.execute(
            f"{_HOLDERS} where claim.address = ? and claim.holds", (address,)
        ).fetchone()
        return found and (Claim(*found[:-1]), bool(found[-1]))

    def claims_of(self, number: int, *, holding: bool) -> list[Claim]:
        """Return the claims of the file of that *number* that hold their address, or do not."""
        found = self._database.execute(
            f"{_CLAIMS} where claim.file = ? and claim.holds = ? order by claim.rowid",
            (number, holding),
        )
        return [Claim(*entries) for entries in found]

    def holders(self) -> list[Claim]:
        """Return every claim that holds its address."""
        found = self._database.execute(f"{_CLAIMS} where claim.holds order by claim.address")
        return [Claim(*entries) for entries in found]

    def holders_in(self, key: str) -> list[Claim]:
        """Return the claims of the file *key* that hold their address."""
        found = self._database.execute(f"{_CLAIMS} where file.key = ? and claim.holds", (key,))
        return [Claim(*entries) for entries in found]

    def holders_with(self, sha256: str) -> list[tuple[Claim, bool]]:
        """Return the claims of that checksum that hold their address, as :meth:`holder` does."""
        found = self._database.execute(
            f"{_HOLDERS} where claim.sha256 = ? and claim.holds order by claim.address",
            (sha256,),
        )
        return [(Claim(*entries), bool(present)) for *entries, present in found]

    def hold(self, claim: Claim) -> None:
        """Let *claim* hold its address; who held it before is forgotten."""
        try:
            self._enter(claim, holds=True)
        except sqlite3.IntegrityError:  # one address has one holder; most are new
            self.release(claim.address)
            self._enter(claim, holds=True)

    def release(self, address: str) -> None:
        """Let nobody hold *address*; the file that was known to bear it is read again if met."""
        self._database.execute(
            "update file set complete = 0 where id ="
            " (select file from claim where address = ? and holds and present)",
            (address,),
        )
        self._database.execute("delete from claim where address = ? and holds", (address,))

    def displace(self, address: str) -> None:
        """Let who holds *address* be remembered as one that does not hold it."""
        self._database.execute("update claim set holds = 0 where address = ? and holds", (address,))

    def lose(self, claim: Claim) -> None:
        """Remember *claim* as one that does not hold its address."""
        self._enter(claim, holds=False)

    def forget_loser(self, claim: Claim) -> None:
        """Forget a claim that does not hold its address; its file is read again if met."""
        self.reopen_file(claim.key)
        self._database.execute(
            "delete from claim where address = ? and not holds and member = ? and line = ?"
            " and file = (select id from file where key = ?)",
            (claim.address, claim.member, claim.line, claim.key),
        )

    def forget_losers(self, number: int) -> None:
        """Forget the claims of the file of that *number* that hold nothing."""
        self._database.execute("delete from claim where file = ? and not holds", (number,))

    def _enter(self, claim: Claim, *, holds: bool) -> None:
        self._database.execute(_ENTER, (*_entries_of(claim), holds))

    def confirm(self, claim: Claim) -> None:
        """Note that the holder of its address was seen again, now at the place of *claim*."""
        self._database.execute(
            "update claim set present = 1, member = ?, line = ?, reading = ?"
            " where address = ? and holds",
            (claim.member, claim.line, claim.reading, claim.address),
        )

    def miss(self, addresses: Iterable[str]) -> None:
        """Note that the places which hold *addresses* were looked for and bear them no more."""
        self._database.executemany(
            "update claim set present = 0 where address = ? and holds",
            ((address,) for address in addresses),
        )

    def losers(self) -> Iterator[tuple[Claim, Claim | None, bool]]:
        """Yield each claim that holds nothing, who holds its address, and if it is still there."""
        losers = self._database.execute(f"{_CLAIMS} where not claim.holds").fetchall()
        for claim in sorted((Claim(*entries) for entries in losers), key=lambda each: each.rank):
            held = self.holder(claim.address)
            yield (claim, *held) if held else (claim, None, False)

    def tally(self, number: int) -> Tally:
        """Return what the file of that *number* holds of the index, and still held when read."""
        found = self._database.execute(
            "select count(*), coalesce(sum(paragraphs), 0) from claim"
            " where file = ? and holds and present",
            (number,),
        ).fetchone()
        return Tally(*found)

    def held_in(self, root: str) -> int:
        """Return how many documents of the index were found in the folder *root*."""
        (count,) = self._database.execute(
            "select count(*) from naming join claim on claim.file = naming.file"
            " where root = ? and holds",
            (root,),
        ).fetchone()
        return int(count)

    def missed_in(self, root: str) -> list[Claim]:
        """Return the holders from the folder *root* whose places bear them no more."""
        found = self._database.execute(
            f"{_CLAIMS} join naming on naming.file = claim.file"
            " where naming.root = ? and claim.holds and not claim.present",
            (root,),
        )
        return [Claim(*entries) for entries in found]

    def fill(self, records: Iterable[DocumentRecord]) -> None:
        """Enter what the *records* of an index tell, after everything was forgotten.

        A file that was one document when it was read counts as complete; of others nobody knows.
        """
        self.clear()
        numbers: dict[str, int] = {}
        for record in records:
            stamp = record.stamp
            if stamp.path not in numbers:
                # Older records do not tell the name; a text without a symbol was called by it.
                numbers[stamp.path] = self.enter_file(
                    stamp.path, stamp.name or record.document.address
                )
            number = numbers[stamp.path]
            if stamp.root:
                self.name_in(stamp.root, number)
            self.hold(claim_of_record(record))
            if stamp.alone:
                self.finish_file(
                    number, stamp.name, stamp.size, stamp.modified_ns, True, stamp.reading
                )


def discard_ledger(folder: Path) -> None:
    """Take the ledger out of *folder*, with what a run that was cut short left beside it."""
    for suffix in ("", "-journal", "-wal", "-shm"):
        (folder / f"{LEDGER}{suffix}").unlink(missing_ok=True)
