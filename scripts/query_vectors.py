"""Vectors of queries: what was asked of an index, and the first strict hits that the server gave.

``tests/vectors/README.md`` describes the file. Queries are drawn from the texts of the index
itself, every class of them in turn, so that they find something; the seed makes them the same
again. The engine of the browser has to give the same hits in the same order.
"""

from __future__ import annotations

import json
import random
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from fihris.index.compaction import compact
from fihris.index.reader import IndexReader, open_index
from fihris.index.specimens import specimens_folder
from fihris.index.synchronize import sync
from fihris.search import search
from fihris.web.shards.units import read_documents

ROOT = Path(__file__).resolve().parents[1]
VECTORS = ROOT / "tests" / "vectors" / "queries.jsonl"
SEED = 8
#: Queries over the specimens in the file.
NUMBER = 500
#: Strict hits that are compared.
FIRST_HITS = 20

_WORD = re.compile(r'[^\s"«»“”()،؛.:,*=~\[\]{}+-]+')
_NUMBER = re.compile(r"[\d٠-٩]+(?:/[\d٠-٩]+)*(?: \([\d٠-٩]{4}\))?")
#: Vowel marks, to be put behind letters; and how hamza is typed by those who are in a hurry.
_MARKS = "\u064e\u064f\u0650\u0652\u0651"
_HURRIED = str.maketrans("أإآىة", "اااية")
#: Presentation forms that some copied texts have instead of two letters or one.
_SHAPES = (("لا", "\ufefb"), ("م", "\ufee3"), ("ن", "\ufee7"), ("ع", "\ufecb"))
_FILTERS = (
    *("kind:operative", "kind:preambular", "kind:sub", "kind:provision", "kind:footnote"),
    *("نوع:ديباجة", "نوع:عنوان", "organ:HRC", "organ:GA", "هيئة:مجلس الأمن", "session:91"),
    *(
        "session:S-61",
        "دورة:٩٤",
        "year:2036..2038",
        "year:2036",
        "سنة:٢٠٣٦",
        "year:2004..",
        "year:..2010",
    ),
)


class Questions:
    """Makes queries out of *texts* and *titles*."""

    def __init__(self, texts: Sequence[str], titles: Sequence[str], seed: int) -> None:
        self._words = [words for text in texts if len(words := _WORD.findall(text)) > 5]
        self._titles = [words for text in titles for words in [_WORD.findall(text)] if words]
        self._numbers = [number for text in texts for number in _NUMBER.findall(text)]
        self._chance = random.Random(seed)

    def take(self, number: int) -> Iterator[tuple[str, str]]:
        """Yield *number* queries, each with the name of its class."""
        classes = [name for name in vars(Questions) if name.startswith("ask_")]
        for at in range(number):
            name = classes[at % len(classes)]
            yield name.removeprefix("ask_").replace("_", " "), getattr(self, name)()

    def _neighbours(self, number: int) -> str:
        words = self._chance.choice([words for words in self._words if len(words) >= number])
        at = self._chance.randrange(len(words) - number + 1)
        return " ".join(words[at : at + number])

    def _word(self) -> str:
        return self._neighbours(1)

    def _between(self, least: int, most: int) -> str:
        return self._neighbours(self._chance.randint(least, most))

    def ask_word(self) -> str:
        """One word."""
        return self._word()

    def ask_neighbours(self) -> str:
        """Words that stand together."""
        return self._between(2, 4)

    def ask_words_of_one_text(self) -> str:
        """Words of one text in any order."""
        words = self._chance.choice(self._words)
        return " ".join(self._chance.sample(words, self._chance.randint(2, 4)))

    def ask_phrase(self) -> str:
        """A phrase."""
        return f'"{self._between(2, 5)}"'

    def ask_long_phrase(self) -> str:
        """A phrase between typographic marks, long enough to have stop words."""
        return f"«{self._between(4, 6)}»"

    def ask_phrase_among_words(self) -> str:
        """A phrase with words before or behind it."""
        words = self._chance.choice(self._words)
        at = self._chance.randrange(len(words) - 1)
        phrase, other = f'"{words[at]} {words[at + 1]}"', self._chance.choice(words)
        return self._chance.choice((f"{phrase} {other}", f"{other} {phrase}"))

    def ask_part_of_a_longer_query(self) -> str:
        """Neighbours, the middle of which are quoted."""
        first, *middle, last = self._neighbours(5).split()
        return f'{first} "{" ".join(middle)}" {last}'

    def ask_arabic_or(self) -> str:
        """Either of two words."""
        return f"{self._word()} أو {self._word()}"

    def ask_or(self) -> str:
        """Either of two words, and a third."""
        return f"{self._word()} OR {self._word()} {self._word()}"

    def ask_excluded_word(self) -> str:
        """A word without another."""
        return f"{self._word()} -{self._word()}"

    def ask_not_phrase(self) -> str:
        """A word without a phrase."""
        return f'{self._word()} NOT "{self._neighbours(2)}"'

    def ask_brackets(self) -> str:
        """Words that brackets hold together, or a phrase."""
        return f'({self._neighbours(2)}) OR "{self._neighbours(2)}"'

    def ask_excluded_brackets(self) -> str:
        """A word without either of two."""
        return f"{self._word()} -({self._word()} OR {self._word()})"

    def ask_two_words_near(self) -> str:
        """Two words near each other."""
        return f'"{self._neighbours(2)}"~{self._chance.randint(0, 12)}'

    def ask_three_words_near(self) -> str:
        """Three words near each other, in another order."""
        words = self._neighbours(3).split()
        self._chance.shuffle(words)
        return f'"{" ".join(words)}"~{self._chance.randint(0, 12)}'

    def ask_prefix(self) -> str:
        """What a word begins with."""
        word = self._word()
        return word[: max(2, len(word) - self._chance.randint(1, 3))] + "*"

    def ask_title(self) -> str:
        """A word of a title, and one of the text."""
        title = self._chance.choice(self._titles)
        return f"title:{self._chance.choice(title)} {self._word()}"

    def ask_filter(self) -> str:
        """A word among some documents or units."""
        return f"{self._word()} {self._chance.choice(_FILTERS)}"

    def ask_filtered_phrase(self) -> str:
        """A phrase among some documents or units."""
        return f'"{self._neighbours(2)}" {self._chance.choice(_FILTERS)}'

    def ask_number(self) -> str:
        """A number, a date or a symbol, and a word."""
        number = self._chance.choice(self._numbers or ["1"])
        return self._chance.choice((number, f"{self._word()} {number}"))

    def ask_presentation_forms(self) -> str:
        """Words as some programs copy them out of a PDF."""
        text = self._neighbours(2)
        for letters, shape in _SHAPES:
            text = text.replace(letters, shape)
        return text

    def ask_marks(self) -> str:
        """Words with marks and tatweel."""
        letters = list(self._neighbours(2))
        for at in range(len(letters)):
            if letters[at].isalpha() and self._chance.random() < 0.5:
                letters[at] += self._chance.choice((*_MARKS, "\u0640"))
        return "".join(letters)

    def ask_in_a_hurry(self) -> str:
        """Words without hamza, and with other letters at their ends."""
        return self._between(1, 3).translate(_HURRIED)

    def ask_stop_words(self) -> str:
        """A phrase that begins with what half of all sentences have."""
        stop = self._chance.choice(("من", "على", "في", "إلى"))
        words = self._chance.choice([words for words in self._words if stop in words[:-2]])
        at = words.index(stop)
        return f'"{" ".join(words[at : at + self._chance.randint(2, 3)])}"'

    def ask_odd_signs(self) -> str:
        """What people type by mistake."""
        word = self._word()
        return self._chance.choice(
            (f'"{word}', f"({word}", f"{word} OR", f"- {word}", f"{word}: ؟")
        )


