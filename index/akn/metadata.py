"""The ``meta`` of a document: its identification, what it refers to, how it was adopted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote

from lxml import etree

from fihris.index.akn.names import child, symbol_iri
from fihris.index.parser.organs import organ_name
from fihris.index.resolution import Adoption, Date, DocumentKind, Paragraph, Resolution
from fihris.index.sources.akn import SYMBOL_ALIAS

#: How the sides of a vote are called where its counts are referred to.
SIDES = ("votesInFavour", "votesAgainst", "abstentions")

_SHOWN = ("In favour", "Against", "Abstaining")
_SOURCE = "#fihris"
# The model knows days, months and years; the schema days only.
_UNKNOWN_DATE = "0001-01-01"


def write_metadata(
    parent: etree._Element, document: Resolution, *, component: str, loose: Sequence[Paragraph] = ()
) -> None:
    """Write the ``meta`` of *document*, or of its *component* (``main``, ``annex_1``).

    *loose* are the notes that nothing in the text marks.
    """
    meta = child(parent, "meta")
    _identification(meta, document, component)
    if component != "main":
        return
    if document.adoption is not None and any(_counts(document.adoption)):
        _voting(meta, document.adoption)
    _references(meta, document)
    if loose:
        notes = child(meta, "notes", source=_SOURCE)
        for unit in loose:
            note = child(notes, "note", marker=unit.label)
            child(note, "p").text = clean(unit.text)


def counts_by_side(adoption: Adoption | None) -> dict[str, int]:
    """Return the counts of a vote under the names of :data:`SIDES`, as far as they are known."""
    if adoption is None:
        return {}
    sides = zip(SIDES, _counts(adoption), strict=True)
    return {side: count for side, count in sides if count is not None}


_ILLEGAL = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """Return *text* with a blank for each character that XML cannot hold."""
    return _ILLEGAL.sub(" ", text)


def _counts(adoption: Adoption) -> tuple[int | None, int | None, int | None]:
    return adoption.in_favour, adoption.against, adoption.abstaining


def _identification(meta: etree._Element, document: Resolution, component: str) -> None:
    identification = child(meta, "identification", source=_SOURCE)
    date, named = _full_date(document.adopted_on)
    kind = document.kind.value
    number = quote(clean(document.address).replace("/", "-"), safe="().-")
    author = document.organ.value.lower() if document.organ else "unknown"
    work = f"/akn/un/statement/{kind}/{author}/{date}/{number}"
    expression = f"{work}/ara@"
    for level, iri, suffix in (
        ("FRBRWork", work, ""),
        ("FRBRExpression", expression, ""),
        ("FRBRManifestation", expression, ".xml"),
    ):
        frbr = child(identification, level)
        child(frbr, "FRBRthis", value=f"{iri}/!{component}{suffix}")
        child(frbr, "FRBRuri", value=f"{iri}{suffix}")
        if level == "FRBRWork":
            _aliases(frbr, document)
        child(frbr, "FRBRdate", date=date, name=named)
        if level == "FRBRManifestation":
            child(frbr, "FRBRauthor", href=_SOURCE, as_="#editor")
            child(frbr, "FRBRformat", value="application/akn+xml")
            continue
        child(frbr, "FRBRauthor", href=f"#{author}", as_="#author")
        if level == "FRBRExpression":
            child(frbr, "FRBRlanguage", language="ara")
            continue
        child(frbr, "FRBRcountry", value="un")
        child(frbr, "FRBRsubtype", value=kind)
        if document.number:
            child(frbr, "FRBRnumber", value=clean(document.number))


def _aliases(work: etree._Element, document: Resolution) -> None:
    """Write the symbol, and whether it was printed or worked out from organ and number."""
    if document.symbol:
        name = "symbolDerived" if document.symbol_derived else SYMBOL_ALIAS
        child(work, "FRBRalias", value=document.symbol, name=name)
        child(work, "FRBRalias", value=symbol_iri(document.symbol), name="iri")
    child(work, "FRBRalias", value=clean(document.title), name="title")


def _voting(meta: etree._Element, adoption: Adoption) -> None:
    parliamentary = child(child(meta, "analysis", source=_SOURCE), "parliamentary")
    voting = child(parliamentary, "voting", outcome="#adopted")
    for side, count in counts_by_side(adoption).items():
        child(voting, "count", value=str(count), refersTo=f"#{side}")


def _references(meta: etree._Element, document: Resolution) -> None:
    references = child(meta, "references", source=_SOURCE)
    change = document.change
    if change is not None and change.symbol is not None:
        child(references, "activeRef", href=symbol_iri(change.symbol), showAs=change.symbol)
    about = "/akn/ontology"
    organization = f"{about}/organization"
    child(
        references,
        "TLCOrganization",
        eId="fihris",
        href=f"{organization}/fihris",
        showAs="Fihris",
    )
    if document.organ is not None:
        key = document.organ.value.lower()
        name = organ_name(document.organ)
        child(references, "TLCOrganization", eId=key, href=f"{organization}/un/{key}", showAs=name)
    else:
        child(
            references,
            "TLCOrganization",
            eId="unknown",
            href=f"{organization}/unknown",
            showAs="Unknown",
        )
    concepts = [("adopted", "Adopted")] if document.kind is not DocumentKind.DOCUMENT else []
    if counts_by_side(document.adoption):
        concepts += zip(SIDES, _SHOWN, strict=True)
    for name, shown in concepts:
        child(references, "TLCConcept", eId=name, href=f"{about}/concept/{name}", showAs=shown)
    for role in ("author", "editor"):
        shown = role.capitalize()
        child(references, "TLCRole", eId=role, href=f"{about}/role/{role}", showAs=shown)


def _full_date(date: Date | None) -> tuple[str, str]:
    """Return the day that stands for *date*, and the name that says how far it is known."""
    if date is None:
        return _UNKNOWN_DATE, "unknown"
    known = "day" if date.day else "month" if date.month else "year"
    name = "adoption" if known == "day" else f"adoption-{known}"
    return f"{date.year:04d}-{date.month or 1:02d}-{date.day or 1:02d}", name
