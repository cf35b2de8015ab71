"""Tables: what the browser's engine needs of the analysis, in a third of the room.

Words stand folded, each less what it shares with the one before; a form that belongs to a lemma is
written with the places of the letters that it shares with it, for patterns repeat where words do
not. The families of words are left out: a browser ranks without them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

import fihris.index.analysis.tables as analysis_tables

#: What folding needs as it stands.
_PLAIN = (
    "dropped", "characters", "letters", "articles", "clitics", "pronouns", "endings", "months",
)  # fmt: skip
#: A place is one digit.
_FARTHEST = 9


def packed_tables() -> dict[str, Any]:
    """Return the tables in the form that ``unpackTables`` of the engine reads."""
    path = Path(analysis_tables.__file__).with_name("tables.json")
    raw: dict[str, Any] = json.loads(path.read_text("utf-8"))
    letters = str.maketrans(raw["letters"])

    def words(*lines: str) -> set[str]:
        return {*" ".join(lines).translate(letters).split()}

    def lemmas(table: Mapping[str, str]) -> list[str]:
        folded: dict[str, str] = {}
        for written, forms in table.items():
            lemma = written.translate(letters)  # two may fold alike: آلة and إله
            folded[lemma] = f"{folded.get(lemma, '')} {forms.translate(letters)}"
        templates = [template(lemma, forms) for lemma, forms in folded.items()]
        return [unshared(folded), "/".join(templates)]

    names = words(*raw["names"])
    whole = words(*raw["whole"]) - names
    # What the stemmer knows as a name or a lemma need not be told twice.
    kept = words(*raw["kept"]) - names - whole - words(*raw["broken_plurals"])
    radical = words(*chain.from_iterable(raw["radical"].values())) - names
    lists = {
        "radical": radical,
        "kept": {word[::-1] for word in kept},  # they are alike in their ends
        "whole": whole,
        "names": names,
        "stop_words": words(*raw["stop_words"]),
        "not_verbs": words(*raw["not_verbs"]),
    }
    return {
        **{name: raw[name] for name in _PLAIN},
        **{name: unshared(sorted(one)) for name, one in lists.items()},
        **{name: lemmas(raw[name]) for name in ("broken_plurals", "spellings", "verbs")},
    }


def unshared(words: Iterable[str]) -> str:
    """Return *words*, each as the number of letters shared with the one before, and the rest.

    >>> unshared(["كتاب", "كتب", "كتبة"])
    '0كتاب2ب3ة'
    """
    written: list[str] = []
    before = ""
    for word in words:
        shared = 0
        while shared < min(len(word), len(before), _FARTHEST) and word[shared] == before[shared]:
            shared += 1
        written.append(f"{shared}{word[shared:]}")
        before = word
    return "".join(written)


def template(lemma: str, forms: str) -> str:
    """Return *forms* with each letter that *lemma* has as its place in it, as far as they go on.

    >>> template("كتاب", "كتب")
    '013'
    """
    written: list[str] = []
    for form in forms.split():
        at = 0
        letters: list[str] = []
        for letter in form:
            place = lemma.find(letter, at, _FARTHEST + 1)
            letters.append(letter if place < 0 else str(place))
            at = max(at, place + 1)
        written.append("".join(letters))
    return " ".join(written)
