"""Damage: what is mended and how, what is refused, and that sound texts stay as they are.

The texts are invented, and damaged here as converters damage them.
"""

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fihris.index.documents import read_document
from fihris.index.errors import SourceMalformed
from fihris.index.parser import parse
from fihris.index.resolution import SourceKind
from fihris.index.sources.blocks import Block, Mark, NoteBody, SourceText
from fihris.index.sources.collection import parse_record, read_lines
from fihris.index.sources.damage import mend, mend_text, missing_numbers, sentence
from fihris.index.sources.encoding import decode
from fihris.index.sources.entries import whole_file
from fihris.index.sources.files import Form, find_sources
from fihris.index.sources.finding import Damage, Finding, Outcome
from fihris.index.sources.refusal import Refusal
from fihris.index.specimens import specimens_folder

SHARED = Path(__file__).resolve().parents[4] / "shared" / "corpus"

TEXT = """مجلس حقوق الإنسان
إن مجلس حقوق الإنسان،
إذ يلاحظ مع القلق ما أصاب الأراضي الزراعية، ولا سيما في السهول، في عام 2037،
1- يطلب إلى الأمين العام أن يقدم تقريرا إلى الجمعية العامة في دورتها الثانية والتسعين؛
2- يهيب بالدول أن تتعاون لحماية الأطفال واللاجئين، وأن تمتنع عن الإضرار بالمياه؛
3- يقرر إبقاء المسألة قيد نظره في عام 2038."""


def swapped(text: str) -> str:
    """Return *text* as fonts give it whose lam-alef stands from left to right."""
    return re.sub("ل([اأإآ])", r"\1ل", text)


def shaped(text: str) -> str:
    """Return *text* in isolated shapes of letters."""
    shapes: dict[str, str] = {}
    for code in range(0xFE80, 0xFEF5):
        letter = unicodedata.normalize("NFKC", chr(code))
        if len(letter) == 1:
            shapes.setdefault(letter, chr(code))
    return "".join(shapes.get(char, char) for char in text)


def findings_of(text: str) -> dict[Damage, Outcome]:
    return {finding.damage: finding.outcome for finding in mend_text(text).findings}


def test_swapped_ligatures_are_put_in_order() -> None:
    damaged = swapped(TEXT)
    assert "اإلنسان" in damaged
    mended = mend_text(damaged)
    assert mended.text == TEXT
    assert {finding.outcome for finding in mended.findings} == {Outcome.REPAIRED}


def test_other_swapped_pairs_are_put_in_order_too() -> None:
    damaged = "األمم املتحدة يف األمم املتحدة من اإلنسان إىل املجلس واملرأة احلق"
    assert (
        mend_text(damaged).text
        == "الأمم المتحدة في الأمم المتحدة من الإنسان إلى المجلس والمرأة الحق"
    )


def test_a_swapped_word_that_nothing_proves_is_told_and_left() -> None:
    damaged = swapped(f"{TEXT}\nزارت بلدة زنجالب وقرية شمطالق")
    mended = mend_text(damaged)
    assert "زنجالب" in mended.text
    left = [each for each in mended.findings if each.outcome is Outcome.REPORTED]
    assert [(each.damage, each.count) for each in left] == [(Damage.SWAPPED_LIGATURES, 2)]
    assert "docx" in left[0].remedy


def test_one_odd_word_is_no_damage() -> None:
    text = f"{TEXT}\nكلمة األمم جاءت هكذا في الأصل"
    assert mend_text(text).text == text


def test_shapes_of_letters_become_letters() -> None:
    mended = mend_text(shaped(TEXT))
    assert mended.text == TEXT
    assert findings_of(shaped(TEXT)) == {Damage.PRESENTATION_FORMS: Outcome.REPAIRED}


def test_ligatures_that_an_author_typed_stay() -> None:
    text = TEXT.replace("في", "ﰲ").replace("لا", "ﻻ")
    mended = mend_text(text)
    assert (mended.text, mended.findings) == (text, ())


