"""Make a large collection with a natural vocabulary out of a real one.

python3 scripts/million.py COLLECTION.jsonl.xz million.jsonl [--paragraphs 1000000] [--seed 46]

Sentences of the collection are put together anew, so that phrases, repeated wordings and the
lengths of texts stay what they are. Only the vocabulary would stop growing, and an index is mostly
vocabulary; so new words are made at the rate at which the collection itself goes on bringing them
(Heaps' law, fitted to it), out of letters that follow each other there. A new word comes again as
new words do: each time one is made, an earlier one is repeated, the often repeated more often
(Simon, "On a class of skew distribution functions", 1955).
"""

from __future__ import annotations

import argparse
import json
import lzma
import math
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import count, islice
from pathlib import Path
from typing import Any, NamedTuple

#: A sentence, and what parts it from the next one.
_SENTENCE = re.compile(r"\s*(.+?(?:[.؛:!؟](?=\s)|(?=\n)|$))(\s*)", re.DOTALL)
#: So many letters decide which one may come next in a new word.
_MEMORY = 3
#: So many made words may turn out to be known before longer ones are tried.
_ATTEMPTS = 20
#: The share of sentences that a document takes from the one it is modelled on; a document keeps to
#: its subject.
_OWN = 0.7
#: Where Heaps' law is fitted: at so many points, evenly spread over the collection.
_POINTS = 40


class Heaps(NamedTuple):
    """How many different words so many words have: ``scale * words ** exponent``."""

    scale: float
    exponent: float

    def vocabulary(self, words: int) -> float:
        """Return how many different words to expect among so many."""
        return self.scale * math.pow(words, self.exponent)


