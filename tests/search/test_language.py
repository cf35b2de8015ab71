"""What the query language finds: every operator and field, against texts that tell them apart."""

from __future__ import annotations

import json
from time import monotonic

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fihris.index.reader import IndexReader, open_index
from fihris.index.synchronize import sync
from fihris.search import Filters, Had, Strictness, search, verification

TEXTS = [
    "وصل عليّ إلى المدرسة الجديدة",  # p1
    "وصل إلى مدرسه وجلس على الكرسي",  # p2
    "عِلْمُ الفلك من علوم الأوّلين",  # p3
    "رُفع عَلَم الدولة على السارية",  # p4
    "حقوق المرأة في القرى",  # p5
    "حقوق الطفل في المدن",  # p6
    "وبالحقيقة حقّ لكل إنسان",  # p7
    "الماء العذب يجري قرب الحقل ثم يصبّ في البحيرة",  # p8
    "كتب الكاتب مكتوبًا في مكتبة المدينة",  # p9
    "سلم البناء من الزلزال",  # p10
    "ان الانسان حر",  # p11
    "إنّ الإنسان حرّ",  # p12
]


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> IndexReader:
    folder = tmp_path_factory.mktemp("language")
    record = {
        "id": "t",
        "title": "T",
        "provisions": [{"ref": f"p{n}", "text": text} for n, text in enumerate(TEXTS, 1)],
    }
    (folder / "records.jsonl").write_text(json.dumps(record), "utf-8")
    assert not sync(folder / "index", [folder / "records.jsonl"]).refused
    return open_index(folder / "index")


def found(reader: IndexReader, query: str, **options: object) -> set[int]:
    """Return the numbers of the strict hits of *query*."""
    page = search(reader, query, limit=100, collapse=False, **options)  # type: ignore[arg-type]
    strict = [hit for hit in page.hits if not hit.partial]
    assert page.total == len(strict)
    return {int(hit.address.partition("#p")[2] or 0) for hit in strict}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("حقوق (المرأة أو الطفل)", {5, 6}),
        ("حقوق المرأة OR الطفل", {5, 6}),
        ("(حقوق المرأة) OR علم", {3, 4, 5}),
        ('"حقوق المرأة" OR "عذب الماء" OR "الماء العذب"', {5, 8}),
        ("حقوق -القرى", {6}),
        ("حقوق NOT (القرى OR المدن)", set()),
        ("حقوق -(القرى المدن)", {5, 6}),
        ("المرأة OR -حقوق", set(range(13)) - {6}),
        ('-"حقوق الطفل" حقوق', {5}),
    ],
)
def test_alternatives_exclusions_and_groups(
    texts: IndexReader, query: str, expected: set[int]
) -> None:
    # The title lends nothing here, and حقوق has an inflection in the seventh text.
    assert found(texts, f"{query} -حقيقة") - {7} == expected - {7}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("حق*", {5, 6, 7, 8}),
        ("الحق*", {7, 8}),
        ("وبالحق*", {7}),
        ("مدر*", {1, 2}),
        ("م*تبة", {9}),
        ("مك*ب*", {9}),
        ("لم*", set()),  # the first letter of سلم is its own
        ("كت*", {9}),
        ("حق* -المرأة", {6, 7, 8}),
    ],
)
def test_a_star_stands_for_letters_behind_article_and_clitics(
    texts: IndexReader, query: str, expected: set[int]
) -> None:
    assert found(texts, query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('"العذب الماء"~0', {8}),
        ('"الماء الحقل"~2', set()),
        ('"الماء الحقل"~3', {8}),
        ('"الحقل الماء"~3', {8}),
        ('"الحقل يجري الماء"~1', set()),
        ('"الحقل يجري الماء"~2', {8}),
        ('"الماء البحيرة"~15', {8}),
        ('"حق حق"~9', set()),
        ('"الماء"~3', {8}),
    ],
)
def test_proximity_counts_the_other_words_in_any_order(
    texts: IndexReader, query: str, expected: set[int]
) -> None:
    assert found(texts, query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("علي", {1, 2, 4}),
        ("=علي", {1}),
        ("=على", {2, 4}),
        ("=مدرسة", set()),
        ("=مدرسه", {2}),
        ("=الإنسان", {12}),
        ("=الانسان", {11}),
        ('="ان الانسان"', {11}),
        ('="إنّ الإنسان حر"', {12}),
        ("=عِلم", {3}),
        ("=عَلم", {4}),
        ("=علم", {3, 4}),
        ("وصل -=علي", {2}),
        ("=علي OR =مدرسه", {1, 2}),
    ],
)
def test_an_equals_sign_makes_spelling_count(
    texts: IndexReader, query: str, expected: set[int]
) -> None:
    assert found(texts, query) == expected


