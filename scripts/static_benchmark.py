"""Measure the search of static sites: Fihris beside Pagefind, in a browser, in one run.

    python3 scripts/benchmark_static.py COLLECTION.jsonl.xz [--index FOLDER] [--json FILE]

Both make their files from the same documents: Fihris from an index, whose hits are paragraphs;
Pagefind from a page of HTML for each document with an anchor for each paragraph, as its users
would. Then a browser asks both the same queries of a server on this machine that counts what it
sends. What a phrase must find is looked up in all texts: for Pagefind, the documents in a paragraph
of which it stands.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from fihris.index.reader import open_index
from fihris.index.synchronize import sync
from fihris.web.shards.units import ShardDocument, read_documents
from scripts.arabic_matrix import matrix_index, read_cases
from scripts.percentiles import percentile
from scripts.processes import run_measured, sizes_of
from scripts.static_browser import ask, chromium, fresh_page, open_and_ask, served
from scripts.static_questions import (
    PHRASES,
    QUERIES,
    STOP_WORDS,
    folded_words,
    phrase_test,
    right_places,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[1]
#: As many hits as any phrase has, and more.
_ALL = 5_000

_EXPORT = """
import sys
from pathlib import Path
from fihris.index.reader import open_index
from fihris.web.embedding import write_widget
from fihris.web.shards import write_shards
write_shards(open_index(Path(sys.argv[1])), Path(sys.argv[2]))
write_widget(Path(sys.argv[2]))
"""


@dataclass(frozen=True, slots=True)
class Build:
    """What making the files took, and what they take: seconds, processor seconds, bytes."""

    seconds: float
    processor: float
    memory: int
    size: int
    files: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What one engine has shown; sizes in bytes, times in milliseconds, a value for each query."""

    build: Build
    first_bytes: list[int]
    first_requests: list[int]
    further_bytes: list[int]
    cold: list[float]
    warm: list[float]
    stop_word_bytes: int
    stop_word_time: float
    right_phrases: list[bool]
    right_cases: list[bool]


