"""The text of a document as HTML: paragraphs under their addresses, notes tied to their marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from fihris.index.addresses import unit_address
from fihris.index.frozen import frozen
from fihris.index.resolution import UNSEARCHED_KINDS, Paragraph, ParagraphKind, Resolution
from fihris.search.hits import Span
from fihris.search.show import note_name
from fihris.web.links import Links
from fihris.web.pages.marked_text import Insertion, LinkSpan, direction, running_text
from fihris.web.texts import Texts

_DEEPEST = 3
_NOTE_MARK = Markup(
    '<sup class="noteref"><a id="ui-mark-%s" href="#%s" role="doc-noteref" aria-label="%s">'
    "<bdi>%s</bdi></a></sup>"
)
# Formulas and titles: everybody says them, and nobody asks who did so first.
_UNTRACED = frozenset({ParagraphKind.TITLE, ParagraphKind.HEADING, ParagraphKind.FOOTNOTE})

#: Where a citation of a symbol, or of a part of what bears it, leads.
Targets = Mapping[tuple[str, str | None], str]


@frozen
class UnitView:
    """A paragraph. ``fragment`` is its anchor, empty for what has no address of its own.

    ``place`` is how it is called in running text; ``depth`` counts the paragraphs that it
    completes. ``similar`` leads to wordings like its own.
    """

    fragment: str
    kind: str
    depth: int
    label: str
    html: Markup
    direction: str
    place: str
    similar: str


@frozen
class NoteView:
    """A footnote, the name by which the text calls it, and the anchors of its marks."""

    fragment: str
    name: str
    html: Markup
    marks: tuple[str, ...]


@frozen
class DocumentText:
    """Title, paragraphs in reading order, and notes.

    ``masthead`` are the lines above the text, which say again what the page has said already.
    ``marked`` tells whether any word of the query is there; ``first_marked`` is the first paragraph
    below the title that has one.
    """

    title: Markup
    masthead: tuple[UnitView, ...]
    units: tuple[UnitView, ...]
    notes: tuple[NoteView, ...]
    first_marked: str
    marked: bool


def document_text(
    document: Resolution,
    spans: Sequence[Sequence[Span]],
    targets: Targets,
    links: Links,
    texts: Texts,
) -> DocumentText:
    """Return the text of *document*; *spans* are the marks of each paragraph, or nothing at all."""
    setter = _Setter(document, targets, texts)
    marks = spans or [()] * len(document.paragraphs)
    title = Markup("")
    units: list[UnitView] = []
    notes: list[tuple[Paragraph, Markup]] = []
    first_marked = ""
    for unit, marked in zip(document.paragraphs, marks, strict=True):
        addressed = unit.kind not in UNSEARCHED_KINDS
        if marked and addressed and not first_marked:
            first_marked = unit.fragment
        html = setter.html(unit, marked)
        if unit.kind is ParagraphKind.TITLE:
            # The title for reading has no ligatures; what is marked or noted is the author's.
            title = html if marked or unit.notes else Markup.escape(document.title)
        elif unit.kind is ParagraphKind.FOOTNOTE:
            notes.append((unit, html))
        else:
            fragment = unit.fragment if addressed else ""
            traced = fragment and unit.kind not in _UNTRACED
            units.append(
                UnitView(
                    fragment=fragment,
                    kind=unit.kind.value,
                    depth=setter.depth(unit),
                    label=unit.label.strip() if unit.label.strip() != unit.fragment else "",
                    html=html,
                    direction=direction(unit.text),
                    place=texts.place(fragment),
                    similar=(
                        links.clause_of(unit_address(document.address, fragment)) if traced else ""
                    ),
                )
            )
    head = 0
    while head < len(units) and units[head].kind == ParagraphKind.META:
        head += 1
    return DocumentText(
        title,
        tuple(units[:head]),
        tuple(units[head:]),
        tuple(
            NoteView(note.fragment, note_name(note), html, setter.marks_of(note.fragment))
            for note, html in notes
        ),
        first_marked,
        any(marks),
    )


class _Setter:
    """Sets the paragraphs of one document, and remembers where the marks of its notes stand."""

    def __init__(self, document: Resolution, targets: Targets, texts: Texts) -> None:
        self._targets = targets
        self._texts = texts
        self._own = document.symbol
        self._by_fragment = {unit.fragment: unit for unit in document.paragraphs if unit.fragment}
        self._marks: Counter[str] = Counter()

    def html(self, unit: Paragraph, spans: Sequence[Span]) -> Markup:
        links = [
            LinkSpan(citation.start, citation.end, href)
            for citation in unit.citations
            if (href := self._targets.get((citation.symbol, citation.part)))
        ]
        insertions = [Insertion(mark.offset, self._mark(mark.fragment)) for mark in unit.notes]
        return running_text(unit.text, spans, links, insertions)

    def depth(self, unit: Paragraph) -> int:
        """Return how many paragraphs stand above *unit*, three at most."""
        depth = 0
        while unit.chapeau and unit.chapeau in self._by_fragment and depth < _DEEPEST:
            unit = self._by_fragment[unit.chapeau]
            depth += 1
        return depth

    def marks_of(self, fragment: str) -> tuple[str, ...]:
        """Return the anchors of the marks of a note."""
        return tuple(_anchor(fragment, time) for time in range(1, self._marks[fragment] + 1))

    def _mark(self, fragment: str) -> Markup:
        self._marks[fragment] += 1
        note = self._by_fragment.get(fragment)
        name = note_name(note) if note is not None else fragment
        said = self._texts.say("resolution.note", number=name)
        anchor = _anchor(fragment, self._marks[fragment])
        return _NOTE_MARK % (anchor, fragment, said, name)


def _anchor(fragment: str, time: int) -> str:
    """Return the anchor of the mark that names a note for the *time*-th time, from 1 on."""
    return fragment if time == 1 else f"{fragment}-{time}"