@pytest.mark.parametrize(
    ("strictness", "query", "expected"),
    [
        (Strictness(yeh=True), "علي", {1}),
        (Strictness(yeh=True), "على", {2, 4}),
        (Strictness(yeh=True), "وصل علي", {1}),
        (Strictness(hamza=True), "الإنسان", {12}),
        (Strictness(yeh=True), "الإنسان", {11, 12}),
        (Strictness(teh=True), "مدرسة", set()),
        (Strictness(marks=True), "عِلم", {3}),
        (Strictness(hamza=True), '"ان الانسان"', {11}),
        (Strictness(hamza=True), "46/28", set()),
    ],
)
def test_spelling_may_count_for_the_whole_query(
    texts: IndexReader, strictness: Strictness, query: str, expected: set[int]
) -> None:
    assert found(texts, query, strictness=strictness) == expected


def test_only_what_is_spelled_so_is_marked(texts: IndexReader) -> None:
    (hit,) = search(texts, "=علي").hits
    assert [hit.text[start:end] for start, end in hit.spans] == ["عليّ"]
    (near,) = search(texts, '"الحقل الماء"~3').hits
    assert [near.text[start:end] for start, end in near.spans] == ["الماء", "الحقل"]


def test_a_comparison_that_is_cut_short_says_so(
    texts: IndexReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verification, "_BATCH", 1)
    monkeypatch.setattr(verification, "MAX_SECONDS", 0.0)
    page = search(texts, "=على")
    assert page.at_least
    assert any("at least" in notice for notice in page.notices)
    assert not search(texts, "على").at_least


def test_roots_and_families_find_relatives(texts: IndexReader) -> None:
    assert found(texts, "root:كتب") == found(texts, "جذر:كتب") == {9}
    assert found(texts, "جذر:مكتبات") == {9}
    assert found(texts, "family:مدارس") == {1, 2}
    page = search(texts, "root:كتب")
    assert [word.had for word in page.hits[0].words] == [Had.FAMILY]
    marked = [page.hits[0].text[start:end] for start, end in page.hits[0].spans]
    assert marked == ["كتب", "الكاتب", "مكتوبًا", "مكتبة"]


def test_nothing_but_plain_words_is_relaxed(texts: IndexReader) -> None:
    for condition in ("حق*", "=على", "root:كتب", '"الماء الحقل"~3', "kind:title", "year:1999"):
        page = search(texts, f"السارية الكرسي {condition}")
        only = search(texts, condition)
        assert page.total == 0
        assert {hit.address for hit in page.hits} <= {hit.address for hit in only.hits}


def test_alternatives_of_words_are_relaxed_as_words_are(texts: IndexReader) -> None:
    page = search(texts, "السارية (الزرافة أو الكرسي)")
    assert page.total == 0
    missing = {w.word for hit in page.hits for w in hit.words if w.had is Had.MISSING}
    assert missing == {"السارية", "الزرافة OR الكرسي"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("organ:GA", {"GA"}),
        ('هيئة:"مجلس الأمن"', {"SC"}),
        ("هيئة:(الجمعية العامة)", {"GA"}),
        ("organ:GA OR organ:SC", {"GA", "SC"}),
    ],
)
def test_organs_are_named_in_both_languages(
    specimens: IndexReader, query: str, expected: set[str]
) -> None:
    hits = search(specimens, query, limit=1000).hits
    assert {hit.document.organ for hit in hits} == expected


@pytest.mark.parametrize(
    ("query", "filters"),
    [
        ("session:94", Filters(session=("94",))),
        ("دورة:٩٤", Filters(session=("94",))),
        ("دورة:دإ-61", Filters(session=("S-61",))),
        ("session:s-61", Filters(session=("S-61",))),
        ("year:2036..2037", Filters(year=(2036, 2037))),
        ("سنة:٢٠٣٧..", Filters(year=(2037, 9999))),
        ("kind:operative", Filters(kind=("operative",))),
        ("نوع:منطوق", Filters(kind=("operative",))),
        ("نوع:الديباجة", Filters(kind=("preambular",))),
    ],
)
def test_a_field_restricts_as_the_filter_does(
    specimens: IndexReader, query: str, filters: Filters
) -> None:
    by_field = search(specimens, f"{query} المياه")
    by_filter = search(specimens, "المياه", filters=filters)
    assert 0 < by_field.total == by_filter.total
    assert [hit.address for hit in by_field.hits] == [hit.address for hit in by_filter.hits]


