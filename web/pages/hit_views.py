"""A hit as a page shows it: where it stands, the marked words, and what is odd about it."""

from __future__ import annotations

from markupsafe import Markup

from fihris.index.addresses import split_address
from fihris.index.frozen import frozen
from fihris.index.resolution import ParagraphKind
from fihris.search.hits import DocumentSummary, Had, Hit
from fihris.web.links import Links
from fihris.web.pages.marked_text import direction, marked, snippet
from fihris.web.questions import SearchQuestion
from fihris.web.texts import Texts

# Words that a hit lacks by name; of a pasted paragraph it may lack hundreds.
_WORDS_NAMED = 12
# What a reader should know of a word beside "it is there"; the order is that of the page.
_HAD_TEXTS = {
    Had.MISSING: "search.without",
    Had.FAMILY: "search.family",
    Had.CONTEXT: "search.context",
}


@frozen
class DocumentView:
    """A document in a list: where it leads, what it is called, and the facts about it.

    ``date`` is for readers, ``datetime`` for programs, both empty where nothing is known.
    """

    href: str
    name: str
    symbol: str
    facts: tuple[str, ...]
    date: str
    datetime: str


@frozen
class HitView:
    """A hit: the document around it, and the passage.

    ``heading`` is the title of the document, marked where the title itself is the hit; then there
    is no ``passage``. ``direction`` is that of its letters. ``place`` is what the paragraph is in
    its document. ``lacking`` says of which words only a relative was found, or nothing. ``alike``
    tells how many more hits it stands for; ``alike_href`` leads to them.
    """

    href: str
    heading: Markup
    place: str
    document: DocumentView
    passage: Markup
    direction: str
    lacking: tuple[Markup, ...]
    alike: Markup
    alike_href: str


def hit_view(hit: Hit, question: SearchQuestion, links: Links, texts: Texts) -> HitView:
    """Return *hit*, an answer to *question*, for a page."""
    document = document_view(hit.document, links, texts)
    is_title = hit.kind is ParagraphKind.TITLE
    alike, alike_href = _alike(hit, question, links, texts)
    return HitView(
        href=links.unit(hit.document.address, hit.address, question),
        heading=marked(hit.text, hit.spans) if is_title else marked(document.name, ()),
        place=texts.say("hit.title_unit") if is_title else _place(hit, texts),
        document=document,
        passage=Markup("") if is_title else snippet(hit.text, hit.spans, hit.snippets),
        direction=direction(hit.text),
        lacking=tuple(_lacking(hit, texts)),
        alike=alike,
        alike_href=alike_href,
    )


def document_view(document: DocumentSummary, links: Links, texts: Texts) -> DocumentView:
    """Return *document* for a list."""
    facts = []
    if document.organ is not None:
        facts.append(texts.organ(document.organ))
    if document.session is not None:
        facts.append(texts.session(document.session))
    return DocumentView(
        href=links.resolution(document.address),
        name=document.title or document.symbol or document.address,
        symbol=document.symbol or "",
        facts=tuple(facts),
        date=texts.date(document.date),
        datetime=document.date.isoformat() if document.date is not None else "",
    )


def _place(hit: Hit, texts: Texts) -> str:
    fragment = split_address(hit.address)[1]
    named = texts.place(fragment)
    # What has no name in running text (a heading, the ref of a provision) stands as it is called.
    return named if named != fragment else f"{texts.say(f'kind.{hit.kind}')} {fragment}"


def _lacking(hit: Hit, texts: Texts) -> list[Markup]:
    said = []
    for had, key in _HAD_TEXTS.items():
        words = [match.word for match in hit.words if match.had is had]
        if words:
            listed = texts.show_list(words[:_WORDS_NAMED])
            if len(words) > _WORDS_NAMED:
                more = texts.show_count("more_words", len(words) - _WORDS_NAMED)
                listed = Markup("%s %s") % (listed, more)
            said.append(texts.show(key, words=listed))
    return said


def _alike(hit: Hit, question: SearchQuestion, links: Links, texts: Texts) -> tuple[Markup, str]:
    """Return how many more hits *hit* stands for, and the link to them all."""
    if hit.same_wording:
        said = texts.show_count("same_wording", hit.same_wording)
        return said, links.clause_of(hit.address)
    if hit.same_document:
        said = texts.show_count("same_document", hit.same_document)
        return said, links.resolution(hit.document.address, marked=question)
    return Markup(""), ""
