"""Measure how many search pages a second the server answers, beside a bare page.

    python3 scripts/load_web.py FOLDER_OF_AN_INDEX [--workers 2] [--seconds 10] [--rounds 3]
    python3 scripts/load_web.py FOLDER --minutes 10    keep up 80 % while a session is indexed
    python3 scripts/load_web.py FOLDER --build COLLECTION.jsonl.xz --copies 15    make the index

Three servers take turns of some seconds in the same run, each with as many workers:

* *bare*: the same queries parsed, compiled, counted and ranked by the same engine, the first ten
  wordings as plain HTML; no facets, snippets, marks, records of documents, checks, or template;
* *page*: ``fihris serve`` with no answers kept, every page searched and rendered;
* *kept*: ``fihris serve`` as it ships, which keeps answers until the next commit.

The questions are drawn from the texts of the index itself, by ``--seed``: 40 % one word, 30 % two
neighbouring words, 15 % a phrase of two, 10 % two words with an organ, 5 % the second page of one
word. One in five repeats an earlier one. Only 127.0.0.1 is ever asked, and the run ends by itself.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode, urlsplit

from fihris.index import open_index, sync
from fihris.index.reader import IndexReader
from fihris.index.resolution import Organ
from scripts.clause_benchmark import read_collection, write_copy
from scripts.percentiles import percentile

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

#: Organs as often as they adopt, and their first session with the year it began in.
ORGANS = (("GA", 46, 1991), ("HRC", 1, 2006), ("ECOSOC", 0, 1991), ("SC", 0, 1991))
ORGAN_WEIGHTS = (55, 30, 10, 5)
YEARS = 30

SAMPLED_TEXTS = 20_000
QUESTIONS = 4_000
REPEATED = 0.2
CONNECTIONS = 8
#: The share of the measured rate that is kept up in the long form.
SUSTAINED = 0.8
#: Documents of each commit, and seconds between two, while a session is indexed.
SESSION_STEP, SESSION_PAUSE = 20, 5.0

_HITS = 10


def placed(records: Sequence[Mapping[str, Any]], chance: random.Random) -> Iterator[dict[str, Any]]:
    """Yield the records as if organs had adopted them, so that there is something to count by."""
    for record in records:
        organ, first, began = chance.choices(ORGANS, ORGAN_WEIGHTS)[0]
        later = chance.randrange(YEARS)
        date = f"{began + later}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
        session = {"session": str(first + later)} if first else {}
        yield {**record, "organ": organ, "date": date, **session}


def build_index(collection: Path, copies: int, folder: Path, seed: int) -> None:
    """Index the collection so many times into *folder*, each time with some other words."""
    chance = random.Random(seed)
    records = list(placed(list(read_collection(collection)), chance))
    texts = [provision["text"] for record in records for provision in record["provisions"]]
    vocabulary = [chance.choice(text.split() or ["من"]) for text in texts]
    with tempfile.TemporaryDirectory() as scratch:
        for copy in range(copies):
            target = Path(scratch, f"copy{copy}.jsonl")
            write_copy(records, copy, vocabulary, target, chance)
            sync(folder, [target])
            target.unlink()
            print(f"copy {copy + 1} of {copies}", file=sys.stderr, flush=True)


def questions(reader: IndexReader, number: int, seed: int) -> list[str]:
    """Return *number* query strings of the mix that the module describes."""
    chance = random.Random(seed)
    texts = [text.split() for text in _sampled_texts(reader, chance)]
    texts = [words for text in texts if len(words := [w for w in text if w.isalpha()]) > 2]
    asked: list[str] = []
    while len(asked) < number:
        if asked and chance.random() < REPEATED:
            asked.append(chance.choice(asked))
            continue
        words = chance.choice(texts)
        at = chance.randrange(len(words) - 1)
        pair = " ".join(words[at : at + 2])
        parameters = chance.choices(
            (
                {"q": words[at]},
                {"q": pair},
                {"q": f'"{pair}"'},
                {"q": pair, "organ": chance.choice(list(Organ)).value},
                {"q": words[at], "page": "2"},
            ),
            (40, 30, 15, 10, 5),
        )[0]
        asked.append(urlencode(parameters))
    return asked


def _sampled_texts(reader: IndexReader, chance: random.Random) -> list[str]:
    import tantivy

    searcher = reader.searcher()
    every = searcher.search(tantivy.Query.all_query(), searcher.num_docs, count=False).hits
    places = [place for _, place in chance.sample(every, min(len(every), SAMPLED_TEXTS))]
    return [reader.unit(searcher, place).paragraph.text for place in places]


def bare_app(folder: Path) -> ASGIApp:
    """Return the least that answers the same queries with a page of ten texts."""
    from fihris.search.compiler import Compiler
    from fihris.search.hits import Grouping
    from fihris.search.index_terms import SearcherTerms
    from fihris.search.plan import plan_query
    from fihris.search.query import Filters, parse_query
    from fihris.search.query_tree import Strictness
    from fihris.search.ranking import count, rank
    from fihris.search.searcher import SHIPPED_WEIGHTS, shared_analyzer
    from fihris.web.live_index import LiveIndex

    live = LiveIndex(folder)
    analyzer = shared_analyzer()

    def page(query_string: str) -> bytes:
        asked = parse_qs(query_string)
        reader = live.state().reader
        searcher = reader.searcher()
        compiler = Compiler(reader.schema, SHIPPED_WEIGHTS)
        terms = SearcherTerms(reader, searcher, compiler, analyzer)
        plan = plan_query(parse_query(asked["q"][0]), analyzer, terms, Strictness())
        filters = Filters(organ=tuple(asked.get("organ", ())))
        query = compiler.strict(plan, filters, {}, terms.frequencies)
        first = _HITS * (int(asked.get("page", ["1"])[0]) - 1)
        total = count(searcher, query)
        found = rank(searcher, query, first + _HITS, grouping=Grouping.WORDING)[first:]
        texts = (reader.unit(searcher, one.place).paragraph.text for one in found)
        items = "".join(f"<li>{escape(text)}</li>" for text in texts)
        return f"<!doctype html><title>{total}</title><ol>{items}</ol>".encode()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await receive()
            await send({"type": "lifespan.startup.complete"})
            await receive()
            await send({"type": "lifespan.shutdown.complete"})
            return
        body = page(scope["query_string"].decode())
        headers = [
            (b"content-type", b"text/html; charset=utf-8"),
            (b"content-length", str(len(body)).encode()),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return app


@dataclass(slots=True)
class Answers:
    """What came back: how long each answer took in seconds, and what went wrong.

    ``processor`` is the processor time in seconds that the server took for all of them: what a rate
    would depend on, were the machine there for nothing else.
    """

    durations: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    seconds: float = 0.0
    processor: float = 0.0

    @property
    def cost(self) -> float:
        """Seconds of processor time for one answer; 0.0 where the system does not tell."""
        return self.processor / len(self.durations) if self.durations else 0.0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.durations) / self.seconds if self.seconds else 0.0

    def milliseconds(self, share: float) -> float:
        """Return how long that share of the answers took at most."""
        return percentile(self.durations, share) * 1000 if self.durations else 0.0


async def _answer(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str, port: int
) -> int:
    """Ask once on an open connection, read the whole answer, and return its status."""
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
    await reader.readexactly(length)
    return int(head[9:12])


async def ask(
    port: int, asked: Sequence[str], seconds: float, rate: float = 0.0, first: int = 0
) -> Answers:
    """Ask *asked* in turn, from the *first* on, on some connections for so many *seconds*.

    With a *rate*, each question has its time, and waiting for a late answer counts as its duration;
    without, the next is asked as soon as the last is answered.
    """
    answers = Answers()
    began = time.perf_counter()
    turn = iter(range(sys.maxsize))

    async def connection() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while True:
            at = next(turn)
            due = began + at / rate if rate else time.perf_counter()
            if due - began >= seconds or time.perf_counter() - began >= seconds:
                break
            if (wait := due - time.perf_counter()) > 0:
                await asyncio.sleep(wait)
            question = asked[(first + at) % len(asked)]
            try:
                status = await _answer(reader, writer, f"/?{question}", port)
            except (OSError, asyncio.IncompleteReadError) as error:
                answers.errors.append(f"{question}: {error!r}")
                writer.close()
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                continue
            answers.durations.append(time.perf_counter() - due)
            if status != 200:
                answers.errors.append(f"{question}: status {status}")
        writer.close()

    await asyncio.gather(*(connection() for _ in range(CONNECTIONS)))
    answers.seconds = time.perf_counter() - began
    return answers


@dataclass(frozen=True, slots=True)
class Server:
    """A server of this run: its process and its port."""

    process: subprocess.Popen[str]
    port: int

    def memory(self) -> float:
        """Return the megabytes that its processes hold beside the files of the index.

        0.0 where the system does not tell (it is Linux that does).
        """
        held = 0
        for process in self._processes():
            told = dict(line.split(":", 1) for line in _read(process / "status").splitlines())
            held += int(told.get("RssAnon", "0").split()[0])
        return held / 1000

    def processor_seconds(self) -> float:
        """Return the processor time that its processes have taken; 0.0 where it is not told."""
        ticks = 0
        for process in self._processes():
            told = _read(process / "stat").rpartition(")")[2].split()
            ticks += sum(map(int, told[11:13]))  # proc(5): utime and stime
        return ticks / os.sysconf("SC_CLK_TCK") if ticks else 0.0

    def _processes(self) -> Iterator[Path]:
        """Yield the server's own process and its workers, as ``/proc`` has them."""
        for process in Path("/proc").glob("[0-9]*"):
            told = _read(process / "stat").rpartition(")")[2].split()
            if self.process.pid in (int(process.name), int(told[1]) if told else 0):
                yield process