def built(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Build:
    """Run what makes the files in *folder*, and return what it took."""
    cost = run_measured(command, environment)
    sizes = sizes_of(folder)
    return Build(*cost, sum(sizes), len(sizes))


def build_fihris(index: Path, site: Path) -> Build:
    """Write what ``fihris export-search`` writes into *site*."""
    folder = site / "fihris"
    return built([sys.executable, "-c", _EXPORT, str(index), str(folder)], folder, {})


def build_pagefind(documents: Sequence[ShardDocument], site: Path, peer: Path) -> Build:
    """Write a page for each document, and Pagefind's files for them, into *site*."""
    pages = site / "pages"
    pages.mkdir()
    for number, document in enumerate(documents):
        paragraphs = "\n".join(
            f'<p id="{escape(unit.paragraph.fragment)}">{escape(unit.paragraph.text)}</p>'
            for unit in document.units[1:]
        )
        title = escape(document.record.title)
        page = f'<!doctype html><html lang="ar"><meta charset="utf-8"><title>{title}</title>'
        page += f"<body><main><h1>{title}</h1>\n{paragraphs}</main></body></html>"
        (pages / f"{number}.html").write_text(page, "utf-8")
    folder = site / "pagefind"
    command = [sys.executable, "-m", "pagefind", "--site", str(pages)]
    return built([*command, "--output-path", str(folder)], folder, {"PYTHONPATH": str(peer)})


#: Tells whether an answer to a phrase (names of documents, numbers of units) is exactly right.
RightAnswer = Callable[[str, list[str], list[int]], bool]
#: Tells by the name of a document which case it is.
CaseOf = Callable[[str], str]


def measure(
    engine: str, site: Path, matrix: Path, build: Build, is_right: RightAnswer, case_of: CaseOf
) -> Figures:
    """Ask *engine* everything, of the files in *site* and of those of the *matrix*."""
    figures = Figures(build, [], [], [], [], [], 0, 0.0, [], [])
    with chromium() as browser, served(site) as (address, sent):
        for place, query in enumerate(QUERIES):
            with fresh_page(browser, address) as page:
                sent.reset()
                figures.cold.append(open_and_ask(page, engine, query).milliseconds)
                figures.first_bytes.append(sent.size)
                figures.first_requests.append(sent.requests)
                figures.warm.append(ask(page, query).milliseconds)
                sent.reset()
                ask(page, QUERIES[(place + 1) % len(QUERIES)])
                figures.further_bytes.append(sent.size)
        with fresh_page(browser, address) as page:
            open_and_ask(page, engine, QUERIES[0])
            sent.reset()
            stop_words = ask(page, STOP_WORDS)
            stop_word_bytes = sent.size
            for phrase in PHRASES:
                answer = ask(page, phrase, _ALL)
                figures.right_phrases.append(is_right(phrase, answer.names, answer.units))
        figures.right_cases.extend(passed_cases(browser, engine, matrix, case_of))
    measured = asdict(figures) | {
        "build": build,
        "stop_word_bytes": stop_word_bytes,
        "stop_word_time": stop_words.milliseconds,
    }
    return Figures(**measured)


def passed_cases(browser: Browser, engine: str, matrix: Path, case_of: CaseOf) -> list[bool]:
    """Return of each case of the Arabic matrix whether *engine* passes it."""
    passed: list[bool] = []
    with served(matrix) as (address, _), fresh_page(browser, address) as page:
        open_and_ask(page, engine, "كتاب")
        for case in read_cases():
            found = {case_of(name) for name in ask(page, case.query, _ALL).names}
            passed.append((case.address in found) == case.meet)
    return passed


def compare(index: Path, peer: Path | None, work: Path) -> dict[str, Figures]:
    """Return the figures of every engine, over the documents of *index*."""
    documents = list(read_documents(open_index(index)))
    units = [folded_words(unit.paragraph.text) for one in documents for unit in one.units]
    site, matrix = work / "site", work / "matrix"
    for folder in (site, matrix):
        folder.mkdir()
        (folder / "index.html").write_text('<!doctype html><html lang="ar"></html>', "utf-8")
    cases = work / "cases"
    cases.mkdir()
    case_reader = matrix_index(read_cases(), cases)  # not beside the index that is measured
    build_fihris(case_reader.folder, matrix)

    def finds_units(phrase: str, _: list[str], found: list[int]) -> bool:
        return sorted(found) == list(right_places(phrase, units))

    build = build_fihris(index, site)
    figures = {"fihris": measure("fihris", site, matrix, build, finds_units, str)}
    if peer is None:
        return figures
    case_documents = list(read_documents(case_reader))
    build_pagefind(case_documents, matrix, peer)

    def finds_documents(phrase: str, found: list[str], _: list[int]) -> bool:
        answers = phrase_test(phrase)
        right = {
            number
            for number, one in enumerate(documents)
            if any(map(answers, units[one.first : one.first + len(one.units)]))
        }
        return {_number_of(url) for url in found} == right

    def case_of(url: str) -> str:
        return case_documents[_number_of(url)].record.address

    build = build_pagefind(documents, site, peer)
    figures["pagefind"] = measure("pagefind", site, matrix, build, finds_documents, case_of)
    return figures


def _number_of(url: str) -> int:
    return int(Path(url).stem)


def table(figures: Mapping[str, Figures]) -> list[str]:
    """Return the lines of a table in Markdown."""
    rows: dict[str, Callable[[Figures], str]] = {
        "bytes to the first answer with 10 excerpts": lambda one: _spread(one.first_bytes),
        "requests to it": lambda one: f"{percentile(one.first_requests, 0.5):.0f}",
        "bytes of a further query": lambda one: _spread(one.further_bytes),
        "cold, ms": lambda one: _times(one.cold),
        "warm, ms": lambda one: _times(one.warm),
        "phrases with exactly the right hits": lambda one: _score(one.right_phrases),
        f"stop words `{STOP_WORDS}`": lambda one: (
            f"{one.stop_word_bytes / 1000:.0f} KB, {one.stop_word_time:.0f} ms"
        ),
        "Arabic matrix": lambda one: _score(one.right_cases),
        "size on disk": lambda one: f"{one.build.size / 1e6:.1f} MB",
        "files": lambda one: f"{one.build.files:,}",
        "build, seconds (of one processor)": lambda one: (
            f"{one.build.seconds:.0f} ({one.build.processor:.0f})"
        ),
        "memory of it": lambda one: f"{one.build.memory / 1e6:.0f} MB",
    }
    return [
        f"| | {' | '.join(figures)} |",
        f"|---|{'---|' * len(figures)}",
        *(f"| {name} | {' | '.join(map(cell, figures.values()))} |" for name, cell in rows.items()),
    ]


def _spread(sizes: Sequence[int]) -> str:
    return f"{percentile(sizes, 0.5) / 1000:.0f} KB, p90 {percentile(sizes, 0.9) / 1000:.0f} KB"


def _times(times: Sequence[float]) -> str:
    return f"{percentile(times, 0.5):.0f}, p90 {percentile(times, 0.9):.0f}"


def _score(passed: Sequence[bool]) -> str:
    return f"{sum(passed)} of {len(passed)}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(prog="scripts/benchmark_static.py", description=__doc__)
    parser.add_argument("collection", type=Path, help="a .jsonl or .jsonl.xz file")
    parser.add_argument("--index", type=Path, help="an index of it, instead of making one")
    parser.add_argument("--pagefind", type=Path, help="where the Python package of Pagefind is")
    parser.add_argument("--json", type=Path, help="where to write all figures")
    asked = parser.parse_args(arguments)
    peer: Path | None = asked.pagefind
    if peer is None or not (peer / "pagefind").is_dir():
        print("Pagefind could not be had: Fihris is measured alone.", file=sys.stderr)
        peer = None
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        index: Path = asked.index or work / "index"
        if asked.index is None:
            sync(index, [asked.collection])
        figures = compare(index, peer, work)
    print("\n".join(table(figures)))
    if asked.json:
        asked.json.write_text(json.dumps({k: asdict(v) for k, v in figures.items()}), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
