"""Units: a document in the form in which Tantivy takes it, one entry for each searched unit.

Kinds that no search finds get no entry: they stand in the record of the title unit, so they
neither become hits nor count among the texts that the ranking compares.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Any

from fihris.index.addresses import order_key, recency_key, symbol_forms, symbol_key
from fihris.index.analysis import AnalyzedText, Analyzer
from fihris.index.record import SourceStamp, record_to_json, unit_to_json
from fihris.index.resolution import (
    UNSEARCHED_KINDS,
    Paragraph,
    ParagraphKind,
    Resolution,
)
from fihris.index.stored_text import pack_text


def count_paragraphs(document: Resolution) -> int:
    """Return how many paragraphs of *document* a search can find, its title not counted."""
    return sum(
        unit.kind not in UNSEARCHED_KINDS and unit.kind is not ParagraphKind.TITLE
        for unit in document.paragraphs
    )


def searched_texts(document: Resolution) -> list[str]:
    """Return the texts of the units of *document* that a search can find, in order."""
    return [unit.text for unit in document.paragraphs if unit.kind not in UNSEARCHED_KINDS]


def analyze_units(document: Resolution, analyzer: Analyzer) -> Iterator[AnalyzedText]:
    """Yield the forms of each unit of *document* that a search can find, in order."""
    for text in searched_texts(document):
        yield analyzer.analyze(text, document.source_kind)


def wording_key(exact: str) -> int:
    """Return the 63-bit checksum of a folded wording, the same for all texts that share it.

    *exact* is :attr:`~fihris.index.analysis.AnalyzedText.exact`.
    """
    return int.from_bytes(blake2b(exact.encode(), digest_size=8).digest()) >> 1


def unit_key(document: str, place: int) -> int:
    """Return the 63-bit checksum that names the unit at *place* in the document of that address."""
    return int.from_bytes(blake2b(f"{place} {document}".encode(), digest_size=8).digest()) >> 1


def document_units(
    document: Resolution,
    paragraph_count: int,
    stamp: SourceStamp,
    forms: Iterable[AnalyzedText],
) -> Iterator[dict[str, Any]]:
    """Yield the fields of each unit of *document* that is searched, the title unit first.

    *forms* are those of these units, in order; see :func:`analyze_units`.
    ``place`` is the unit's ordinal among *all* paragraphs, so that those which stand in the
    record find their places between the others when the document is read back.
    """
    shared: dict[str, Any] = {
        "doc": document.address,
        "order": order_key(document.address, document.date),
        "recency": recency_key(document.address, document.date),
        "rank": symbol_key(document),
    }
    if document.agenda_items:
        shared["agenda"] = list(dict.fromkeys(document.agenda_items))
    if document.organ is not None:
        shared["organ"] = document.organ.value
    if document.session is not None:
        shared["session"] = document.session.label
    if document.date is not None:
        shared["year"] = document.date.year
    forms_of_next = iter(forms)
    title_stems = ""
    stems: dict[str, str] = {}
    chapeaux: dict[str, str | None] = {}
    for place, unit in enumerate(document.paragraphs):
        if unit.kind in UNSEARCHED_KINDS:
            continue
        analyzed = next(forms_of_next)
        fields = shared | {
            "exact": analyzed.exact,
            "stem": analyzed.stem,
            "family": analyzed.family,
            "text": pack_text(unit.text),
            "fragment": unit.fragment,
            "kind": unit.kind.value,
            "place": place,
            "wording": wording_key(analyzed.exact),
            "key": unit_key(document.address, place),
            "unit": unit_to_json(unit),
        }
        if analyzed.alias:
            fields["alias"] = analyzed.alias
        if analyzed.pairs:
            fields["pairs"] = analyzed.pairs
        if unit.verb is not None:
            fields["verb"] = unit.verb
        if unit.citations:
            fields["cites"] = list(dict.fromkeys(cited.symbol for cited in unit.citations))
        if unit.kind is ParagraphKind.TITLE:
            title_stems = analyzed.stem
            fields["symbol"] = list(symbol_forms(document))
            fields["source"] = stamp.path
            fields["record"] = record_to_json(document, paragraph_count, stamp)
        else:
            context = [title_stems, *_chapeau_stems(unit, stems, chapeaux)]
            fields["context"] = " ".join(context)
        stems[unit.fragment] = analyzed.stem
        chapeaux[unit.fragment] = unit.chapeau
        yield fields


def _chapeau_stems(
    unit: Paragraph, stems: dict[str, str], chapeaux: dict[str, str | None]
) -> Iterator[str]:
    """Yield the stems of every paragraph that *unit* completes, from the nearest outwards."""
    fragment = unit.chapeau
    passed: set[str] = set()
    while fragment is not None and fragment in stems and fragment not in passed:
        passed.add(fragment)
        yield stems[fragment]
        fragment = chapeaux[fragment]
