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
    are, names of countries and cities among them. ``lemmas`` pair a lemma with the forms that share
    its stem and that no rule would bring there: broken plurals and verb forms. ``roots`` give the words whose shape misleads about
    their root. ``stop_words`` are never required of a hit.
    ``months`` are the names of the months, by number.
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
    lemmas: tuple[tuple[str, tuple[str, ...]], ...]
    roots: dict[str, str]
    stop_words: frozenset[str]
    months: dict[str, tuple[str, ...]]


def _expand_ranges(ranges: list[list[str]]) -> str:
    """Return every character of the inclusive ranges, which are written as hexadecimal numbers."""
    return "".join(
        chr(code) for first, last in ranges for code in range(int(first, 16), int(last, 16) + 1)
    )


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
        lemmas=tuple(
            (words(lemma)[0], words(forms))
            for table in (raw["broken_plurals"], raw["verbs"])
            for lemma, forms in table.items()
        ),
        roots={word: words(root)[0] for root, group in raw["roots"].items() for word in words(group)},
        stop_words=frozenset(words(*raw["stop_words"])),
        months={
            number: tuple(" ".join(words(name)) for name in names)
            for number, names in raw["months"].items()
        },
    )


TABLES = fold_tables(
    json.loads(files("fihris.index.analysis").joinpath("tables.json").read_text("utf-8"))
)
