"""Lucene's ArabicAnalyzer with BM25, run by small Java programs beside this file.

Lucene is a handful of jars, 7 MB together. They are looked for in ``.cache/lucene`` of the clone,
where :func:`fetch_jars` puts them with Maven, or where a person may lay them by hand.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from scripts.peers.collection import Collection, PeerUnavailable, Run

JARS = Path(__file__).resolve().parents[2] / ".cache" / "lucene"
PROGRAM = Path(__file__).with_name("LucenePeer.java")
STEMS_PROGRAM = Path(__file__).with_name("LuceneStems.java")
POM = Path(__file__).with_name("pom.xml")
#: The program of scripts/benchmark.py. It is compiled, for a user's program would be.
SPEED_PROGRAM = ("LuceneSpeed", "LuceneAnswers", "LuceneUnits")


def fetch_jars(timeout: float = 300) -> None:
    """Have Maven put Lucene's jars into :data:`JARS`, unless they are there.

    *timeout* is in seconds. Raises :class:`PeerUnavailable` when Maven is missing or fails.
    """
    if _jars():
        return
    maven = shutil.which("mvn")
    if maven is None:
        raise PeerUnavailable(f"Maven is not installed; put Lucene's jars into {JARS} yourself.")
    command = [maven, "--quiet", "--batch-mode", "--file", str(POM)]
    command += ["dependency:copy-dependencies", f"-DoutputDirectory={JARS}"]
    try:
        _run(command, timeout)
    except PeerUnavailable:
        # A jar that was cut short would be taken for the whole one next time.
        shutil.rmtree(JARS, ignore_errors=True)
        raise


def run(collection: Collection, limit: int) -> dict[str, Run]:
    """Return the run of every query set, at most *limit* passages a query.

    Raises :class:`PeerUnavailable` when there is no Java development kit or no jar.
    """
    with tempfile.TemporaryDirectory() as scratch:
        docs = Path(scratch, "docs.tsv")
        _write_pairs(docs, collection.passages)
        command = [*_java(), str(PROGRAM), str(limit), str(docs)]
        runs = {}
        for query_set in collection.query_sets:
            questions = Path(scratch, f"{query_set.name}.tsv")
            _write_pairs(questions, query_set.queries)
            runs[query_set.name] = Path(scratch, f"{query_set.name}.run")
            command += [str(questions), str(runs[query_set.name])]
        _run(command, timeout=600)
        return {name: _read_run(path) for name, path in runs.items()}


def stems(words: Sequence[str]) -> list[str]:
    """Return what ArabicAnalyzer makes of each word, a stop word or not.

    Raises :class:`PeerUnavailable` when there is no Java development kit or no jar.
    """
    printed = _run([*_java(), str(STEMS_PROGRAM)], timeout=120, typed="\n".join(words) + "\n")
    return printed.splitlines()


def speed_command() -> tuple[str, ...]:
    """Return the command of the program whose speed is measured, compiled anew where it changed.

    Raises :class:`PeerUnavailable` when there is no Java development kit or no jar, or when the
    program does not compile.
    """
    java, option, jars = _java()
    classes = JARS / "classes"
    sources = [Path(__file__).with_name(f"{name}.java") for name in SPEED_PROGRAM]
    compiled = classes / f"{SPEED_PROGRAM[0]}.class"
    newest = max(source.stat().st_mtime for source in (*sources, POM))
    if not compiled.is_file() or compiled.stat().st_mtime < newest:
        compiler = shutil.which("javac") or "javac"
        _run([compiler, option, jars, "-d", str(classes), *map(str, sources)], timeout=120)
    return (java, option, os.pathsep.join([str(classes), jars]), SPEED_PROGRAM[0])


def _java() -> list[str]:
    """Return the command that runs a program beside this file with Lucene's jars."""
    java = shutil.which("java")
    if java is None or shutil.which("javac") is None:
        raise PeerUnavailable("there is no Java development kit (11 or later) on the path.")
    jars = _jars()
    if not jars:
        raise PeerUnavailable(f"its jars are not in {JARS}; --fetch has Maven put them there.")
    return [java, "-cp", os.pathsep.join(map(str, jars))]


def _jars() -> list[Path]:
    jars = sorted(JARS.glob("lucene-*.jar"))
    parts = ("core", "analysis-common", "facet", "highlighter")
    complete = all(any(jar.name.startswith(f"lucene-{part}-") for jar in jars) for part in parts)
    return jars if complete else []


def _run(command: list[str], timeout: float, typed: str = "") -> str:
    """Return what *command* prints when *typed* is its standard input."""
    name = Path(command[0]).stem
    try:
        return subprocess.run(
            command,
            check=True,
            capture_output=True,
            encoding="utf-8",
            input=typed,
            timeout=timeout,
        ).stdout
    except subprocess.CalledProcessError as error:
        last = (error.stderr + error.stdout).strip().splitlines()[-1:] or ["no message"]
        raise PeerUnavailable(
            f"{name} failed with exit code {error.returncode}: {last[0]}"
        ) from None
    except subprocess.TimeoutExpired:
        raise PeerUnavailable(f"{name} did not finish within {timeout:.0f} s.") from None


def _write_pairs(path: Path, pairs: Mapping[str, str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as lines:
        lines.writelines(f"{key}\t{text}\n" for key, text in pairs.items())


def _read_run(path: Path) -> dict[str, list[str]]:
    ranking: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        query, _, passage, *_ = line.split(" ")
        ranking.setdefault(query, []).append(passage)
    return ranking