@pytest.mark.parametrize(
    "reverse",
    [
        pytest.param(lambda text: text[::-1], id="everything"),
        pytest.param(
            lambda text: re.sub(r"\d+", lambda run: run[0][::-1], text[::-1]), id="but numbers"
        ),
    ],
)
def test_lines_stored_backwards_are_turned_around(reverse) -> None:
    damaged = "\n".join(reverse(line) for line in TEXT.split("\n"))
    assert mend_text(damaged).text == TEXT
    assert findings_of(damaged) == {Damage.REVERSED: Outcome.REPAIRED}


def test_words_stored_backwards_are_turned_around_in_their_places() -> None:
    damaged = re.sub("[\u0621-\u064a]+", lambda word: word[0][::-1], TEXT)
    assert mend_text(damaged).text == TEXT


def test_backward_text_that_makes_no_words_is_refused() -> None:
    nonsense = " ".join(f"ة{letter}غظض" for letter in "صضطظغ" * 4)
    refusal = mend_text(nonsense).refusal
    assert refusal is not None
    assert refusal.damage is Damage.REVERSED
    assert refusal.remedy


def test_lines_stretched_with_letters_are_refused() -> None:
    damaged = re.sub("([نمدر])", r"\1\1\1", TEXT)
    refusal = mend_text(damaged).refusal
    assert refusal is not None
    assert refusal.damage is Damage.KASHIDA
    assert "docx" in refusal.remedy


def test_letters_that_stand_apart_are_refused() -> None:
    refusal = mend_text("\n".join(" ".join(line) for line in TEXT.split("\n"))).refusal
    assert refusal is not None
    assert refusal.damage is Damage.KASHIDA


def test_tatweel_laughter_and_lists_with_letters_are_sound() -> None:
    text = f"الأمـــــم المتحـــــدة ههههه\nأ - أولا\nب - ثانيا\nو 73/299\n{TEXT}"
    assert mend_text(text).findings == ()


def test_persian_letters_become_arabic_ones() -> None:
    damaged = TEXT.replace("ي", "\u06cc").replace("ى", "\u06cc").replace("ك", "\u06a9")
    mended = mend_text(damaged)
    assert mended.text == TEXT
    assert findings_of(damaged) == {Damage.PERSIAN_LETTERS: Outcome.REPAIRED}


def test_a_persian_quotation_is_left_alone() -> None:
    text = f"{TEXT}\nپیگیری گزارش ژنو برای چهار کشور"
    assert mend_text(text).findings == ()


def test_capitals_of_another_alphabet_in_a_symbol_become_latin() -> None:
    mended = mend_text("انظر \u0410/HRC/RES/94/9 و \u0415/2037/24 وشركة \u0413\u0410\u0417")
    assert mended.text == "انظر A/HRC/RES/94/9 و E/2037/24 وشركة \u0413\u0410\u0417"
    assert [(each.damage, each.count) for each in mended.findings] == [(Damage.LATIN_LOOKALIKES, 2)]


def test_latin_letters_in_a_known_word_become_arabic() -> None:
    mended = mend_text("يطلب إلى lلأمين العام وCorr.1 وإلى المجلس")
    assert mended.text == "يطلب إلى الأمين العام وCorr.1 وإلى المجلس"


def test_marks_move_with_their_words() -> None:
    text = shaped("وقد نظر في تقرير البعثة").replace("\ufe8d", "\ufefb", 1) + " وفي مرفقه"
    block = Block(text, 1, (Mark(len(text) - len(" وفي مرفقه"), 1),))
    source = SourceText((block,), SourceKind.PDF, (NoteBody(1, shaped("الفصل الثاني"), 2),))
    mended = mend(source).source
    place = mended.blocks[0].marks[0].offset
    assert mended.blocks[0].text[place:] == " وفي مرفقه"
    assert mended.notes[0].text == "الفصل الثاني"


