"""The tables of the analysis, read once from ``tables.json``.

Rules that a reader of Arabic might want to check or correct are data, not code, and the browser
engine reads the very same file. Words stand there in plain unvowelled spelling, as a dictionary
writes them; they are folded here, so that the file can be read and corrected by anyone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Tables:
    """What ``tables.json`` holds, folded.

    ``dropped`` are the characters that folding removes, ``characters`` and ``letters`` what it
    rewrites. ``articles`` are the article and what is written together with it, longest first;
    ``clitics`` the one-letter prepositions and conjunctions that are stripped; ``pronouns`` and
    ``endings`` are tried in the order in which they stand. ``radical`` are stems that begin like a
    clitic or the article, ``kept`` words that end like a suffix, ``whole`` words that stay as they
    are, names of countries and cities among them. ``nouns`` and ``verbs`` give the lemma of a form
    that no rule would bring there: broken plurals, other spellings, persons and tenses of verbs.
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
    nouns: dict[str, str]
    verbs: dict[str, str]
    roots: dict[str, str]
    stop_words: frozenset[str]
    months: dict[str, tuple[str, ...]]


def _expand_ranges(ranges: list[list[str]]) -> str:
    """Return every character of the inclusive ranges, which are written as hexadecimal numbers."""
    return "".join(
        chr(code) for first, last in ranges for code in range(int(first, 16), int(last, 16) + 1)
    )


def _conjugate(verbs: dict[str, tuple[str, ...]], not_verbs: frozenset[str]) -> dict[str, str]:
    """Return the lemma of every regular person and number of the verbs, and of what is listed.

    A lemma is a third person of the present (يقرر); what is listed beside it are the stems that do
    not follow from it. One that begins with ي is another present (jussive, passive). Any other is a
    past, which takes the endings of the persons; ``-`` after it says that it does so only with
    one, being a noun without (``حكم-``), and ``=`` that it takes none.
    """
    # What is listed comes before what follows from another verb: تحقق is of يتحقق, not of يحقق.
    lemmas = {
        form.removesuffix("="): lemma
        for lemma, forms in verbs.items()
        for form in (lemma, *forms)
        if not form.endswith("-")
    }
    for lemma, forms in verbs.items():
        for form in (lemma, *forms):
            for inflected in _persons(form):
                if inflected not in not_verbs:
                    lemmas.setdefault(inflected, lemma)
    return lemmas


def _persons(form: str) -> list[str]:
    """Return what a form as it stands in the table of verbs stands for."""
    if form.endswith("="):
        return [form[:-1]]
    if form.startswith("ي"):
        persons = [
            person + form[1:] + ending for person in "يت" for ending in ("", "ون", "وا", "ان")
        ]
        return [*persons, "ن" + form[1:], form + "ن"]
    past = form.removesuffix("-")
    persons = [past + ending for ending in ("ت", "وا", "نا")]
    return persons if form.endswith("-") else [past, *persons]


def fold_tables(raw: dict[str, Any]) -> Tables:
    """Return the tables in the form in which they are used, from the form in which they stand."""
    letters = str.maketrans(raw["letters"])

    def words(*lines: str) -> tuple[str, ...]:
        return tuple(" ".join(lines).translate(letters).split())

    return Tables(
        dropped=_expand_ranges(raw["dropped"]),
        characters={chr(int(code, 16)): written for code, written in raw["characters"].items()},
        letters=raw["letters"],
        articles=tuple(raw["articles"]),
        clitics=raw["clitics"],
        pronouns=tuple(raw["pronouns"]),
        endings=tuple(raw["endings"]),
        radical=frozenset(word for lines in raw["radical"].values() for word in words(*lines)),
        kept=frozenset(words(*raw["kept"])),
        whole=frozenset(words(*raw["whole"], *raw["names"])),
        nouns={
            form: lemma
            for table in (raw["broken_plurals"], raw["spellings"])
            for written, forms in table.items()
            for lemma in words(written)
            for form in (lemma, *words(forms))
        },
        verbs=_conjugate(
            {words(lemma)[0]: words(forms) for lemma, forms in raw["verbs"].items()},
            frozenset(words(*raw["not_verbs"])),
        ),
        roots={
            word: words(root)[0] for root, group in raw["roots"].items() for word in words(group)
        },
        stop_words=frozenset(words(*raw["stop_words"])),
        months={
            number: tuple(" ".join(words(name)) for name in names)
            for number, names in raw["months"].items()
        },
    )


TABLES = fold_tables(
    json.loads(files("fihris.index.analysis").joinpath("tables.json").read_text("utf-8"))
)
