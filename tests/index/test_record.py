"""What is stored of a document gives back the document, nothing added and nothing lost."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from fihris.index.record import (
    SourceStamp,
    head_from_json,
    label_and_chapeau,
    record_from_json,
    record_to_json,
    unit_from_json,
    unit_to_json,
)
from fihris.index.resolution import (
    Adoption,
    Change,
    ChangeKind,
    Citation,
    Confidence,
    Date,
    DateMention,
    DatePrecision,
    DocumentKind,
    NoteMark,
    Organ,
    Paragraph,
    ParagraphKind,
    Resolution,
    Session,
    SessionType,
    SourceKind,
)
from fihris.index.stored_text import unpack_text

STAMP = SourceStamp("/قرارات/a.txt", "0" * 64, 30_641, 1_700_000_000_000_000_000)

_names = st.text(min_size=1, max_size=8)
_counts = st.none() | st.integers(0, 200)
_dates = st.dates().map(lambda day: Date(day.year, day.month, day.day)) | st.builds(
    Date, st.integers(1, 9999), st.none() | st.integers(1, 12)
)
_spans = {"start": st.integers(0, 99), "end": st.integers(0, 99), "surface": st.text(max_size=5)}
_paragraphs = st.builds(
    Paragraph,
    fragment=_names,
    kind=st.sampled_from(ParagraphKind),
    text=st.text(max_size=20),
    label=st.text(max_size=3),
    number=st.none() | st.integers(0, 40),
    chapeau=st.none() | _names,
    verb=st.none() | _names,
    secondary_verbs=st.lists(_names, max_size=2).map(tuple),
    line=st.integers(0, 99),
    notes=st.lists(st.builds(NoteMark, st.integers(0, 9), _names), max_size=2).map(tuple),
    citations=st.lists(
        st.builds(
            Citation,
            symbol=_names,
            confidence=st.sampled_from(Confidence),
            part=st.none() | _names,
            pinpoint=st.none() | _names,
            **_spans,
        ),
        max_size=2,
    ).map(tuple),
    dates=st.lists(
        st.builds(
            DateMention, precision=st.sampled_from(DatePrecision), date=st.none() | _dates, **_spans
        ),
        max_size=2,
    ).map(tuple),
)
_lists = st.lists(_names, max_size=2).map(tuple)
_documents = st.builds(
    Resolution,
    address=_names,
    kind=st.sampled_from(DocumentKind),
    title=st.text(max_size=9),
    paragraphs=st.just(()),
    source_kind=st.sampled_from(SourceKind),
    symbol=st.none() | _names,
    symbol_derived=st.booleans(),
    organ=st.none() | st.sampled_from(Organ),
    number=st.none() | _names,
    part=st.none() | _names,
    session=st.none() | st.builds(Session, st.integers(1, 99), st.sampled_from(SessionType)),
    session_dates=st.none() | st.tuples(_dates, _dates),
    agenda_items=_lists,
    agenda_title=st.none() | _names,
    adopted_on=st.none() | _dates,
    meeting=st.none() | st.integers(0, 99),
    adoption=st.none()
    | st.builds(
        Adoption,
        mode=_names,
        in_favour=_counts,
        against=_counts,
        abstaining=_counts,
        states_in_favour=_lists,
        states_against=_lists,
        states_abstaining=_lists,
    ),
    change=st.none()
    | st.builds(Change, st.sampled_from(ChangeKind), st.none() | _names, st.integers(1, 9)),
    warnings=_lists,
)


@given(_documents, st.integers(0, 99))
def test_a_record_gives_back_the_document(document, paragraph_count):
    record = record_from_json(record_to_json(document, paragraph_count, STAMP))
    assert record.document == document
    assert (record.paragraph_count, record.stamp, record.unsearched) == (paragraph_count, STAMP, ())


@given(_documents)
def test_the_head_of_a_document_is_a_part_of_its_record(document):
    head = head_from_json(record_to_json(document, 0, STAMP))
    assert head == tuple(getattr(document, name) for name in head._fields)


@given(_paragraphs)
def test_a_label_and_a_chapeau_are_read_alone(unit):
    assert label_and_chapeau(unit_to_json(unit)) == (unit.label, unit.chapeau)


@given(_paragraphs)
def test_what_is_stored_beside_a_unit_gives_it_back(unit):
    assert unit_from_json(unit_to_json(unit), unit.fragment, unit.kind, unit.text) == unit


@given(_documents, st.lists(_paragraphs, max_size=4))
def test_a_record_holds_the_paragraphs_that_no_search_finds(document, paragraphs):
    whole = replace(document, paragraphs=tuple(paragraphs))
    record = record_from_json(record_to_json(whole, 0, STAMP))
    assert record.document == document
    unsearched = {ParagraphKind.ENACTING, ParagraphKind.META, ParagraphKind.VOTE}
    assert record.unsearched == tuple(
        (place, unit) for place, unit in enumerate(paragraphs) if unit.kind in unsearched
    )


def test_what_says_nothing_takes_no_room():
    stored = unit_to_json(Paragraph("OP1", ParagraphKind.OPERATIVE, "نص"))
    assert unpack_text(stored) == "{}"