def test_a_sound_document_is_passed_on_as_it_is() -> None:
    source = SourceText(tuple(Block(row, 1) for row in TEXT.split("\n")), SourceKind.HTML)
    mended = mend(source)
    assert mended.source is source
    assert mended.findings == ()


def test_numbers_that_got_lost_are_told() -> None:
    bare = parse(re.sub(r"(?m)^\d- ", "", TEXT), fallback_address="x")
    finding = missing_numbers(bare)
    assert finding is not None
    assert (finding.outcome, finding.count) == (Outcome.REPORTED, 3)
    assert missing_numbers(parse(TEXT, fallback_address="x")) is None


def test_a_statement_and_a_single_paragraph_need_no_numbers() -> None:
    for path in specimens_folder().glob("*.txt"):
        document = parse(decode(path.read_bytes()).text, fallback_address=path.name)
        assert missing_numbers(document) is None, path.name


def test_what_was_mended_stands_in_the_warnings_of_the_document(raw_document) -> None:
    read = read_document(raw_document(swapped(TEXT), Form.TEXT))
    assert read.findings
    assert sentence(read.findings[0]) in read.document.warnings


def test_what_cannot_be_mended_is_no_document(raw_document) -> None:
    with pytest.raises(SourceMalformed, match="kashida garbage"):
        read_document(raw_document(re.sub("([نمدر])", r"\1\1\1", TEXT), Form.TEXT))


NEVER_REPAIRED = {Damage.KASHIDA, Damage.MISSING_NUMBERS}


@pytest.mark.parametrize(
    ("damage", "outcome"),
    [
        (damage, outcome)
        for damage in Damage
        for outcome in Outcome
        if outcome is not Outcome.REPAIRED or damage not in NEVER_REPAIRED
    ],
)
def test_every_finding_has_its_sentence(damage: Damage, outcome: Outcome) -> None:
    told = sentence(Finding(damage, outcome, 2, "نص"))
    assert told.endswith("as in «نص».")
    assert "2 " in told


def test_no_specimen_is_changed() -> None:
    for path in specimens_folder().glob("*.txt"):
        text = decode(path.read_bytes()).text
        assert mend_text(text).findings == (), path.name
        assert mend_text(text).text == text


@pytest.mark.parametrize("name", ["un-charter.ar.txt", "tashkeela-test.vocalised.ar.txt"])
def test_no_sound_text_is_changed(name: str) -> None:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{name} is not there")
    text = path.read_text("utf-8")
    assert mend_text(text).findings == ()


def test_of_a_body_of_law_only_its_persian_letters_are_found() -> None:
    path = SHARED / "qatar-laws.ar.jsonl.xz"
    if not path.exists():
        pytest.skip("the laws are not there")
    (file,) = find_sources([path])
    assert not isinstance(file, Refusal)
    repaired = 0
    for raw in read_lines(whole_file(file)):
        assert not isinstance(raw, Refusal)
        record = parse_record(raw)
        text = "\n".join(provision.text for provision in record.provisions)
        findings = mend_text(text).findings
        assert {each.damage for each in findings} <= {Damage.PERSIAN_LETTERS}, record.id
        repaired += sum(each.count for each in findings)
    assert repaired < 100  # of four million words, and each of them a real one


@given(st.text())
def test_any_text_is_mended_without_losing_lines(text: str) -> None:
    mended = mend_text(text)
    assert mended.text.count("\n") == text.count("\n")


@given(
    st.lists(st.sampled_from([*"ابتلمنيىةأإ،. \n1", "ال", "األ", "ﻷ", "ﺍ", "ى ", " ة", "ی", "|"]))
)
def test_any_arabic_is_mended_without_losing_lines(pieces: list[str]) -> None:
    text = "".join(pieces) * 3
    assert mend_text(text).text.count("\n") == text.count("\n")
