"""Why a hit has its score: each word, the field and form in which it matched, and its share.

Tantivy explains a score as a tree of sums and boosts over single terms and phrases. Here the tree
becomes a flat list whose shares sum to the score, with the words as they were typed. Tantivy does
not name the words of a phrase in its explanation; so each phrase of the query is explained once
for itself, and known by its value.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from math import isclose
from typing import TYPE_CHECKING, Any, NamedTuple

from fihris.search.hits import Evidence

if TYPE_CHECKING:
    import tantivy

    from fihris.search.plan import Plan

_TERM = re.compile(r'Term\(field=(?P<field>\d+), type=Str, "(?P<form>(?:[^"\\]|\\.)*)"\)')
_PHRASE = re.compile(
    r"PhraseQuery \{ field: Field\((?P<field>\d+)\), "
    r"phrase_terms: \[(?P<terms>.*?)\], slop: (?P<slop>\d+)"
)
_PLACED = re.compile(r"\((?P<place>\d+), " + _TERM.pattern + r"\)")
_ESCAPED = re.compile(r"\\(?:u\{(?P<code>[0-9a-f]+)\}|(?P<char>.))")
_SCORED_FIELDS = ("exact", "stem", "family", "context", "alias")


class _Phrase(NamedTuple):
    """A phrase of the query that the unit has, and what it scores before any boost."""

    field: str
    form: str
    value: float


def explain(
    searcher: tantivy.Searcher,
    schema: tantivy.Schema,
    query: tantivy.Query,
    place: tantivy.DocAddress,
    words: Mapping[str, str],
) -> tuple[Evidence, ...]:
    """Return what the score of the unit at *place* is made of, in the order of the query.

    *words* gives for each form of the index the word that was typed (see :func:`typed_words`).
    """
    fields = _field_names(schema)
    tree = json.loads(query.explain(searcher, place).to_json())
    phrases = list(_phrases(searcher, schema, query, place, fields))
    return tuple(_evidence(tree, 1.0, fields, phrases, words))


def typed_words(plan: Plan) -> dict[str, str]:
    """Return the word as typed for each form that *plan* looks for."""
    words: dict[str, str] = {}
    for phrase in plan.phrases:
        words.setdefault(" ".join(phrase.words), phrase.surface)
    for term in plan.terms:
        forms = [*term.readings, *term.family, *(" ".join(way) for way in term.spellings)]
        if term.stem is not None:
            forms.append(term.stem)
        for form in forms:
            words.setdefault(form, term.surface)
    for before, after in plan.neighbours:
        together = (words.get(before, before), words.get(after, after))
        words.setdefault(f"{before} {after}", " ".join(together))
    return words


def _evidence(
    node: dict[str, Any],
    factor: float,
    fields: Mapping[int, str],
    phrases: list[_Phrase],
    words: Mapping[str, str],
) -> Iterator[Evidence]:
    """Yield what stands at the leaves of *node* and adds to the score."""
    said, value = node["description"], float(node["value"])
    if not value:
        return
    term = _TERM.search(" ".join(node.get("context", ())))
    if term:
        form = _unescape(term["form"])
        yield Evidence(
            words.get(form, form), fields[int(term["field"])], form, round(factor * value, 6)
        )
    elif said.startswith("Phrase"):
        found = next((one for one in phrases if isclose(one.value, value, rel_tol=1e-5)), None)
        if found is not None:
            phrases.remove(found)
        field, form = (found.field, found.form) if found else ("phrase", "")
        yield Evidence(words.get(form, form), field, form, round(factor * value, 6))
    elif said.startswith("Boost"):
        (inner,) = node["details"]
        yield from _evidence(inner, factor * value / inner["value"], fields, phrases, words)
    elif "sum of" in said:
        for inner in node["details"]:
            yield from _evidence(inner, factor, fields, phrases, words)
    else:  # the query that matches everything, for one
        yield Evidence("", said, "", round(factor * value, 6))


def _phrases(
    searcher: tantivy.Searcher,
    schema: tantivy.Schema,
    query: tantivy.Query,
    place: tantivy.DocAddress,
    fields: Mapping[int, str],
) -> Iterator[_Phrase]:
    """Yield the phrases in *query* that the unit at *place* has."""
    for written in dict.fromkeys(match.group() for match in _PHRASE.finditer(repr(query))):
        phrase = _PHRASE.match(written)
        assert phrase is not None  # it was found by the same pattern
        field = fields[int(phrase["field"])]
        placed = [
            (int(term["place"]), _unescape(term["form"]))
            for term in _PLACED.finditer(phrase["terms"])
        ]
        alone = type(query).phrase_query(schema, field, list(placed), int(phrase["slop"]))
        try:
            value = json.loads(alone.explain(searcher, place).to_json())["value"]
        except ValueError:  # the unit has its words, perhaps, but not next to each other
            continue
        yield _Phrase(field, " ".join(form for _, form in placed), float(value))


def _field_names(schema: tantivy.Schema) -> dict[int, str]:
    """Return the names of the scored fields by the numbers under which Tantivy knows them."""
    import tantivy

    names = {}
    for name in _SCORED_FIELDS:
        term = _TERM.search(repr(tantivy.Query.term_query(schema, name, "x")))
        assert term is not None
        names[int(term["field"])] = name
    return names


def _unescape(written: str) -> str:
    """Return the text that Rust wrote with escapes.

    >>> _unescape('a\\\\"b\\\\u{640}')
    'a"bـ'
    """
    return _ESCAPED.sub(
        lambda found: chr(int(found["code"], 16)) if found["code"] else found["char"], written
    )
