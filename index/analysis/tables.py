"""The tables of the analysis, read once from ``tables.json``.

Rules that a reader of Arabic might want to check or correct are data, not code, and the browser
engine reads the very same file. Words stand there in plain unvowelled spelling, as a dictionary
writes them; they are folded here, so that the file can be read and corrected by anyone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple


class Tables(NamedTuple):
    """What ``tables.json`` holds, folded.

    ``dropped`` are the characters that folding removes, ``characters`` and ``letters`` what it
    rewrites. ``articles`` are the article and what is written together with it, longest first;
    ``clitics`` the one-letter prepositions and conjunctions that are stripped; ``pronouns`` and
    ``endings`` are tried in the order in which they stand. ``radical`` are stems that begin like a
    clitic or the article, ``kept`` words that end like a suffix, ``whole`` words that stay as they
    are, the ``names`` of countries and cities among them. ``nouns`` and ``verbs`` give the lemma of
    a form that no rule would bring there: broken plurals, other spellings, persons and tenses of
    verbs.
    ``roots`` give the root of words whose shape misleads about it. ``stop_words`` are never
    required of a hit. ``months`` are the names of the months, by number.
    """

    dropped: str
    characters: dict[str, str]
    letters: dict[str, str]
    articles: tuple[str, ...]
    clitics: str
    pronouns: tuple[str, ...]
    endings: tuple[str, ...]
    radical: frozenset[str]
    kept: frozenset[str]
    whole: frozenset[str]
    names: frozenset[str]
    nouns: dict[str, str]
    verbs: dict[str, str]
    roots: dict[str, str]
    stop_words: frozenset[str]
    months: dict[str, tuple[str, ...]]


# The persons of a present and of a past; the hyphen stands for what they have in common.
_PRESENT = "ي- ي-ون ي-وا ي-ان ي-ن ت- ت-ون ت-وا ت-ان ن-"
_PAST = "-ت -وا -نا"


def _expand_ranges(ranges: list[list[str]]) -> str:
    """Return every character of the inclusive ranges, which are written as hexadecimal numbers."""
    return "".join(
        chr(code) for first, last in ranges for code in range(int(first, 16), int(last, 16) + 1)
    )


def _conjugate(verbs: dict[str, list[str]], not_verbs: frozenset[str]) -> dict[str, str]:
    """Return the lemma of every regular person and number of the verbs, and of what is listed.

    A lemma is a third person of the present (يقرر); what is listed beside it are the stems that do
    not follow from it. One that begins with ي is another present (jussive, passive). Any other is a
    past, which takes the endings of the persons; ``-`` after it says that it does so only with
    one, being a noun without (``حكم-``), and ``=`` that it takes none.
    """
    # What is listed comes before what follows from another verb: تحقق is of يتحقق, not of يحقق.
    listed = {
        form.removesuffix("="): lemma
        for lemma, forms in verbs.items()
        for form in (lemma, *forms)
        if not form.endswith("-")
    }
    lemmas = dict(listed)
    for lemma, forms in verbs.items():
        for form in (lemma, *forms):
            for inflected in _persons(form):
                lemmas.setdefault(inflected, lemma)
    for word in not_verbs.difference(listed):
        lemmas.pop(word, None)
    return lemmas


def _persons(form: str) -> list[str]:
    """Return what a form as it stands in the table of verbs stands for."""
    if form.endswith("="):
        return [form[:-1]]
    if form.startswith("ي"):
        return _PRESENT.replace("-", form[1:]).split()
    past = form.removesuffix("-")
    persons = _PAST.replace("-", past).split()
    return persons if form.endswith("-") else [past, *persons]


def fold_tables(raw: dict[str, Any]) -> Tables:
    """Return the tables in the form in which they are used, from the form in which they stand."""
    folds = tuple(raw["letters"].items())

    def fold(text: str) -> str:
        # Whole tables are folded at once: a terminal user waits for this at every start.
        for letter, folded in folds:
            text = text.replace(letter, folded)
        return text

    def words(lines: Iterable[str]) -> tuple[str, ...]:
        return tuple(fold(" ".join(lines)).split())

    def entries(table: dict[str, str]) -> Iterator[tuple[str, list[str]]]:
        keys = fold("\n".join(table)).split("\n")
        values = fold("\n".join(table.values())).split("\n")
        return zip(keys, map(str.split, values), strict=True)

    return Tables(
        dropped=_expand_ranges(raw["dropped"]),
        characters={chr(int(code, 16)): written for code, written in raw["characters"].items()},
        letters=raw["letters"],
        articles=tuple(raw["articles"]),
        clitics=raw["clitics"],
        pronouns=tuple(raw["pronouns"]),
        endings=tuple(raw["endings"]),
        radical=frozenset(words(chain.from_iterable(raw["radical"].values()))),
        kept=frozenset(words(raw["kept"])),
        whole=frozenset(words([*raw["whole"], *raw["names"]])),
        names=frozenset(words(raw["names"])),
        nouns={
            form: lemma
            for table in (raw["broken_plurals"], raw["spellings"])
            for written, forms in entries(table)
            for lemma in written.split()
            for form in (lemma, *forms)
        },
        verbs=_conjugate(dict(entries(raw["verbs"])), frozenset(words(raw["not_verbs"]))),
        roots={word: root for root, group in entries(raw["roots"]) for word in group},
        stop_words=frozenset(words(raw["stop_words"])),
        months={
            number: tuple(fold(name) for name in names) for number, names in raw["months"].items()
        },
    )


# Beside this file, and not by importlib.resources: that takes longer to import than this to read.
TABLES = fold_tables(json.loads(Path(__file__).with_name("tables.json").read_text("utf-8")))
