"""The model: what a parsed document is, from its symbol down to one citation in a footnote.

Frozen dataclasses that travel between the rooms. Every offset is in code points into the ``text``
of the paragraph that carries it, and every end is exclusive. The text is the author's own
spelling: vowel marks, tatweel and ligatures stay. Only what is not wording is taken out of it:
paragraph numbers (kept in ``label``), note marks (kept as :class:`NoteMark`) and the debris that
extraction tools leave.
"""

from __future__ import annotations

from enum import StrEnum

from fihris.index.frozen import frozen


class Organ(StrEnum):
    """The body that adopted a resolution."""

    GA = "GA"
    SC = "SC"
    HRC = "HRC"
    ECOSOC = "ECOSOC"
    CHR = "CHR"
    TC = "TC"


class DocumentKind(StrEnum):
    """What a document is; anything that is not of the United Nations' kinds is a ``document``."""

    RESOLUTION = "resolution"
    DECISION = "decision"
    STATEMENT = "statement"
    DRAFT = "draft"
    DOCUMENT = "document"


class SourceKind(StrEnum):
    """The form a text came in; number repair depends on it.

    ``tika`` is text extracted from a Word file. In it, and in word processors' files themselves,
    thousands stand in display order (``730 1`` for 1 730); ``text`` makes no such promise. ``tmx``
    is a translation memory, ``tei`` the United Nations Parallel Corpus, ``akn`` Akoma Ntoso.
    """

    TEXT = "text"
    TIKA = "tika"
    JSONL = "jsonl"
    DOCX = "docx"
    DOC = "doc"
    ODT = "odt"
    RTF = "rtf"
    PDF = "pdf"
    HTML = "html"
    TMX = "tmx"
    TEI = "tei"
    AKN = "akn"


class ChangeKind(StrEnum):
    """What a document does to an earlier one.

    A reissue (``*``) replaces it under its own symbol; a revision (``Rev.1``), a corrigendum
    (``Corr.1``) and an addendum (``Add.1``) have symbols of their own.
    """

    REISSUE = "reissue"
    REVISION = "revision"
    CORRIGENDUM = "corrigendum"
    ADDENDUM = "addendum"


class SessionType(StrEnum):
    """Regular, special (``S-30``) or emergency special (``ES-10``)."""

    REGULAR = "regular"
    SPECIAL = "special"
    EMERGENCY = "emergency"


class ParagraphKind(StrEnum):
    """What a paragraph does in its document."""

    TITLE = "title"
    ENACTING = "enacting"
    PREAMBULAR = "preambular"
    OPERATIVE = "operative"
    SUB = "sub"
    HEADING = "heading"
    ANNEX = "annex"
    FOOTNOTE = "footnote"
    PROVISION = "provision"
    META = "meta"
    VOTE = "vote"


#: Kinds that are stored for display and never found by a search.
UNSEARCHED_KINDS = frozenset({ParagraphKind.ENACTING, ParagraphKind.META, ParagraphKind.VOTE})


class Confidence(StrEnum):
    """How a citation's organ is known, from surest to least sure.

    ``symbol``: a full symbol was written; ``organ``: the text names the organ; ``self``: a
    possessive ("its resolution") points at the document's own organ; ``bare``: nothing says so.
    """

    SYMBOL = "symbol"
    ORGAN = "organ"
    SELF = "self"
    BARE = "bare"


