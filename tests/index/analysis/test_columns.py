import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fihris.index.analysis import AnalyzedText, Analyzer, columns
from fihris.index.analysis.columns import Columns
from fihris.index.analysis.normalizer import fold_text
from fihris.index.resolution import SourceKind
from fihris.index.stored_text import PAGE

ANALYZER = Analyzer()
CHUNKS = st.lists(
    st.sampled_from(
        [
            *("من", "في", "و/أو", "من/5", "(", "-", "القرار", "مُدرسةً،", "الـتـشـاور", "1325"),
            *("(2000)", "24", "مارس", "730", "1", "\n", "café", "5ـ", "ﷺ", "٢٠٠٠", "A/RES/46/7"),
        ]
    )
)


def one_by_one(text: str, kind: SourceKind) -> AnalyzedText:
    """Return the forms of *text* as they are put together where no alphabet has its characters."""
    return ANALYZER._columns._analyze_odd(text, kind)


@settings(deadline=None)  # what is met for the first time takes longer
@given(CHUNKS | st.text().map(str.split) | st.text(PAGE).map(str.split))
@example(["24", "\n", "مارس"])
@example(["من", "\n", "قبل", "-", "في", "x\x85y"])
def test_alphabets_give_the_columns_that_are_joined_one_by_one(chunks: list[str]) -> None:
    text = " ".join(chunks)
    for kind in (SourceKind.TEXT, SourceKind.TIKA):
        assert ANALYZER.analyze(text, kind) == one_by_one(text, kind)


@pytest.mark.parametrize(
    "text", ["القرار\u00a0من قبل", "\t5\u202fمارس\r\n2000 ", "\n", "", "\u2003"]
)
def test_white_space_of_any_kind_parts_chunks(text: str) -> None:
    assert ANALYZER.analyze(text) == one_by_one(text, SourceKind.TEXT)


def test_every_letter_of_the_page_is_folded_as_texts_are() -> None:
    alphabets = Columns(ANALYZER._analyze_chunk)._alphabets
    characters = alphabets.page.characters
    for byte, char in enumerate(characters):
        word = alphabets.plain_word(bytes([byte]))
        if word:
            assert fold_text(char) == characters[word[0]]


def test_the_columns_of_a_row_take_no_more_than_its_bytes() -> None:
    alphabets = Columns(ANALYZER._analyze_chunk)._alphabets
    assert alphabets.codes.end <= len(alphabets.codes.characters) == 256
    for char in PAGE:
        is_accented = char.isalpha() and "\u00c0" <= char <= "\u00ff"
        assert (char in alphabets.page.characters) != is_accented


def test_a_long_vocabulary_is_analysed_alike_when_it_is_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(columns, "MEMO_SIZE", 64)
    small = Analyzer()
    for number in range(500):
        assert small.analyze(f"قرار {number}").exact == f"قرار {number}"


def test_a_text_that_is_met_again_is_not_analysed_again() -> None:
    analyzed = ANALYZER.analyze("ينشر هذا القانون في الجريدة الرسمية")
    assert ANALYZER.analyze("ينشر هذا القانون في الجريدة الرسمية") is analyzed


def test_the_kind_of_the_source_tells_texts_apart_that_are_remembered() -> None:
    text = "ل 730 1 عضواً"
    assert ANALYZER.analyze(text, SourceKind.TEXT).alias == ""
    assert ANALYZER.analyze(text, SourceKind.TIKA).alias == "=1730"


def test_long_texts_are_not_remembered() -> None:
    text = "قرار " * 1000
    assert ANALYZER.analyze(text) == ANALYZER.analyze(text)
    assert (text, SourceKind.TEXT) not in ANALYZER._columns._forms_of.__self__
