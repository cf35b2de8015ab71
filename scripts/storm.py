"""Kill ``fihris`` again and again at random moments, and see that no index ever suffers from it.

    python3 scripts/kill_storm.py [--kills 200] [--seed 46]

A folder of sources changes (files are added, rewritten, taken away), a real ``fihris`` process is
started to bring its index in step, and is killed by SIGKILL: half of the time after a random
stretch of the time it usually takes, half of the time right after a random one of the changes that
it makes to the folder of the index. Some runs are *assisted*: another process makes their units, as
it does in large ones. After each kill

* the index opens at a commit, and ``fihris verify`` finds every document in it whole;
* every document has the text of before or that of after, none is lost and none came from nowhere;
* the same command, run again, completes, and the index holds exactly what the folder holds.

At the end, and every so often, the index is compared with a fresh one of the same folder.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from fihris.index import open_index
from fihris.index.verify import verify

ROOT = Path(__file__).resolve().parent.parent
FIHRIS = (sys.executable, "-c", "from fihris.web.cli import main; main()")
ASSISTED_FIHRIS = (sys.executable, "-P", "-m", "scripts.assisted_fihris")

#: A collection of so many documents in each source, each of so many paragraphs.
_DOCUMENTS, _PARAGRAPHS = 3, 8
_SOURCES = 12
_ROUNDS_BETWEEN_COMPARISONS = 25
#: Seconds after which a command that goes on is one that hangs.
_PATIENCE = 120.0
#: Seconds between two looks at a folder: whoever looks must leave the processor to what is watched.
_PAUSE = 0.002
_WORDS = (
    "يقرر المجلس أن يواصل النظر في المسألة ويطلب إلى الأمين العام تقديم تقرير سنوي عن ذلك "
    "وإذ يلاحظ مع القلق انخفاض منسوب البحيرة وهجرة الصيادين من القرى يحث الدول على التعاون "
    "لحماية المياه والغابات والمراعي ويدعو المنظمات إلى دعم المزارعين والعاملين بالتدريب والمعدات"
).split()

Texts = dict[str, tuple[str, ...]]


class Broken(Exception):
    """A promise that was not kept; the message says which, and how to see it again."""


@dataclass(frozen=True, slots=True)
class Operation:
    """What is done to an index: a change of the sources, and the command that follows it.

    ``program`` is what the command is given to.
    """

    name: str
    change: Callable[[Storm], None]
    arguments: Callable[[Storm], Sequence[str]]
    program: Sequence[str] = FIHRIS


class Storm:
    """A folder of sources, its index, and what the index must hold."""

    def __init__(self, place: Path, chance: random.Random) -> None:
        self.sources = place / "sources"
        self.index = place / "index"
        self.chance = chance
        self.sources.mkdir(parents=True)
        self.held: dict[str, Texts] = {}
        self._made = 0
        self._usual: dict[str, tuple[float, int]] = {}
        for _ in range(_SOURCES):
            self.add_source()

    # What happens to the sources

    def add_source(self) -> None:
        """Put a new source into the folder."""
        self._made += 1
        self._write(f"source-{self._made}.jsonl")

    def rewrite_source(self) -> None:
        """Give the documents of a source other texts."""
        self._write(self.chance.choice(sorted(self.held)))

    def take_source_away(self) -> None:
        """Delete a source; where few are left, others come: nobody may prune most of a folder."""
        if len(self.held) <= _SOURCES // 2:
            self.add_source()
        name = self.chance.choice(sorted(self.held))
        (self.sources / name).unlink()
        del self.held[name]

    def leave_sources(self) -> None:
        """Change nothing."""

    def _write(self, name: str) -> None:
        documents: Texts = {
            f"{name.removesuffix('.jsonl')}-{number}": tuple(self._texts())
            for number in range(_DOCUMENTS)
        }
        lines = [
            json.dumps(
                {
                    "id": address,
                    "title": texts[0],
                    "provisions": [{"ref": f"art{n}", "text": t} for n, t in enumerate(texts[1:])],
                },
                ensure_ascii=False,
            )
            for address, texts in documents.items()
        ]
        new = self.sources / f"{name}.new"
        new.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        new.replace(self.sources / name)
        self.held[name] = documents

    def _texts(self) -> Iterator[str]:
        for _ in range(self.chance.randint(2, _PARAGRAPHS)):
            length = self.chance.randint(5, 40)
            yield " ".join(self.chance.choices(_WORDS, k=length))

    # What happens to the index

    @property
    def expected(self) -> Texts:
        """Every document of the sources with its texts, the title first."""
        return {name: texts for held in self.held.values() for name, texts in held.items()}

    def run(self, operation: Operation) -> None:
        """Run *operation* to its end, and learn how long it takes and how often files change."""
        began = time.monotonic()
        changes = 0
        seen = self._names()
        with self._start(operation) as process:
            while process.poll() is None:
                if time.monotonic() - began > _PATIENCE:
                    process.kill()
                    raise Broken(f"{operation.name} did not end in {_PATIENCE:.0f} s")
                if (names := self._names()) != seen:
                    seen, changes = names, changes + 1
                time.sleep(_PAUSE)
            if process.returncode:
                said = " ".join(process.stderr.read().split())[-300:] if process.stderr else ""
                raise Broken(f"{operation.name} ended with {process.returncode}: {said}")
        self._usual[operation.name] = (time.monotonic() - began, max(changes, 1))

    def kill(self, operation: Operation) -> bool:
        """Run *operation* and kill it; tell whether it was still at work."""
        seconds, changes = self._usual[operation.name]
        with self._start(operation) as process:
            if self.chance.random() < 0.5:
                time.sleep(self.chance.uniform(0.1, 1.05) * seconds)
            else:
                self._wait_for_changes(self.chance.randint(1, changes), process)
                # Files are written between these changes as well.
                time.sleep(self.chance.choice((0, 0, self.chance.uniform(0, 0.02))))
            at_work = process.poll() is None
            process.kill()
        return at_work

    def _wait_for_changes(self, left: int, process: subprocess.Popen[str]) -> None:
        """Wait until files came or went so often, or *process* has ended."""
        seen = self._names()
        while left and process.poll() is None:
            if (names := self._names()) != seen:
                seen, left = names, left - 1
            time.sleep(_PAUSE / 10)

    def _start(self, operation: Operation) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*operation.program, *operation.arguments(self)],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def _names(self) -> frozenset[str]:
        """Return what lies in the folder of the index, and around it."""
        found = {entry.name for entry in os.scandir(self.index.parent)}
        with suppress(OSError):
            found.update(entry.name for entry in os.scandir(self.index))
        return frozenset(found)

    # What must be true

    def check_after_kill(self, before: Texts) -> None:
        """Raise Broken unless the index holds whole documents of *before* or of now, none lost."""
        texts = self.indexed()
        after = self.expected
        for name in before.keys() | after.keys() | texts.keys():
            allowed = {before.get(name), after.get(name)}
            if texts.get(name) not in allowed:
                raise Broken(f"{name} is neither what it was nor what it becomes")

    def check_complete(self) -> None:
        """Raise Broken unless the index holds exactly what the sources hold."""
        texts = self.indexed()
        for name in texts.keys() ^ self.expected.keys():
            raise Broken(f"{name} {'came from nowhere' if name in texts else 'is lost'}")
        for name, expected in self.expected.items():
            if texts[name] != expected:
                raise Broken(f"{name} has another text")

    def indexed(self) -> Texts:
        """Return what the index holds; raise Broken when anything in it is not sound."""
        report = verify(self.index)
        if not report.sound:
            raise Broken("; ".join(str(fault) for fault in report.faults))
        reader = open_index(self.index)
        texts = {}
        for record in reader.records():
            document = reader.document(record.document.address)
            if document is None:
                raise Broken(f"{record.document.address} vanished while it was read")
            texts[document.address] = tuple(unit.text for unit in document.paragraphs)
        return texts

    def compare_with_fresh(self) -> None:
        """Raise Broken unless a fresh index of the sources holds the same."""
        with tempfile.TemporaryDirectory() as scratch:
            fresh = Path(scratch, "index")
            command = [*FIHRIS, "index", str(self.sources), "--index", str(fresh)]
            subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
            ours, theirs = open_index(self.index), open_index(fresh)
            for record in theirs.records():
                address = record.document.address
                if ours.document(address) != theirs.document(address):
                    raise Broken(f"{address} is not what a fresh index holds")
            if ours.searcher().num_docs != theirs.searcher().num_docs:
                raise Broken("a fresh index holds another number of units")


def _index_arguments(*options: str) -> Callable[[Storm], Sequence[str]]:
    return lambda storm: ("index", str(storm.sources), "--index", str(storm.index), *options)


def _backup_arguments(storm: Storm) -> Sequence[str]:
    target = storm.index.parent / "backups" / str(storm.chance.getrandbits(60))
    return ("backup", str(target), "--index", str(storm.index))


_ALONE = (
    Operation("add", Storm.add_source, _index_arguments()),
    Operation("replace", Storm.rewrite_source, _index_arguments()),
    Operation("prune", Storm.take_source_away, _index_arguments("--prune")),
    Operation("rebuild", Storm.rewrite_source, _index_arguments("--rebuild")),
    Operation("compact", Storm.leave_sources, lambda s: ("compact", "--index", str(s.index))),
    Operation("backup", Storm.leave_sources, _backup_arguments),
)
# Of the others, pruning and backing up make no units.
_ASSISTED = tuple(
    replace(one, name=f"{one.name}, assisted", program=ASSISTED_FIHRIS)
    for one in _ALONE
    if one.name in {"add", "replace", "rebuild", "compact"}
)
OPERATIONS = (*_ALONE, *_ASSISTED)


def rage(
    place: Path, kills: int, operations: Sequence[Operation], chance: random.Random
) -> Counter[str]:
    """Kill *kills* processes at work, and return how many of each operation.

    Raises Broken with the first promise that was not kept.
    """
    storm = Storm(place, chance)
    storm.run(OPERATIONS[0])
    for operation in operations:
        operation.change(storm)
        storm.run(operation)
        storm.check_complete()
    killed: Counter[str] = Counter()
    rounds = 0
    while killed.total() < kills:
        rounds += 1
        operation = chance.choice(operations)
        before = storm.expected
        operation.change(storm)
        killed[operation.name] += storm.kill(operation)
        storm.check_after_kill(before)
        storm.run(operation)
        storm.check_complete()
        if rounds % _ROUNDS_BETWEEN_COMPARISONS == 0:
            storm.compare_with_fresh()
            print(f"{killed.total()} of {kills} killed at work", file=sys.stderr, flush=True)
    storm.compare_with_fresh()
    return killed


def main(arguments: Sequence[str] | None = None) -> int:
    """Let the storm rage, and print what it hit."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--kills", type=int, default=200, help="how many processes, at work")
    parser.add_argument("--seed", type=int, default=46)
    asked = parser.parse_args(arguments)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        try:
            killed = rage(Path(scratch), asked.kills, OPERATIONS, random.Random(asked.seed))
        except Broken as broken:
            print(f"broken: {broken}", file=sys.stderr)
            return 1
    print("| operation | killed at work |\n|---|---|")
    for name, count in sorted(killed.items()):
        print(f"| {name} | {count} |")
    print(f"\n{killed.total()} kills, no index harmed, {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
