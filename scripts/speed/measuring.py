"""Each kind of measuring, turn by turn: what one engine does, all the others do right after it.

So a machine that is busier at times is so for all of them, and ratios hold where times do not.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

from scripts.million import Maker
from scripts.peers.questions import Kind, Question
from scripts.processes import ROOT, Cost, run_measured, sizes_of
from scripts.speed.engines import Engine, second_folder
from scripts.speed.figures import MIDDLE, SLOW, Building, Figures, Latency, Spread, Stages, Whole
from scripts.speed.floors import Floor
from scripts.speed.serving import ONLY_AS_PAGES, Answer, Depth, Server, question_lines, served
from scripts.speed.sources import Sources, write_documents

#: How many paragraphs a changed document has.
_PARAGRAPHS = 40


def turn(engines: Sequence[Engine], number: int) -> Sequence[Engine]:
    """Return every engine once; each turn begins with another one."""
    first = number % len(engines)
    return (*engines[first:], *engines[:first])


def say(words: str) -> None:
    """Tell whoever waits how far it is."""
    print(words, file=sys.stderr, flush=True)


def build(engine: Engine, sources: Sources, folder: Path) -> Cost:
    """Make the index of *sources* in *folder*, which is replaced, and return what it cost.

    It gets its name when it is whole, so that what was broken off is never taken for an index.
    """
    partial = folder.with_name(f"{folder.name}.part")
    for old in (folder, partial):
        shutil.rmtree(old, ignore_errors=True)
    cost = run_measured(engine.index(sources, partial))
    partial.rename(folder)
    return cost


def forget(engine: Engine, place: Path) -> None:
    """Take away what was made for *engine* in *place*: its sources have changed."""
    for folder in (place / engine.key, second_folder(place / engine.key)):
        shutil.rmtree(folder, ignore_errors=True)


def complete(engine: Engine, sources: Sources, place: Path) -> None:
    """Make what *engine* needs in *place* and has not yet; nothing of it is measured."""
    folder = place / engine.key
    if not folder.is_dir():
        say(f"  {engine.key} is indexed")
        build(engine, sources, folder)
    if engine.stop_words is not None and not second_folder(folder).is_dir():
        build(replace(engine, index=engine.stop_words), sources, second_folder(folder))


def measure_building(
    engines: Sequence[Engine], sources: Sources, place: Path, rounds: int
) -> dict[str, Building]:
    """Make every index so often, each time in a fresh process."""
    costs: dict[str, list[Cost]] = {engine.key: [] for engine in engines}
    for number in range(rounds):
        for engine in turn(engines, number):
            cost = build(engine, sources, place / engine.key)
            say(f"  {engine.key} indexed in {cost.seconds:.1f} s ({cost.processor:.1f} s CPU)")
            costs[engine.key].append(cost)
    return {key: Building.of(values, sum(sizes_of(place / key))) for key, values in costs.items()}


def measure_answers(
    engines: Sequence[Engine],
    place: Path,
    warming: Mapping[Kind, Sequence[Question]],
    questions: Mapping[Kind, Sequence[Question]],
    blocks: int,
    figures: Mapping[str, Figures],
) -> None:
    """Ask every question of every server at both depths, and enter it all into *figures*.

    Questions of a kind are asked in so many *blocks*, and a block goes to all servers in turn.
    """
    given: dict[tuple[str, Depth, Kind], list[Answer]] = {}
    with ExitStack() as processes:
        servers = {
            engine.key: processes.enter_context(served(engine.serve(place / engine.key)))
            for engine in engines
        }
        for engine in engines:
            figures[engine.key].units = servers[engine.key].units
            say(f"  {engine.key} warms up")
            for kind, depth in _asked(warming, engine):
                servers[engine.key].answers(depth, warming[kind])
        for number in range(blocks):
            say(f"  block {number + 1} of {blocks}")
            for kind in questions:
                block = questions[kind][number::blocks]
                for depth in Depth:
                    for engine in turn(engines, number):
                        if block and (kind, depth) in _asked(questions, engine):
                            answers = servers[engine.key].answers(depth, block)
                            given.setdefault((engine.key, depth, kind), []).extend(answers)
    for (key, depth, kind), answers in given.items():
        asked = [q for number in range(blocks) for q in questions[kind][number::blocks]]
        latency = Latency.of(answers, [question.source for question in asked])
        figures[key].latencies.setdefault(depth, {})[kind] = latency


def _asked(
    questions: Mapping[Kind, Sequence[Question]], engine: Engine
) -> list[tuple[Kind, Depth]]:
    """Return what *engine* is asked, and how deep."""
    return [
        (kind, depth)
        for kind in questions
        for depth in Depth
        if kind not in engine.lacks and not (depth is Depth.RANK and kind in ONLY_AS_PAGES)
    ]


def measure_stages(
    place: Path,
    warming: Mapping[Kind, Sequence[Question]],
    asked: Mapping[Kind, Sequence[Question]],
) -> dict[Depth, dict[Kind, tuple[Stages, Stages]]]:
    """Return what the stages of Fihris's answers take: of those in the middle, and of slow ones.

    The questions of *warming* are asked first and do not count.
    """
    questions = [one for kind in warming for one in warming[kind]]
    counting = len(questions)
    questions += [one for kind in asked for one in asked[kind]]
    lines = _said_by("scripts.speed.stages", place / "fihris", question_lines(questions))
    given: dict[tuple[Depth, Kind], list[dict[str, int]]] = {}
    for number, depth, stages in map(json.loads, lines):
        if number >= counting:
            given.setdefault((Depth(depth), questions[number].kind), []).append(stages)
    found: dict[Depth, dict[Kind, tuple[Stages, Stages]]] = {}
    for (depth, kind), taken in given.items():
        found.setdefault(depth, {})[kind] = (Stages.of(taken, MIDDLE), Stages.of(taken, SLOW))
    return found


def measure_floors(sources: Sources) -> dict[Floor, float]:
    """Return what the parts of building an index of *sources* take alone."""
    taken = json.loads(_said_by("scripts.speed.floors", sources.collection)[0])
    return {Floor(name): seconds for name, seconds in taken.items()}


def _said_by(module: str, path: Path, asked: str = "") -> list[str]:
    """Return the lines that a *module* of ours says about *path*, in a process of its own."""
    command = [sys.executable, "-m", module, str(path)]
    ran = subprocess.run(
        command, cwd=ROOT, input=asked, stdout=subprocess.PIPE, encoding="utf-8", check=True
    )
    return ran.stdout.splitlines()


def measure_whole_processes(
    engines: Sequence[Engine], place: Path, questions: Sequence[Question]
) -> dict[str, Whole]:
    """Start every engine anew for each question; the first one only warms the files up."""
    costs: dict[str, list[Cost]] = {engine.key: [] for engine in engines}
    for engine in engines:
        run_measured(engine.answer(place / engine.key, questions[0].words))
    for number, question in enumerate(questions):
        for engine in turn(engines, number):
            cost = run_measured(engine.answer(place / engine.key, question.words))
            costs[engine.key].append(cost)
    return {key: Whole.of(values) for key, values in costs.items()}


def measure_updates(
    engines: Sequence[Engine],
    place: Path,
    maker: Maker,
    batches: Sequence[int],
    rounds: int,
    chance: random.Random,
) -> dict[str, dict[int, Spread]]:
    """Change documents of copies of the indexes and have them replaced, so many and so often.

    They are put in first, which is not counted.
    """
    taken: dict[str, dict[int, list[float]]] = {engine.key: {} for engine in engines}
    scratch = place / "updates"
    shutil.rmtree(scratch, ignore_errors=True)
    with ExitStack() as processes:
        servers: dict[str, Server] = {}
        for engine in engines:
            folder = scratch / engine.key
            shutil.copytree(place / engine.key, folder)
            if engine.stop_words is not None:
                shutil.copytree(second_folder(place / engine.key), second_folder(folder))
            servers[engine.key] = processes.enter_context(served(engine.serve(folder)))
        documents = maker.documents(_PARAGRAPHS)
        for batch in batches:
            records = [next(documents) for _ in range(batch)]
            path = scratch / f"changed-{batch}"
            _put(engines, servers, records, path)
            for engine_times in taken.values():
                engine_times[batch] = []
            for number in range(rounds):
                _change(records, chance)
                order = turn(engines, number)
                for key, milliseconds in _put(order, servers, records, path).items():
                    taken[key][batch].append(milliseconds)
    shutil.rmtree(scratch)
    return {
        key: {batch: Spread.of(times) for batch, times in batches.items()}
        for key, batches in taken.items()
    }


def _change(records: Sequence[dict[str, Any]], chance: random.Random) -> None:
    """Put a number in the place of the last word of one paragraph of each document."""
    for record in records:
        provision = chance.choice(record["provisions"])
        words = provision["text"].split()[:-1]
        provision["text"] = " ".join([*words, str(chance.randrange(10**9))])


def _put(
    engines: Sequence[Engine],
    servers: Mapping[str, Server],
    records: Sequence[dict[str, Any]],
    path: Path,
) -> dict[str, float]:
    """Have *records* replaced by every engine, and return the milliseconds of each."""
    collection, units = write_documents(records, path)
    return {
        engine.key: servers[engine.key].update(units if engine.reads_units else collection)
        for engine in engines
    }