def fit_heaps(texts: Sequence[str]) -> Heaps:
    """Return the law that *texts*, read in order, follow: least squares over the logarithms."""
    step = max(1, sum(len(text.split()) for text in texts) // _POINTS)
    seen: set[str] = set()
    words = 0
    points: list[tuple[float, float]] = []
    for text in texts:
        seen.update(text.split())
        words += len(text.split())
        if words >= (len(points) + 1) * step:
            points.append((math.log(words), math.log(len(seen))))
    if len(points) < 2:
        raise SystemExit("the collection is too small to tell how its vocabulary grows.")
    mean_x, mean_y = (sum(values) / len(points) for values in zip(*points, strict=True))
    exponent = sum((x - mean_x) * (y - mean_y) for x, y in points) / sum(
        (x - mean_x) ** 2 for x, _ in points
    )
    return Heaps(math.exp(mean_y - exponent * mean_x), exponent)


class Maker:
    """Makes documents after those of a collection, as many as are asked for.

    *records* are those of the collection; *name* begins the ids, so that two makers never give
    the same one. The same *seed* gives the same documents.
    """

    def __init__(
        self, records: Sequence[dict[str, Any]], name: str = "made", seed: int = 46
    ) -> None:
        self._records = [
            record for record in records if any(p["text"].strip() for p in record["provisions"])
        ]
        self._name = name
        self._chance = random.Random(seed)
        texts = [provision["text"] for record in records for provision in record["provisions"]]
        self._law = fit_heaps(texts)
        self._known_words = sum(len(text.split()) for text in texts)
        # Of every provision what parts its sentences; the sentences themselves stand in one row.
        self._models: list[list[list[str]]] = []
        self._sentences: list[str] = []
        self._own: list[tuple[int, int]] = []
        for record in self._records:
            first = len(self._sentences)
            found = [_SENTENCE.findall(provision["text"]) for provision in record["provisions"]]
            self._sentences += [sentence for sentences in found for sentence, _ in sentences]
            self._own.append((first, len(self._sentences)))
            self._models.append([[gap for _, gap in sentences] for sentences in found])
        self._successors: dict[str, list[str]] = defaultdict(list)
        for word in sorted({word for text in texts for word in text.split()}):
            for at, letter in enumerate(f"{word}\n"):
                self._successors[word[max(0, at - _MEMORY) : at]].append(letter)
        self.vocabulary: set[str] = set()
        self.words = 0
        self._lead = 0.0
        self._made: list[str] = []

    def documents(self, provisions: int | None = None) -> Iterator[dict[str, Any]]:
        """Yield documents without end, each of so many *provisions*, else of as many as its model.

        The keys are those of a collection in JSON Lines: ``id``, ``title``, ``provisions``.
        """
        for number in count(1):
            place = self._chance.randrange(len(self._records))
            model = self._records[place]
            texts = self._texts(place)
            length = provisions or len(model["provisions"])
            yield {
                "id": f"{self._name}-{number}",
                "title": model.get("title", ""),
                "provisions": [
                    {"ref": f"art{ordinal}", "text": text}
                    for ordinal, text in enumerate(islice(texts, length), start=1)
                ],
            }

    def _texts(self, place: int) -> Iterator[str]:
        """Yield texts like those of the record at *place*, without end."""
        while True:
            for gaps in self._models[place]:
                yield "".join(f"{self._sentence(place)}{gap or ' '}" for gap in gaps).strip()

    def _sentence(self, place: int) -> str:
        """Return a sentence for a document on the subject of the record at *place*."""
        keeps_to_it = self._chance.random() < _OWN
        among = self._own[place] if keeps_to_it else (0, len(self._sentences))
        return self._renewed(self._sentences[self._chance.randrange(*among)])

    def _renewed(self, sentence: str) -> str:
        """Return *sentence*, with new words in it as far as the vocabulary lags behind the law."""
        words = sentence.split()
        self.words += len(words)
        self.vocabulary.update(words)
        if self.words < self._known_words:  # so far the collection has words enough of its own
            self._lead = len(self.vocabulary) - self._law.vocabulary(self.words)
        while len(self.vocabulary) < self._law.vocabulary(self.words) + self._lead:
            word = self._new_word()
            self.vocabulary.add(word)
            again = self._chance.choice(self._made or [word])
            for put in (word, again):
                words[self._chance.randrange(len(words))] = put
            self._made += (word, again)
        return " ".join(words)

    def _new_word(self) -> str:
        """Return a word that did not occur, of letters that follow each other elsewhere."""
        word = ""
        attempts = 0
        while len(word) < _MEMORY or word in self.vocabulary:
            # Where a collection has few words, only several of them together make a new one.
            word = "".join(self._likely_word() for _ in range(1 + attempts // _ATTEMPTS))
            attempts += 1
        return word

    def _likely_word(self) -> str:
        """Return a word of letters that follow each other in the collection, known or not."""
        word = ""
        while not word.endswith("\n"):
            word += self._chance.choice(self._successors[word[-_MEMORY:]])
        return word[:-1]


def read_records(path: Path) -> list[dict[str, Any]]:
    """Return the records of a JSON Lines file, which may be packed as ``.xz``."""
    opened = lzma.open if path.suffix == ".xz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the collection, and say how large it became."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("collection", type=Path, help="JSON Lines: id, title, provisions")
    parser.add_argument("target", type=Path, help="the file to write; it is replaced")
    parser.add_argument("--paragraphs", type=int, default=1_000_000)
    parser.add_argument("--name", default="made", help="how the ids begin")
    parser.add_argument("--seed", type=int, default=46)
    asked = parser.parse_args(arguments)
    maker = Maker(read_records(asked.collection), asked.name, asked.seed)
    paragraphs = 0
    with asked.target.open("w", encoding="utf-8") as lines:
        for document in maker.documents():
            lines.write(json.dumps(document, ensure_ascii=False) + "\n")
            paragraphs += len(document["provisions"])
            if paragraphs >= asked.paragraphs:
                break
    print(
        f"{document['id']}: {paragraphs:,} paragraphs, {maker.words:,} words, "
        f"{len(maker.vocabulary):,} of them different",
        file=sys.stderr,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
