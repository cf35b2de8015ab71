"""Clauses: the same wording first, then the nearest, each once, with places and differences."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fihris.index.reader import IndexReader, open_index
from fihris.index.resolution import Date, Paragraph, ParagraphKind
from fihris.index.specimens import specimens_folder
from fihris.index.synchronize import sync
from fihris.search.clause import (
    LONGEST_CLAUSE,
    ClauseAnswer,
    ClauseOptions,
    Likeness,
    find_clause,
    find_clauses,
)
from fihris.search.query import Filters
from scripts.clause_benchmark import known_clauses, perturb, success
from tests.search.conftest import LAW, LIGHTHOUSES, SPECIAL, WELLS, write_index

LAWS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "qatar-laws.ar.jsonl.xz"
SEIZED = "يقرر إبقاء المسألة قيد نظره."
REPEATED = "تنشر هذه اللائحة في الجريدة الرسمية."
TIMES = 1012


def addresses(answer: ClauseAnswer) -> list[str]:
    return [place.address for wording in answer.wordings for place in wording.places]


@pytest.fixture(scope="module")
def invented(invented_index: Path) -> IndexReader:
    return open_index(invented_index)


@pytest.fixture(scope="module")
def repeating(tmp_path_factory: pytest.TempPathFactory) -> IndexReader:
    """Return an index in which one wording stands 1 012 times, among others like it."""
    title, *_ = LAW.paragraphs
    provisions = [
        Paragraph(f"art{number}", ParagraphKind.PROVISION, REPEATED) for number in range(TIMES)
    ]
    others = [
        Paragraph("art5000", ParagraphKind.PROVISION, "تنشر هذه اللائحة في الجريدة وفي الصحف."),
        Paragraph("art5001", ParagraphKind.PROVISION, "تلغى اللائحة رقم 12 لسنة 1990."),
        Paragraph("art5002", ParagraphKind.PROVISION, "تلغى اللائحة رقم 15 لسنة 1994."),
        Paragraph("art5003", ParagraphKind.PROVISION, "من كل ما هو على ذلك أو في هذا."),
    ]
    folder = tmp_path_factory.mktemp("repeating")
    write_index(folder, [replace(LAW, paragraphs=(title, *provisions, *others))])
    return open_index(folder)


def test_the_same_wording_comes_first_with_its_places_in_order_of_dates(
    invented: IndexReader,
) -> None:
    answer = find_clause(invented, SEIZED)
    first = answer.wordings[0]
    assert (first.likeness, first.similarity) == (Likeness.IDENTICAL, 1.0)
    assert [place.address for place in first.places] == [
        "A/HRC/RES/91/4#OP2",
        "A/HRC/RES/S-61/1#OP2",
    ]
    assert [place.document.date for place in first.places] == [
        Date(2036, 3, 21),
        Date(2036, 7, 1),
    ]
    assert [place.document.session for place in first.places] == ["91", "S-61"]
    assert first.place_count == 2
    assert not first.changed


@pytest.mark.parametrize(
    "pasted",
    [
        "يُقَرِّرُ إبقـــاء المسألة قيد نظره",
        "2- يقرر إبقاء المسألة قيد نظره؛",
        "(ب) يقرر ابقاء المسأله قيد نظره",
        "يقرر إبقاء المسألة(3) قيد نظره",
        "يقرر إبقاء المسألة([footnoteRef:7]) قيد\nنظره",
    ],
)
def test_marks_labels_and_spelling_are_no_wording(invented: IndexReader, pasted: str) -> None:
    assert find_clause(invented, pasted).wordings[0].likeness is Likeness.IDENTICAL


def test_a_wording_that_begins_with_a_number_is_found_with_it(tmp_path: Path) -> None:
    numbered = Paragraph("art1", ParagraphKind.PROVISION, "1- تسري الأحكام على الموانئ.")
    write_index(tmp_path, [replace(LAW, paragraphs=(LAW.paragraphs[0], numbered))])
    answer = find_clause(open_index(tmp_path), "1- تسري الأحكام على الموانئ")
    assert answer.wordings[0].likeness is Likeness.IDENTICAL
    assert answer.clause.label == ""


def test_near_wordings_follow_with_what_differs(invented: IndexReader) -> None:
    answer = find_clause(invented, "يجب إصلاح المنارة المعطلة")
    best = answer.wordings[0]
    assert best.likeness is Likeness.NEAR
    assert best.places[0].address == "A/HRC/RES/91/4#OP1.a"
    told = [
        (change.kind.value, best.text[slice(*change.before)] if change.before else "")
        for change in best.changes
    ]
    assert told == [
        ("inserted", ""),
        ("unchanged", "إصلاح"),
        ("inflected", "المنارات"),
        ("unchanged", "المعطلة"),
    ]
    assert [wording.similarity for wording in answer.wordings] == sorted(
        (wording.similarity for wording in answer.wordings), reverse=True
    )


def test_a_wording_that_stands_1012_times_is_told_once(repeating: IndexReader) -> None:
    answer = find_clause(repeating, REPEATED, ClauseOptions(places=3, limit=2))
    same, near = answer.wordings
    assert same.place_count == TIMES
    assert [place.address for place in same.places] == ["law#5#art0", "law#5#art1", "law#5#art2"]
    assert near.places[0].address == "law#5#art5000"
    nearly = find_clause(repeating, "تنشر اللائحة في الجريدة الرسمية", ClauseOptions(places=3))
    assert [wording.place_count for wording in nearly.wordings[:2]] == [TIMES, 1]


def test_numbers_that_alone_differ_are_told_apart(repeating: IndexReader) -> None:
    answer = find_clause(repeating, "تلغى اللائحة رقم 12 لسنة 1991")
    assert [wording.likeness for wording in answer.wordings[:2]] == [Likeness.NUMBERS] * 2
    assert addresses(answer)[:2] == ["law#5#art5001", "law#5#art5002"]


def test_stop_words_alone_find_their_wording(repeating: IndexReader) -> None:
    same = find_clause(repeating, "من كل ما هو على ذلك أو في هذا")
    assert addresses(same)[0] == "law#5#art5003"
    near = find_clause(repeating, "من كل ما هو على ذلك")
    assert (addresses(near)[0], near.wordings[0].likeness) == ("law#5#art5003", Likeness.NEAR)


@pytest.mark.parametrize("nothing", ["", " \n ", "؛ - ..", "\u0640\u064b"])
def test_a_text_without_words_is_answered_with_a_notice(
    invented: IndexReader, nothing: str
) -> None:
    answer = find_clause(invented, nothing)
    assert answer.wordings == ()
    assert answer.notices == ("There is no word to look for.",)


def test_what_is_not_near_enough_is_left_out_and_said(invented: IndexReader) -> None:
    one_word = find_clause(invented, "المنارات", ClauseOptions(min_similarity=0.9))
    assert one_word.wordings == ()
    assert "the nearest is" in one_word.notices[0]
    assert find_clause(invented, "المنارات", ClauseOptions(min_similarity=0)).wordings
    assert find_clause(invented, "زرافة").notices == ("No paragraph shares a word with it.",)


def test_a_clause_longer_than_any_paragraph_still_finds_them(invented: IndexReader) -> None:
    whole = " ".join(unit.text for unit in LIGHTHOUSES.paragraphs)
    answer = find_clause(invented, whole, ClauseOptions(min_similarity=0, limit=50))
    assert {"A/HRC/RES/91/4#PP1", "A/HRC/RES/91/4#OP1.a"} <= set(addresses(answer))
    long = " ".join([SEIZED] * 5_000)
    assert len(long) > LONGEST_CLAUSE
    assert "only its beginning is compared" in find_clause(invented, long).notices[0]


def test_as_many_wordings_as_asked_for_are_told(specimens: IndexReader) -> None:
    clause = "يطلب إلى الأمين العام أن يقدم إلى الدول المساعدة التقنية اللازمة لبناء القدرات"
    for limit in (1, 7, 90):
        options = ClauseOptions(limit=limit, min_similarity=0, places=1)
        assert len(find_clause(specimens, clause, options).wordings) == limit


def test_filters_hold_for_the_same_wording_and_its_places(invented: IndexReader) -> None:
    special = Filters(session=("S-61",))
    first = find_clause(invented, SEIZED, ClauseOptions(filters=special)).wordings[0]
    assert [place.address for place in first.places] == ["A/HRC/RES/S-61/1#OP2"]
    assert first.place_count == 1
    elsewhere = find_clause(invented, SEIZED, ClauseOptions(filters=Filters(organ=("SC",))))
    assert elsewhere.wordings == ()


def test_oldest_first_follows_a_wording_from_session_to_session(specimens: IndexReader) -> None:
    clause = "يطلب إلى الدول المشاطئة أن تواصل تبادل البيانات المتعلقة بمنسوب البحيرة كل شهر"
    nearest = find_clause(specimens, clause)
    oldest = find_clause(specimens, clause, ClauseOptions(oldest_first=True))
    assert sorted(addresses(oldest)) == sorted(addresses(nearest))
    dates = [wording.places[0].document.date for wording in oldest.wordings]
    assert len(dates) > 3
    assert dates == sorted(dates, key=lambda date: date.isoformat() if date else "")
    assert oldest.wordings[0].revision is None
    for earlier, later in zip(oldest.wordings, oldest.wordings[1:], strict=False):
        assert later.revision is not None
        assert later.revision.text == earlier.text
        assert any(change.kind.value != "unchanged" for change in later.revision.changes)
    assert all(wording.revision is None for wording in nearest.wordings)


def test_each_paragraph_of_a_draft_is_answered_in_turn(invented: IndexReader) -> None:
    draft = f"إذ يساوره القلق إزاء\nانطفاء المنارات،\n\n1- {SEIZED}\n"
    answers = list(find_clauses(invented, draft))
    assert [answer.clause.line for answer in answers] == [1, 4]
    assert [answer.wordings[0].likeness for answer in answers] == [Likeness.IDENTICAL] * 2


def test_every_repeated_clause_of_the_specimens_is_found_with_its_relatives(
    specimens: IndexReader,
) -> None:
    catalogue = json.loads((specimens_folder() / "catalogue.json").read_text("utf-8"))
    # Some relatives were reworded until they share hardly more than a third.
    options = ClauseOptions(limit=30, places=30, min_similarity=0.3)
    for family in catalogue["clauses"]:
        for wording in family["wordings"]:
            document, _, fragment = wording[0].rpartition("#")
            unit = specimens.paragraph(specimens.searcher(), document, fragment)
            assert unit is not None
            answer = find_clause(specimens, unit.text, options)
            assert answer.wordings[0].likeness is Likeness.IDENTICAL
            assert {place.address for place in answer.wordings[0].places} >= {*wording}
            relatives = {address for other in family["wordings"] for address in other}
            assert relatives <= set(addresses(answer)), wording[0]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=200))
def test_no_text_is_too_odd_to_be_looked_up(invented: IndexReader, text: str) -> None:
    find_clause(invented, text, ClauseOptions(min_similarity=0))
    find_clause(invented, f"\ud800{text}")


def test_changed_clauses_of_the_specimens_lead_to_their_source(specimens: IndexReader) -> None:
    chance = random.Random(46)
    texts = [
        unit.text
        for record in specimens.records()
        for unit in (specimens.document(record.document.address) or LAW).paragraphs
        if unit.kind in {ParagraphKind.OPERATIVE, ParagraphKind.PREAMBULAR}
    ]
    vocabulary = " ".join(texts).split()
    clauses = known_clauses(texts, 60, chance)
    first, among_ten, _ = success(specimens, clauses, 0.1, vocabulary, chance)
    assert len(clauses) == 60
    assert first >= 0.97 * len(clauses)
    assert among_ten == len(clauses)


def test_changed_provisions_of_real_laws_lead_to_their_source(tmp_path: Path) -> None:
    if not LAWS.exists():
        pytest.skip("the collection of laws is not beside this clone")
    import lzma

    with lzma.open(LAWS, "rt", encoding="utf-8") as lines:
        records = [line for _, line in zip(range(250), lines, strict=False)]
    (tmp_path / "laws.jsonl").write_text("".join(records), "utf-8")
    assert not sync(tmp_path / "index", [tmp_path / "laws.jsonl"]).refused
    texts = [unit["text"] for record in records for unit in json.loads(record)["provisions"]]
    chance = random.Random(46)
    clauses = known_clauses(texts, 40, chance)
    reader = open_index(tmp_path / "index")
    first, _, none_nearer = success(reader, clauses, 0.1, " ".join(texts).split(), chance)
    assert first >= 0.97 * len(clauses)
    assert none_nearer >= first


def test_perturbing_changes_as_many_words_as_asked_and_repeatably() -> None:
    text = " ".join(unit.text for unit in SPECIAL.paragraphs + WELLS.paragraphs)
    changed = perturb(text, 0.2, ["بحر"], random.Random(1))
    assert changed == perturb(text, 0.2, ["بحر"], random.Random(1))
    assert changed.split() != text.split()
    assert abs(len(changed.split()) - len(text.split())) <= len(text.split()) * 0.2