def test_a_symbol_restricts_to_the_documents_that_bear_it(specimens: IndexReader) -> None:
    for query in ("symbol:A/HRC/RES/94/9", "رمز:٩٤/٩", "رمز:94/9"):
        hits = search(specimens, query, limit=100).hits
        assert {hit.document.address for hit in hits} == {"A/HRC/RES/94/9"}
    assert search(specimens, "symbol:A/HRC/RES/999/9").total == 0


def test_citations_are_found_by_any_spelling_of_the_symbol(specimens: IndexReader) -> None:
    cited = [
        search(specimens, f"{name}:{s}").total
        for name in ("cites", "استشهاد")
        for s in ("91/4", "A/HRC/RES/91/4")
    ]
    assert len(set(cited)) == 1
    assert cited[0] > 0


@pytest.mark.parametrize("written", ["يحث", "تحث", "يحثّ"])
def test_an_opening_verb_is_found_in_either_gender(specimens: IndexReader, written: str) -> None:
    page = search(specimens, f"verb:{written}", limit=100)
    assert page.total == search(specimens, "فعل:يحث").total > 0
    assert all("حث" in hit.text[:40].replace("ُ", "").replace("ّ", "") for hit in page.hits)


def test_a_title_restricts_to_its_documents(specimens: IndexReader) -> None:
    hits = search(specimens, "title:المياه يحث").hits
    assert hits
    assert all("المياه" in hit.document.title for hit in hits)
    quoted = search(specimens, 'عنوان:"حق الإنسان في المياه"', limit=100).hits
    assert quoted
    assert all("حق الإنسان في المياه" in hit.document.title for hit in quoted)


def test_footnotes_are_searched_alone(specimens: IndexReader) -> None:
    hits = search(specimens, "footnote:A/HRC/100/36").hits
    assert {hit.kind.value for hit in hits} == {"footnote"}


def test_a_field_without_sense_is_ignored_and_reported(specimens: IndexReader) -> None:
    page = search(specimens, "year:soon kind:paragraph organ:NATO verb:xyz session:last المياه")
    assert page.total == search(specimens, "المياه").total
    assert [notice.split(":")[0] for notice in page.notices] == [
        "Ignored year",
        "Ignored kind",
        "Ignored organ",
        "Ignored verb",
        "Ignored session",
    ]


HOSTILE = [
    "(" * 2000 + ")" * 2000,
    "-" * 4000,
    '"من على" OR ' * 300,
    "م* " * 900,
    " ".join(f"{a}{b}*" for a in "ابتثجحخدذر" for b in "ابتثجحخدذر"),
    "=على " * 700,
    '"من على في إلى"~50 ' * 150,
    "NOT " * 900 + "ماء",
    "root:" + "كتب " * 900,
    'title:"من" ' * 300,
    "حقوق " * 20_000,
    " ".join("ابتثجحخ"[n % 7] * (n % 30 + 1) for n in range(500)),
]


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_query_gets_an_answer_soon(specimens: IndexReader, query: str) -> None:
    began = monotonic()
    search(specimens, query)
    assert monotonic() - began < 1


PIECES = [
    *('"', "«", "»", "-", " ", " ", "(", ")", "*", "=", "~5", "~999", ":", "..", "أو", " OR "),
    *(" NOT ", "year:", "organ:", "title:", "verb:", "root:", "symbol:", "cites:", "footnote:"),
    *("حق", "المياه", "46/28", "من", "1325 (2000)", "إلى", "عِلم", "2021", "٣", "\ud800", "\u0651"),
]
QUERIES = st.text(max_size=40) | st.lists(st.sampled_from(PIECES), max_size=25).map("".join)
STRICTNESSES = st.builds(Strictness, st.booleans(), st.booleans(), st.booleans(), st.booleans())


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(QUERIES, STRICTNESSES)
def test_no_query_fails(specimens: IndexReader, query: str, strictness: Strictness) -> None:
    page = search(specimens, query, strictness=strictness, limit=3)
    for hit in page.hits:
        assert all(0 <= start < end <= len(hit.text) for start, end in hit.spans)
