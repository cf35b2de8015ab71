"""The analyzer: texts in, tokens and fields out, the same by both ways."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fihris.index.analysis import Analyzer, Token
from fihris.index.analysis.stop_pairs import stop_pairs
from fihris.index.resolution import SourceKind

ANALYZER = Analyzer()
ROOT = Path(__file__).parents[3]
SAMPLE = ROOT.parent / "shared" / "corpus" / "hrc-resolution-46-28.ar.txt"

WORDS = (
    "حقوق الإنسان والحقوق من أنّه مِن 730 1 1325(2000) 1325 (2000) A/HRC/46/68 60/251 د إ-30/1 "
    "و5/2 24 آذار/مارس كانون الثاني/يناير 2021 ٢ ـ 2019-2023 1971م ﰲ ﷺ U.N. عَلى ، )أ( "
    "\u200f\u0640 \ufe77 İ \ud800"
).split(" ")
TEXTS = st.lists(st.sampled_from(WORDS) | st.text(st.characters(), max_size=6), max_size=12).map(
    " ".join
)
LINES = st.lists(TEXTS, max_size=4).map("\n".join)
KINDS = st.sampled_from(SourceKind)


def forms(text: str) -> list[tuple[str, str]]:
    return [(token.exact, token.stem) for token in ANALYZER.tokens(text)]


def stems(text: str) -> list[str]:
    return [token.stem for token in ANALYZER.tokens(text)]


def test_a_phrase_is_read_word_by_word() -> None:
    assert forms("حقوق الإنسان") == [("حقوق", "حق"), ("الانسان", "انسان")]


def test_rights_of_man_are_found_by_man() -> None:
    (query,) = stems("إنسان")
    assert query in stems("حقوق الإنسان")


@pytest.mark.parametrize("word", ["مِن", "أنّه", "ﰲ", "على", "عَلَى", "التي"])
def test_marks_and_ligatures_hide_no_stop_word(word: str) -> None:
    (token,) = ANALYZER.tokens(word)
    assert token.stop
    assert token.family == ()
    assert ANALYZER.analyze(word).stem == ""


def test_a_mark_splits_no_word() -> None:
    assert len(ANALYZER.tokens("مُعَلِّم")) == 1


def test_stop_words_stand_in_the_exact_field_only() -> None:
    analyzed = ANALYZER.analyze("قرار من المجلس")
    assert analyzed.exact == "قرار من المجلس"
    assert analyzed.stem == "قرار مجلس"


def test_a_symbol_is_its_parts_and_its_whole() -> None:
    tokens = ANALYZER.tokens("A/HRC/46/68")
    assert [token.exact for token in tokens] == ["a", "hrc", "46", "68"]
    assert {token.alias for token in tokens} == {("a/hrc/46/68",)}


def test_blanks_and_brackets_make_no_difference_to_the_tokens() -> None:
    spellings = ["1325(2000)", "1325 (2000)", "١٣٢٥ (٢٠٠٠)"]
    assert len({ANALYZER.analyze(text) for text in spellings}) == 1


def test_a_conjunction_written_to_a_number_is_no_word() -> None:
    assert forms("القراران 5/1 و5/2")[-2:] == [("5", "5"), ("2", "2")]
    assert forms("1971م") == [("1971", "1971"), ("م", "م")]


def test_thousands_in_display_order_are_found_by_their_number() -> None:
    assert ANALYZER.analyze("ل 730 1 عضواً", SourceKind.TIKA).alias == "=1730"
    assert ANALYZER.analyze("ل 730 1 عضواً").alias == ""


def test_both_names_of_a_month_are_one_reading() -> None:
    assert ANALYZER.analyze("24 آذار 2021").alias == ANALYZER.analyze("24 مارس 2021").alias != ""


def test_nothing_is_read_across_the_end_of_a_line() -> None:
    assert ANALYZER.analyze("1325 (2000)").alias
    assert not ANALYZER.analyze("1325\n(2000)").alias


def test_tokens_bear_the_readings_that_cover_them() -> None:
    tokens = ANALYZER.tokens("القرار 1325 (2000) المؤرخ")
    assert [bool(token.alias) for token in tokens] == [False, True, True, False]


def check_agreement(text: str, kind: SourceKind = SourceKind.TEXT) -> list[Token]:
    tokens = ANALYZER.tokens(text, kind)
    analyzed = ANALYZER.analyze(text, kind)
    content = [token for token in tokens if not token.stop]
    assert analyzed.exact.split() == [token.exact for token in tokens]
    assert analyzed.stem.split() == [token.stem for token in content]
    assert analyzed.family.split() == [key for token in content for key in token.family]
    assert set(analyzed.alias.split()) == {term for token in tokens for term in token.alias}
    assert analyzed.pairs.split() == list(stop_pairs(analyzed.exact.split()))
    assert [token.position for token in tokens] == list(range(len(tokens)))
    return tokens


@given(
    st.lists(st.sampled_from(["من", "في", "و/أو", "من/5", "(", "-", "القرار", "5", "في،", "\n"]))
)
def test_stop_words_side_by_side_are_pairs_whatever_stands_between_them(chunks):
    check_agreement(" ".join(chunks))


@given(LINES, KINDS)
@example("1325\n(2000)", SourceKind.TIKA)
@example("كانون\u001cالثاني/يناير 5 \u0085 (2000)", SourceKind.TEXT)
def test_tokens_are_what_is_indexed(text: str, kind: SourceKind) -> None:
    check_agreement(text, kind)


@given(LINES)
def test_a_token_is_found_again_where_it_says_it_stands(text: str) -> None:
    before = 0
    for token in ANALYZER.tokens(text):
        # One character may hold several words (ﷺ, ¼): they all stand in its place.
        assert before <= token.start < token.end <= len(text)
        before = token.start
        found = ANALYZER.tokens(text[token.start : token.end])
        assert token.exact in [again.exact for again in found]


@given(LINES, KINDS)
@example("القرار 1325 (2000)\n5 آذار/مارس", SourceKind.TIKA)
def test_word_tokens_are_the_tokens_without_readings(text: str, kind: SourceKind) -> None:
    plain = [token._replace(alias=()) for token in ANALYZER.tokens(text, kind)]
    assert ANALYZER.word_tokens(text) == plain


@given(st.lists(TEXTS, max_size=4), KINDS)
def test_the_analysis_of_lines_is_the_analyses_joined(lines: list[str], kind: SourceKind) -> None:
    whole = ANALYZER.analyze("\n".join(lines), kind)
    parts = [ANALYZER.analyze(line, kind) for line in lines]
    for field in ("exact", "stem", "family", "alias"):
        joined = " ".join(filter(None, (getattr(part, field) for part in parts)))
        assert getattr(whole, field) == joined


@pytest.mark.skipif(not SAMPLE.exists(), reason=f"no {SAMPLE.name} beside the clone")
def test_every_word_of_a_real_resolution_is_read_alike_both_ways() -> None:
    text = SAMPLE.read_text("utf-8")
    tokens = check_agreement(text, SourceKind.TIKA)
    for token in tokens:
        assert text[token.start : token.end].strip() == text[token.start : token.end]
        assert len(token.stem) >= min(2, len(token.exact))
