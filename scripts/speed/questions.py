"""Questions drawn from a collection itself, the same for every engine and every time.

Words are drawn as often as they occur, so that the common ones that people type are among them;
no question is drawn twice, for an engine may keep what it has answered.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from fihris.search.searcher import shared_analyzer
from scripts.clause_benchmark import perturb
from scripts.peers.questions import Kind, Question
from scripts.peers.speed import Unit

#: Words of nothing but plain letters: what every tokenizer takes for one word.
_PLAIN = re.compile("[\u0621-\u063a\u0641-\u064a]{2,}")
#: Beginnings that a stemmer may take off, so that no prefix starts with them.
_ARTICLES = ("ال", "وال", "بال", "فال", "كال", "لل", "ولل")
_PREFIX_LETTERS = (3, 4)
_CLAUSE_WORDS = (20, 60)
#: The share of a clause's words that are changed.
_CHANGED = 0.1
#: A kind of which the collection holds too little is given up after so many tries a question.
_TRIES = 60


class Word(NamedTuple):
    """A word as written; ``plain`` unless it holds anything but letters."""

    written: str
    stop: bool
    plain: bool


@dataclass(frozen=True, slots=True)
class Text:
    """The words of a unit, in order, and those worth asking for."""

    document: str
    words: tuple[Word, ...]
    content: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Texts to draw questions from, and their different words in order."""

    texts: Sequence[Text]
    vocabulary: Sequence[str]

    def text(self, chance: random.Random) -> Text:
        """Return any text."""
        return chance.choice(self.texts)

    def content(self, chance: random.Random) -> str:
        """Return a word worth asking for, the common ones oftener."""
        return chance.choice(self.text(chance).content)


def read_texts(units: Sequence[Unit]) -> Drawn:
    """Return what questions can be drawn from: the *units* that have words enough."""
    analyzer = shared_analyzer()
    texts = []
    for unit in units:
        words = tuple(
            Word(written, token.stop, _PLAIN.fullmatch(written) is not None)
            for token in analyzer.tokens(unit.text)
            for written in [unit.text[token.start : token.end]]
        )
        content = tuple(word.written for word in words if word.plain and not word.stop)
        if len(set(content)) > 1:
            texts.append(Text(unit.document, words, content))
    if not texts:
        raise SystemExit("the collection holds no text of several Arabic words.")
    return Drawn(texts, sorted({word for text in texts for word in text.content}))


def _term(drawn: Drawn, chance: random.Random) -> Question:
    text = drawn.text(chance)
    return Question(Kind.TERM, chance.choice(text.content), text.document)


def _of_one_text(kind: Kind) -> Callable[[Drawn, random.Random], Question]:
    """Return what draws two or three words of one text."""

    def draw(drawn: Drawn, chance: random.Random) -> Question:
        text = drawn.text(chance)
        known = list(dict.fromkeys(text.content))
        words = chance.sample(known, min(chance.choice((2, 3)), len(known)))
        return Question(kind, " ".join(words), text.document)

    return draw


def _or(drawn: Drawn, chance: random.Random) -> Question:
    words = [drawn.content(chance) for _ in range(chance.choice((2, 3)))]
    return Question(Kind.OR, " ".join(words))


def _partial(drawn: Drawn, chance: random.Random) -> Question:
    """Return two words as they come and two of all that there are, which are seldom together."""
    words = [drawn.content(chance), drawn.content(chance)]
    words += [chance.choice(drawn.vocabulary), chance.choice(drawn.vocabulary)]
    return Question(Kind.PARTIAL, " ".join(words))


def _phrase(drawn: Drawn, chance: random.Random) -> Question | None:
    text = drawn.text(chance)
    length = chance.choice((2, 3, 4))
    at = chance.randrange(len(text.words))
    words = text.words[at : at + length]
    if len(words) < 2 or not all(word.plain for word in words) or all(word.stop for word in words):
        return None
    return Question(Kind.PHRASE, " ".join(word.written for word in words), text.document)


def _stop_phrase(drawn: Drawn, chance: random.Random) -> Question | None:
    text = drawn.text(chance)
    runs = [
        [word.written for word in run]
        for stop, run in groupby(text.words, key=lambda word: word.stop and word.plain)
        if stop
    ]
    long = [run for run in runs if len(run) > 1]
    if not long:
        return None
    return Question(Kind.STOP_PHRASE, " ".join(chance.choice(long)[:3]), text.document)


def _prefix(drawn: Drawn, chance: random.Random) -> Question | None:
    text = drawn.text(chance)
    word, letters = chance.choice(text.content), chance.choice(_PREFIX_LETTERS)
    if len(word) <= letters or word.startswith(_ARTICLES):
        return None
    return Question(Kind.PREFIX, word[:letters], text.document)


def _clause(drawn: Drawn, chance: random.Random) -> Question | None:
    text = drawn.text(chance)
    fewest, most = _CLAUSE_WORDS
    written = [word.written for word in text.words[:most]]
    if len(written) < fewest:
        return None
    changed = perturb(" ".join(written), _CHANGED, drawn.vocabulary, chance)
    return Question(Kind.CLAUSE, changed, text.document)


_DRAW: Mapping[Kind, Callable[[Drawn, random.Random], Question | None]] = {
    Kind.TERM: _term,
    Kind.AND: _of_one_text(Kind.AND),
    Kind.OR: _or,
    Kind.PARTIAL: _partial,
    Kind.PHRASE: _phrase,
    Kind.STOP_PHRASE: _stop_phrase,
    Kind.PREFIX: _prefix,
    Kind.CLAUSE: _clause,
    Kind.FACETS: _of_one_text(Kind.FACETS),
}


def draw_questions(
    drawn: Drawn, number: int, chance: random.Random
) -> dict[Kind, tuple[Question, ...]]:
    """Return *number* different questions of each kind, or as many as the texts give."""
    questions = {}
    for kind, draw in _DRAW.items():
        found: dict[str, Question] = {}
        for _ in range(_TRIES * number):
            question = draw(drawn, chance)
            if question is not None:
                found.setdefault(question.words, question)
            if len(found) == number:
                break
        questions[kind] = tuple(found.values())
    return questions
