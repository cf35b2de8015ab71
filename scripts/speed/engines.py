"""The engines that are measured: how each indexes, serves and answers, as commands to run."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.peers import lucene
from scripts.peers.collection import PeerUnavailable
from scripts.peers.questions import Kind
from scripts.speed.sources import Sources

Command = Sequence[str]

#: Indexing and printing are measured as the installed program does them.
FIHRIS = str(Path(sys.executable).with_name("fihris"))


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine by its ``name``, and the commands that make it work.

    ``index`` makes a new index of sources in a folder, ``serve`` answers from it as
    :mod:`scripts.peers.speed` says, ``answer`` prints ten texts that have all of some words.
    ``stop_words`` makes the second index that an engine needs which drops stop words: ``serve``
    is then given the folders of both. ``reads_units`` tells in which form it takes updates.
    ``lacks`` are kinds of question that it has nothing like.
    """

    key: str
    name: str
    index: Callable[[Sources, Path], Command]
    serve: Callable[[Path], Command]
    answer: Callable[[Path, str], Command]
    stop_words: Callable[[Sources, Path], Command] | None = None
    reads_units: bool = True
    lacks: frozenset[Kind] = frozenset()


def second_folder(folder: Path) -> Path:
    """Return where the index with stop words stands that belongs to the one in *folder*."""
    return folder.with_name(f"{folder.name}-stop-words")


def _python(name: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "scripts.peers.speed", name)


def fihris() -> Engine:
    """Return Fihris itself. Raises :class:`PeerUnavailable` where it is not installed."""
    if not Path(FIHRIS).exists():
        raise PeerUnavailable(f"there is no {FIHRIS}; scripts/benchmark.py installs it.")
    return Engine(
        key="fihris",
        name="Fihris",
        index=lambda sources, folder: (
            FIHRIS,
            "index",
            str(sources.collection),
            "--index",
            str(folder),
        ),
        serve=lambda folder: (*_python("speed_fihris"), "serve", str(folder)),
        answer=lambda folder, words: (FIHRIS, "search", words, "--index", str(folder)),
        reads_units=False,
    )


def lucene_arabic() -> Engine:
    """Return Lucene, its jars fetched where they are missing and its program compiled.

    Raises :class:`PeerUnavailable`.
    """
    lucene.fetch_jars()
    run = lucene.speed_command()
    return Engine(
        key="lucene",
        name="Lucene ArabicAnalyzer",
        index=lambda sources, folder: (*run, "index", str(sources.units), str(folder)),
        serve=lambda folder: (*run, "serve", str(folder), str(second_folder(folder))),
        answer=lambda folder, words: (*run, "answer", str(folder), words),
        stop_words=lambda sources, folder: (
            *run,
            "index-stop-words",
            str(sources.units),
            str(folder),
        ),
    )


def tantivy_arabic() -> Engine:
    """Return Tantivy, which is there because Fihris needs it."""
    return _in_python("tantivy", "Tantivy built-in Arabic", frozenset())


def sqlite_fts5() -> Engine:
    """Return SQLite FTS5. Raises :class:`PeerUnavailable` where Python's SQLite lacks it."""
    try:
        sqlite3.connect(":memory:").execute("CREATE VIRTUAL TABLE word USING fts5(text)")
    except sqlite3.OperationalError as error:
        raise PeerUnavailable(f"Python's SQLite was built without FTS5 ({error}).") from None
    # It scores every row that has any of a clause's sixty words: seconds for one question.
    return _in_python("fts5", "SQLite FTS5 unicode61", frozenset({Kind.CLAUSE}))


def _in_python(key: str, name: str, lacks: frozenset[Kind]) -> Engine:
    run = _python(f"speed_{key}")
    return Engine(
        key=key,
        name=name,
        index=lambda sources, folder: (*run, "index", str(sources.units), str(folder)),
        serve=lambda folder: (*run, "serve", str(folder)),
        answer=lambda folder, words: (*run, "answer", str(folder), words),
        lacks=lacks,
    )


ENGINES: dict[str, Callable[[], Engine]] = {
    "fihris": fihris,
    "lucene": lucene_arabic,
    "tantivy": tantivy_arabic,
    "fts5": sqlite_fts5,
}


def available(keys: Sequence[str]) -> Iterator[Engine]:
    """Yield the engines called *keys*; one that cannot be had is left out, and why is said."""
    for key in keys:
        try:
            yield ENGINES[key]()
        except PeerUnavailable as unavailable:
            print(f"{key} is left out: {unavailable}", file=sys.stderr)