def _read(path: Path) -> str:
    """Return what the system tells of a process; nothing when it has just ended."""
    try:
        return path.read_text("utf-8")
    except OSError:
        return ""


@contextmanager
def served(command: Sequence[str]) -> Iterator[Server]:
    """Run a server until the block ends; its first line tells where it listens."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        port = urlsplit(process.stdout.readline().split()[-1]).port
        assert port is not None
        yield Server(process, port)
    finally:
        process.terminate()
        process.communicate(timeout=30)


def page_command(folder: Path, workers: int, cache: int) -> list[str]:
    """Return the command that serves the real pages."""
    program = "from fihris.web.cli import main; main()"
    where = f"--index={folder} --port=0 --workers={workers} --rate=0 --cache={cache}"
    return [sys.executable, "-c", program, "serve", *where.split()]


def bare_command(folder: Path, workers: int) -> list[str]:
    """Return the command that serves the bare page."""
    return [sys.executable, "-m", "scripts.web_load", str(folder), "--bare", f"--workers={workers}"]


def serve_bare(folder: Path, workers: int) -> None:
    """Serve the bare page as ``fihris serve`` serves the real ones."""
    from functools import partial

    from fihris.web.server import listen, run
    from fihris.web.settings import ServeSettings

    settings = ServeSettings(folder, port=0, workers=workers)
    with listen(settings) as listening:
        application = partial(bare_app, folder)
        run(settings, listening, lambda address: print(f"at {address}", flush=True), application)


def compare(
    folder: Path, asked: Sequence[str], workers: int, seconds: float, rounds: int
) -> dict[str, Answers]:
    """Return what each kind of server answered, all rounds together, the kinds taking turns."""
    commands = {
        "bare": bare_command(folder, workers),
        "page": page_command(folder, workers, 0),
        "kept": page_command(folder, workers, 32),
    }
    total = {name: Answers() for name in commands}
    with ExitStack() as running:
        servers = {
            name: running.enter_context(served(command)) for name, command in commands.items()
        }
        for number in range(rounds + 1):
            for name, server in servers.items():
                busy = server.processor_seconds()
                first = number * len(asked) // 7
                found = asyncio.run(ask(server.port, asked, seconds, first=first))
                if not number:
                    continue  # the first round fills memos, and reads the files of the index
                total[name].processor += server.processor_seconds() - busy
                total[name].durations += found.durations
                total[name].errors += found.errors
                total[name].seconds += found.seconds
    return total


def table(measured: Mapping[str, Answers]) -> Iterator[str]:
    """Yield the lines of a table in Markdown."""
    yield "| | answers/s | of bare | p50 ms | p99 ms | processor ms | of bare | errors |"
    yield "|---|---|---|---|---|---|---|---|"
    bare = measured["bare"]
    for name, answers in measured.items():
        times = f"{answers.milliseconds(0.5):.1f} | {answers.milliseconds(0.99):.1f}"
        costs = f"{answers.cost * 1000:.1f} | {bare.cost / (answers.cost or 1):.2f}"
        rates = f"{answers.rate:.0f} | {answers.rate / bare.rate:.2f}"
        yield f"| {name} | {rates} | {times} | {costs} | {len(answers.errors)} |"


async def keep_up(
    server: Server, folder: Path, asked: Sequence[str], rate: float, minutes: float
) -> None:
    """Ask at a steady *rate* for so many *minutes* while a session is indexed, and tell of it."""
    ended = asyncio.Event()
    indexing = asyncio.create_task(_index_session(folder, asked, ended))
    began = time.monotonic()
    errors: list[str] = []
    durations: list[float] = []
    step = min(30.0, minutes * 60)
    while time.monotonic() - began < minutes * 60:
        found = await ask(server.port, asked, step, rate, first=len(durations))
        errors += found.errors
        durations += found.durations
        passed = time.monotonic() - began
        print(
            f"{passed:4.0f} s: {found.rate:.0f} answers/s, p50 {found.milliseconds(0.5):.1f} ms, "
            f"p99 {found.milliseconds(0.99):.1f} ms, {len(found.errors)} errors, "
            f"memory {server.memory():.0f} MB",
            flush=True,
        )
    ended.set()
    commits = await indexing
    print(f"{len(durations):,} answers, {len(errors)} errors, {commits} commits meanwhile")
    for error in errors[:10]:
        print(error)


async def _index_session(folder: Path, asked: Sequence[str], ended: asyncio.Event) -> int:
    """Index invented documents of one session, some at a time; return how many commits that took.

    They are written by another process, at low priority, as an operator would.
    """
    commits = 0
    program = "import os, sys; os.nice(10); from fihris.web.cli import main; main()"
    with tempfile.TemporaryDirectory() as scratch:
        while not ended.is_set():
            target = Path(scratch, f"step{commits}-{os.getpid()}.jsonl")
            with target.open("w", encoding="utf-8") as lines:
                for number in range(SESSION_STEP):
                    at = (commits * SESSION_STEP + number) * 7
                    words = [parse_qs(asked[(at + n) % len(asked)])["q"][0] for n in range(60)]
                    record = {
                        "id": f"load/{os.getpid()}/{commits}/{number}",
                        "title": " ".join(words[:5]),
                        "organ": "GA",
                        "session": "99",
                        "date": "2044-12-01",
                        "provisions": [
                            {"ref": str(n), "text": " ".join(words[n : n + 20])} for n in range(20)
                        ],
                    }
                    lines.write(json.dumps(record, ensure_ascii=False) + "\n")
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-c", program, "index", "--index", str(folder), str(target)),
                stdout=subprocess.DEVNULL,
            )
            if await process.wait():
                raise RuntimeError("indexing failed while pages were asked for")
            commits += 1
            try:
                await asyncio.wait_for(ended.wait(), SESSION_PAUSE)
            except TimeoutError:
                continue
    return commits


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print the table; with --minutes, keep the rate up afterwards."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("index", type=Path, help="the folder of an index")
    parser.add_argument("--build", type=Path, metavar="COLLECTION", help="make the index of this")
    parser.add_argument("--copies", type=int, default=15, help="its size in collections")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=10, help="of each server in each round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--questions", type=int, default=QUESTIONS)
    parser.add_argument("--minutes", type=float, default=0, help="keep up 80 %% for so long")
    parser.add_argument("--seed", type=int, default=46)
    parser.add_argument("--bare", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.bare:
        serve_bare(given.index, given.workers)
        return 0
    if given.build:
        build_index(given.build, given.copies, given.index, given.seed)
        return 0
    reader = open_index(given.index)
    asked = questions(reader, given.questions, given.seed)
    print(f"{reader.searcher().num_docs:,} units, {len(asked):,} questions, seed {given.seed}\n")
    measured = compare(given.index, asked, given.workers, given.seconds, given.rounds)
    print("\n".join(table(measured)), flush=True)
    failed = [error for answers in measured.values() for error in answers.errors]
    print(*failed[:10], sep="\n")
    if given.minutes:
        rate = SUSTAINED * measured["page"].rate
        print(f"\n{rate:.0f} answers/s for {given.minutes:g} minutes, while a session is indexed\n")
        with served(page_command(given.index, given.workers, 0)) as server:
            asyncio.run(keep_up(server, given.index, asked, rate, given.minutes))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
