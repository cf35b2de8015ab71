"""Which of several sources of one document is kept."""

from dataclasses import replace
from itertools import permutations

from fihris.index.precedence import source_rank
from fihris.index.resolution import (
    Change,
    ChangeKind,
    DocumentKind,
    Paragraph,
    ParagraphKind,
    Resolution,
    SourceKind,
)

SYMBOL = "A/HRC/RES/94/9"


def a_resolution(
    kind: SourceKind, change: Change | None = None, warnings: tuple[str, ...] = ()
) -> Resolution:
    title = Paragraph("", ParagraphKind.TITLE, "المياه")
    document = Resolution(SYMBOL, DocumentKind.RESOLUTION, "المياه", (title,), kind, SYMBOL)
    return replace(document, change=change, warnings=warnings)


def test_every_kind_of_source_has_a_place() -> None:
    ranks = {kind: source_rank(a_resolution(kind), "0").loss for kind in SourceKind}
    assert len(set(ranks.values())) == len(SourceKind) - 2  # doc, odt and rtf share theirs


def test_the_word_file_wins_over_the_web_page_and_that_over_the_pdf() -> None:
    kinds = (SourceKind.PDF, SourceKind.DOCX, SourceKind.HTML, SourceKind.RTF, SourceKind.TEXT)
    ordered = sorted(kinds, key=lambda kind: source_rank(a_resolution(kind), "0"))
    assert ordered == [
        SourceKind.DOCX,
        SourceKind.RTF,
        SourceKind.HTML,
        SourceKind.TEXT,
        SourceKind.PDF,
    ]


def test_a_reissue_in_a_poorer_form_wins_over_the_first_issue() -> None:
    first = source_rank(a_resolution(SourceKind.DOCX), "0")
    reissue = Change(ChangeKind.REISSUE, SYMBOL)
    second_reissue = Change(ChangeKind.REISSUE, SYMBOL, 2)
    reissued = source_rank(a_resolution(SourceKind.PDF, change=reissue), "1")
    again = source_rank(a_resolution(SourceKind.PDF, change=second_reissue), "2")
    assert again < reissued < first


def test_a_change_that_replaces_nothing_gives_no_precedence() -> None:
    corrigendum = Change(ChangeKind.CORRIGENDUM, "A/HRC/RES/94/8")
    changed = source_rank(a_resolution(SourceKind.DOCX, change=corrigendum), "1")
    assert source_rank(a_resolution(SourceKind.DOCX), "0") < changed


def test_of_two_files_of_one_form_the_one_with_fewer_oddities_wins() -> None:
    odd = source_rank(a_resolution(SourceKind.PDF, warnings=("a", "b")), "0")
    less_odd = source_rank(a_resolution(SourceKind.PDF, warnings=("a",)), "1")
    assert less_odd < odd


def test_the_winner_does_not_depend_on_the_order_of_arrival() -> None:
    sources = [
        (a_resolution(SourceKind.DOC), "c"),
        (a_resolution(SourceKind.RTF), "a"),
        (a_resolution(SourceKind.ODT), "b"),
        (a_resolution(SourceKind.PDF), "0"),
    ]
    winners = {
        min(order, key=lambda source: source_rank(*source))[1] for order in permutations(sources)
    }
    assert winners == {"a"}