def compact_specimens(folder: Path) -> IndexReader:
    """Return a new compact index of the specimens in *folder*."""
    sync(folder, [specimens_folder()])
    compact(folder)
    return open_index(folder)


def vectors(reader: IndexReader, number: int, seed: int = SEED) -> Iterator[dict[str, Any]]:
    """Yield *number* vectors of the index that *reader* reads.

    Queries that name documents are left out: those are found by other means than words. So are
    those whose hits could not all be counted, which depends on how busy the machine is.
    """
    documents = list(read_documents(reader))
    texts = [unit.paragraph.text for one in documents for unit in one.units]
    questions = Questions(texts, [one.record.title for one in documents], seed)
    left = number
    for name, query in questions.take(2 * number):
        made = answered(reader, name, query)
        if left and made is not None:
            left -= 1
            yield made


def answered(reader: IndexReader, name: str, query: str) -> dict[str, Any] | None:
    """Return the vector of one query; None where there can be none (see :func:`vectors`)."""
    page = search(reader, query, limit=FIRST_HITS)
    if page.documents or page.at_least:
        return None
    hits = [
        [hit.address, hit.score, hit.same_wording, hit.spans]
        for hit in page.hits
        if not hit.partial
    ]
    return {"class": name, "query": query, "total": page.total, "hits": hits}


def line(vector: dict[str, Any]) -> str:
    """Return *vector* as it stands in a file."""
    return json.dumps(vector, ensure_ascii=False, separators=(",", ":"))


def main(arguments: list[str]) -> int:
    """Write the file, or with ``--check`` tell whether the answers in it still hold."""
    with tempfile.TemporaryDirectory() as folder:
        reader = compact_specimens(Path(folder, "index"))
        if "--check" in arguments:
            return _check(reader)
        lines = [line(vector) for vector in vectors(reader, NUMBER)]
    VECTORS.write_text("\n".join(lines) + "\n", "utf-8", newline="\n")
    print(f"{len(lines)} queries in {VECTORS.relative_to(ROOT)}")
    return 0


def _check(reader: IndexReader) -> int:
    changed = 0
    for written in VECTORS.read_text("utf-8").splitlines():
        vector = json.loads(written)
        answer = answered(reader, vector["class"], vector["query"])
        if answer is None or line(answer) != written:
            changed += 1
            print(f"{vector['query']}: the server gives another answer now.", file=sys.stderr)
    return int(changed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