class DatePrecision(StrEnum):
    """How much of a date is stated."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@frozen
class Session:
    """A session of an organ: ``46``, ``S-30``, ``ES-10``."""

    number: int
    type: SessionType = SessionType.REGULAR

    @property
    def label(self) -> str:
        """How symbols write the session."""
        prefix = {SessionType.SPECIAL: "S-", SessionType.EMERGENCY: "ES-"}.get(self.type, "")
        return f"{prefix}{self.number}"


@frozen
class Date:
    """A calendar date as far as it is stated; ``month`` and ``day`` are None where it is not."""

    year: int
    month: int | None = None
    day: int | None = None

    def isoformat(self) -> str:
        """Return ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.

        >>> Date(2021, 3).isoformat()
        '2021-03'
        """
        parts = [f"{self.year:04d}"]
        if self.month is not None:
            parts.append(f"{self.month:02d}")
            if self.day is not None:
                parts.append(f"{self.day:02d}")
        return "-".join(parts)


@frozen
class Change:
    """What a document changes: the one that bears ``symbol``, None where nothing names it.

    ``number`` is that of the change: 2 for ``Corr.2``, and for the second reissue (``**``).
    """

    kind: ChangeKind
    symbol: str | None
    number: int = 1


@frozen
class DateMention:
    """A date in running text. ``precision`` tells what the *surface* states, not what was inferred.

    ``date`` is None only when no year could be found for it.
    """

    start: int
    end: int
    surface: str
    precision: DatePrecision
    date: Date | None


@frozen
class Citation:
    """A reference to another document. ``symbol`` is canonical: ``A/RES/60/251``.

    ``part`` is the Latin letter of a multi-part resolution (``O`` for 40/152 سين), ``pinpoint``
    what the text says about the place inside it (an annex, a paragraph), as written.
    """

    symbol: str
    start: int
    end: int
    surface: str
    confidence: Confidence
    part: str | None = None
    pinpoint: str | None = None


@frozen
class NoteMark:
    """The place of a note mark: before the character at ``offset``; ``fragment`` is the note's."""

    offset: int
    fragment: str


@frozen
class Paragraph:
    """One unit of text with an address.

    ``fragment`` is what follows ``#`` in the address (``OP12.a``; empty for the title unit, whose
    address is the document itself). ``label`` is the number as printed (``12-``, ``(أ)``).
    ``chapeau`` is the fragment of the paragraph that this sub-paragraph completes, and for a
    footnote the fragment of the paragraph that bears its mark. ``verb`` is the opening verb in its
    masculine dictionary form (``يشير إلى``), when the parser knows it; ``secondary_verbs`` carry on
    from it inside the paragraph (``، ويدعو``), in the same form and in reading order. ``line``
    counts from 1 in the source, 0 where that makes no sense.
    """

    fragment: str
    kind: ParagraphKind
    text: str
    label: str = ""
    number: int | None = None
    chapeau: str | None = None
    verb: str | None = None
    secondary_verbs: tuple[str, ...] = ()
    line: int = 0
    notes: tuple[NoteMark, ...] = ()
    citations: tuple[Citation, ...] = ()
    dates: tuple[DateMention, ...] = ()


@frozen
class Adoption:
    """How a text was adopted: ``mode`` is ``without a vote`` or ``recorded vote``.

    The lists hold the names as printed; counts are None where nothing states them.
    """

    mode: str
    in_favour: int | None = None
    against: int | None = None
    abstaining: int | None = None
    states_in_favour: tuple[str, ...] = ()
    states_against: tuple[str, ...] = ()
    states_abstaining: tuple[str, ...] = ()


@frozen
class Resolution:
    """A parsed document: a resolution, or any other text that is searched by its paragraphs.

    ``address`` is unique in an index: the symbol, else the id of the record, else the path under
    the indexed folder. ``symbol_derived`` tells that the symbol does not stand in the text and was
    worked out from organ and number. ``title`` is for reading (presentation forms written out);
    the title unit, ``paragraphs[0]``, keeps the author's spelling. ``paragraphs`` are in reading
    order; a footnote follows the paragraph that bears its mark. ``change`` tells which earlier
    document this one corrects, revises, adds to or replaces. ``warnings`` say in one sentence each
    what was odd, for people.
    """

    address: str
    kind: DocumentKind
    title: str
    paragraphs: tuple[Paragraph, ...]
    source_kind: SourceKind
    symbol: str | None = None
    symbol_derived: bool = False
    organ: Organ | None = None
    number: str | None = None
    part: str | None = None
    session: Session | None = None
    session_dates: tuple[Date, Date] | None = None
    agenda_items: tuple[str, ...] = ()
    agenda_title: str | None = None
    adopted_on: Date | None = None
    meeting: int | None = None
    adoption: Adoption | None = None
    change: Change | None = None
    warnings: tuple[str, ...] = ()

    @property
    def date(self) -> Date | None:
        """The date that orders this document among others."""
        return self.adopted_on
