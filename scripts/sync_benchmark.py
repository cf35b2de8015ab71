"""Measure what it costs to bring a large index in step with a few new or changed documents.

    python3 scripts/benchmark_sync.py COLLECTION.jsonl.xz INDEX [--syncs 100] [--seed 46]

INDEX is changed, so give it a copy. A session of 100 resolutions with 40 paragraphs each is made of
sentences of the collection and indexed by a real ``fihris`` process; then one paragraph of one of
them is changed, as often as ``--syncs`` says. The figures are Markdown tables.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from fihris.index import sync
from fihris.index.compaction import shape_of
from fihris.index.documents import ReadDocument, raw_documents, read_document
from fihris.index.sources import RawDocument, SourceFile, find_sources
from scripts.million import Maker, read_records
from scripts.percentiles import percentile

ROOT = Path(__file__).resolve().parent.parent
FIHRIS = (sys.executable, "-c", "from fihris.web.cli import main; main()")

_DOCUMENTS, _PREAMBULAR, _OPERATIVE = 100, 15, 25
_MASTHEAD = """مجلس حقوق الإنسان
الدورة الثانية والستون
24 شباط/فبراير - 30 آذار/مارس 2039
قرار اعتمده مجلس حقوق الإنسان في 22 آذار/مارس 2039
62/{number}\t{title}
إن مجلس حقوق الإنسان،
"""
_ROWS = 20


class Session:
    """A folder of made resolutions, in which single paragraphs can be changed."""

    def __init__(self, folder: Path, maker: Maker, chance: random.Random) -> None:
        self.folder = folder
        self._chance = chance
        folder.mkdir()
        made = maker.documents(_PREAMBULAR + _OPERATIVE)
        self._texts = [
            [" ".join(provision["text"].split()[:60]) for provision in next(made)["provisions"]]
            for _ in range(_DOCUMENTS)
        ]
        for number in range(_DOCUMENTS):
            self._write(number)

    def change(self) -> Path:
        """Put another word into one paragraph, and return the file that has it."""
        number = self._chance.randrange(_DOCUMENTS)
        place = self._chance.randrange(1, len(self._texts[number]))
        words = self._texts[number][place].split()
        words[-1] = f"{self._chance.choice(self._texts[0]).split()[0]}{self._chance.random()}"
        self._texts[number][place] = " ".join(words)
        return self._write(number)

    def _write(self, number: int) -> Path:
        texts = self._texts[number]
        lines = [f"وإذ يشير إلى {text}،" for text in texts[:_PREAMBULAR]]
        lines += [f"{n}- يقرر {text}؛" for n, text in enumerate(texts[_PREAMBULAR:], start=1)]
        title = " ".join(texts[0].split()[:8])
        masthead = _MASTHEAD.format(number=number + 1, title=title)
        path = self.folder / f"A_HRC_RES_62_{number + 1}.txt"
        path.write_text(masthead + "\n".join(lines), encoding="utf-8")
        return path


def run_process(*arguments: str) -> float:
    """Run ``fihris`` to its end, and return how many seconds it took."""
    began = time.perf_counter()
    subprocess.run([*FIHRIS, *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def reading_time(path: Path) -> float:
    """Return how many seconds it takes to read and parse the one document at *path*."""
    began = time.perf_counter()
    for source in find_sources([path]):
        if isinstance(source, SourceFile):
            for raw in raw_documents(source):
                if isinstance(raw, RawDocument):
                    read: ReadDocument = read_document(raw)
                    assert read.paragraph_count
    return time.perf_counter() - began


def small_syncs(index: Path, session: Session, number: int) -> Iterator[str]:
    """Change a paragraph so often, sync each time, and yield the rows of the table."""
    yield "| syncs | segments | deleted units | p50, ms | p99, ms | without reading, p50, ms |"
    yield "|---|---|---|---|---|---|"
    most = 0
    taken: list[float] = []
    apart: list[float] = []
    for done in range(1, number + 1):
        path = session.change()
        reading = reading_time(path)
        began = time.perf_counter()
        report = sync(index, [path])
        seconds = time.perf_counter() - began
        assert report.replaced.documents == 1, report
        taken.append(seconds * 1000)
        apart.append((seconds - reading) * 1000)
        shape = shape_of(index)
        most = max(most, shape.segments)
        if done % max(1, number // _ROWS) == 0 or done == number:
            times = " | ".join(
                f"{value:.0f}" for value in (percentile(taken, 0.5), percentile(taken, 0.99))
            )
            row = f"| {done} | {shape.segments} | {shape.deleted:,} | {times}"
            yield f"{row} | {percentile(apart, 0.5):.0f} |"
            taken, apart = [], []
    yield f"\nAt most {most} segments."


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("collection", type=Path, help="JSON Lines: id, title, provisions")
    parser.add_argument("index", type=Path, help="a copy of an index, which is changed")
    parser.add_argument("--syncs", type=int, default=100, help="how many changed paragraphs")
    parser.add_argument("--seed", type=int, default=46)
    asked = parser.parse_args(arguments)
    chance = random.Random(asked.seed)
    with tempfile.TemporaryDirectory() as scratch:
        maker = Maker(read_records(asked.collection), "session", asked.seed)
        session = Session(Path(scratch, "session"), maker, chance)
        place = ("--index", str(asked.index))
        before = Path(scratch, "before.txt")
        before.write_text("وثيقة تسبق غيرها\nليس فيها إلا فقرة واحدة.", encoding="utf-8")
        print(f"| on {shape_of(asked.index).units:,} units, whole process | s |\n|---|---|")
        for name, path in (
            ("one document", before),
            ("one document, unchanged", before),
            ("a session of 100 resolutions, 4 000 paragraphs", session.folder),
            ("the session, unchanged", session.folder),
            ("the session with one changed paragraph", session.folder),
        ):
            print(f"| {name} | {run_process('index', str(path), *place):.2f} |", flush=True)
            if "unchanged" in name:
                session.change()
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"\nA process took {memory:,.0f} MB at most.\n", flush=True)
        for row in small_syncs(asked.index, session, asked.syncs):
            print(row, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
