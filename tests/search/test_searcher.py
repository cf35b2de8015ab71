"""Searching: what is found, in which order, what is partial, and what stands for what."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fihris.index.reader import IndexReader, open_index
from fihris.index.synchronize import sync
from fihris.search import Filters, Had, search
from fihris.search.hits import Sort
from fihris.search.searcher import stream_hits

MakeIndex = Callable[..., IndexReader]


@pytest.fixture(scope="session")
def index_of(tmp_path_factory: pytest.TempPathFactory) -> MakeIndex:
    """Return what makes an index of records: ``index_of({"id": …, "provisions": […]})``."""

    def index_of(*records: dict[str, object]) -> IndexReader:
        folder = tmp_path_factory.mktemp("records")
        lines = []
        metadata = ("date", "organ", "session")
        for number, record in enumerate(records, 1):
            texts = record.get("texts", [])
            assert isinstance(texts, list)
            lines.append(
                json.dumps(
                    {
                        "id": record.get("id", f"doc-{number}"),
                        "title": record.get("title", f"T{number}"),
                        "provisions": [{"ref": "", "text": text} for text in texts],
                        **{key: record[key] for key in metadata if key in record},
                    }
                )
            )
        (folder / "records.jsonl").write_text("\n".join(lines), "utf-8")
        report = sync(folder / "index", [folder / "records.jsonl"])
        assert not report.refused
        return open_index(folder / "index")

    return index_of


@pytest.fixture(scope="session")
def sea(index_of: MakeIndex) -> IndexReader:
    return index_of(
        {
            "title": "قانون حماية البيئة البحرية",
            "date": "2036-02-01",
            "organ": "GA",
            "session": "91",
            "texts": [
                "تلتزم السفن بعدم إلقاء أي نفايات في المياه الإقليمية.",
                "يعاقب كل من ألقى زيتا في الماء.",
                "ينشر هذا القرار.",
            ],
        },
        {
            "title": "تنظيم الصيد",
            "date": "2037",
            "organ": "HRC",
            "session": "94",
            "texts": ["يحظر الصيد في المياه العميقة.", "ينشر هذا القرار.", "ينشر هذا القرار."],
        },
    )


def addresses(reader: IndexReader, query: str, **options: object) -> list[str]:
    return [hit.address for hit in search(reader, query, **options).hits]  # type: ignore[arg-type]


def test_all_words_are_required_in_any_inflection(sea: IndexReader) -> None:
    page = search(sea, "مياه سفينة")
    assert page.total == 1
    assert [hit.address for hit in page.hits if not hit.partial] == ["doc-1#p1"]


def test_the_title_lends_its_words_to_every_unit_of_its_document(sea: IndexReader) -> None:
    page = search(sea, "البيئة المياه")
    assert page.total == 2
    assert {word.had for word in page.hits[0].words} == {Had.CONTEXT, Had.EXACT}


def test_a_unit_that_has_no_word_of_its_own_is_no_hit(sea: IndexReader) -> None:
    assert addresses(sea, "حماية البيئة") == ["doc-1"]
    assert addresses(sea, "البيئة") == ["doc-1"]


def test_a_word_typed_twice_counts_once_however_it_is_spelled(sea: IndexReader) -> None:
    once, twice = search(sea, "المياه"), search(sea, "المياه المِياهُ")
    assert [(hit.address, hit.score) for hit in twice.hits] == [
        (hit.address, hit.score) for hit in once.hits
    ]
    assert [word.word for word in twice.hits[0].words] == ["المياه"]


def test_stop_words_are_never_required(sea: IndexReader) -> None:
    assert addresses(sea, "الصيد من على إلى") == addresses(sea, "الصيد")


def test_a_query_of_stop_words_looks_for_them(sea: IndexReader) -> None:
    assert set(addresses(sea, "في")) == {"doc-1#p1", "doc-1#p2", "doc-2#p1"}


def test_a_phrase_is_exact(sea: IndexReader) -> None:
    assert addresses(sea, '"المياه العميقة"') == ["doc-2#p1"]
    assert addresses(sea, '"مياه عميقة"') == []
    assert addresses(sea, '"العميقة المياه"') == []


def test_an_excluded_word_is_excluded_in_every_inflection(sea: IndexReader) -> None:
    assert addresses(sea, "المياه -صيد") == ["doc-1#p1", "doc-1#p2"]


def test_a_query_of_exclusions_alone_finds_all_the_rest(sea: IndexReader) -> None:
    found = addresses(sea, "-ينشر", collapse=False)
    assert found == ["doc-1", "doc-1#p1", "doc-1#p2", "doc-2", "doc-2#p1"]


def test_partial_hits_follow_and_say_what_they_lack(sea: IndexReader) -> None:
    page = search(sea, "السفن الصيد المياه")
    assert page.total == 0
    assert page.partial_total == len(page.hits)
    best = page.hits[0]
    assert best.partial
    assert {word.word: word.had for word in best.words}["السفن"] in {Had.MISSING, Had.EXACT}
    assert any(word.had is Had.MISSING for word in best.words)


def test_partial_hits_are_no_strict_hits(sea: IndexReader) -> None:
    page = search(sea, "المياه العميقة")
    strict = {hit.address for hit in page.hits if not hit.partial}
    partial = {hit.address for hit in page.hits if hit.partial}
    assert strict == {"doc-2#p1"}
    assert partial == {"doc-1#p1", "doc-1#p2"}


def test_one_word_has_no_partial_hits(sea: IndexReader) -> None:
    assert search(sea, "الطيران").partial_total is None


def test_nothing_relaxes_a_phrase_an_exclusion_or_a_filter(sea: IndexReader) -> None:
    assert addresses(sea, '"المياه العميقة" السفن النفايات') == []
    assert "doc-2#p1" not in addresses(sea, "المياه العميقة السفن -الصيد")
    assert set(addresses(sea, "المياه العميقة", filters=Filters(organ=("GA",)))) == {
        "doc-1#p1",
        "doc-1#p2",
    }


@pytest.mark.parametrize(
    ("query", "filters", "others"),
    [
        ("القرار", Filters(), 2),
        ("القرار", Filters(organ=("HRC",)), 1),
        ("القرار الصيد", Filters(), 1),
        ("القرار البحرية", Filters(), 0),
        ('"هذا القرار" البحرية', Filters(), 0),
        ('"هذا القرار"', Filters(), 2),
        ("قرا*", Filters(), 2),
        ("القرار organ:HRC", Filters(), 1),
        ("=القرار", Filters(), 2),
    ],
)
def test_only_hits_count_as_others_of_the_same_wording(
    sea: IndexReader, query: str, filters: Filters, others: int
) -> None:
    hit = search(sea, query, filters=filters).hits[0]
    assert hit.text == "ينشر هذا القرار."
    assert hit.same_wording == others


def test_identical_wording_is_one_hit_that_counts_the_others(sea: IndexReader) -> None:
    page = search(sea, "ينشر القرار")
    assert [(hit.address, hit.same_wording) for hit in page.hits] == [("doc-1#p3", 2)]
    assert page.total == 3
    opened = search(sea, "ينشر القرار", collapse=False)
    assert [hit.address for hit in opened.hits] == ["doc-1#p3", "doc-2#p2", "doc-2#p3"]
    assert {hit.same_wording for hit in opened.hits} == {0}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(organ=("HRC",)), ["doc-2#p1"]),
        (Filters(session=("91",)), ["doc-1#p1", "doc-1#p2"]),
        (Filters(session=("91", "94")), ["doc-1#p1", "doc-1#p2", "doc-2#p1"]),
        (Filters(year=(2037, 2040)), ["doc-2#p1"]),
        (Filters(kind=("title",)), []),
        (Filters(organ=("HRC",), year=(2036, 2036)), []),
    ],
)
def test_filters_restrict_the_hits(sea: IndexReader, filters: Filters, expected: list[str]) -> None:
    assert sorted(addresses(sea, "المياه", filters=filters)) == expected


def test_filters_alone_give_all_their_units_in_order(sea: IndexReader) -> None:
    assert addresses(sea, "", filters=Filters(organ=("GA",))) == [
        "doc-1",
        "doc-1#p1",
        "doc-1#p2",
        "doc-1#p3",
    ]


def test_a_query_without_words_finds_nothing_and_says_so(sea: IndexReader) -> None:
    page = search(sea, ' "" ، ')
    assert page.hits == ()
    assert any("no word" in notice for notice in page.notices)


def test_ties_stand_in_document_order_and_pages_cut_them_the_same_way(
    index_of: MakeIndex,
) -> None:
    texts = [f"الفنار رقم {number}" for number in range(40)]
    reader = index_of(
        *({"id": f"m-{n}", "date": f"20{40 - n:02}", "texts": texts} for n in range(3))
    )
    whole = addresses(reader, "الفنار", limit=200)
    assert len(whole) == 40
    assert whole == [f"m-2#p{number + 1}" for number in range(40)]
    opened = addresses(reader, "الفنار", limit=200, collapse=False)
    pages = [
        address
        for offset in range(0, 120, 7)
        for address in addresses(reader, "الفنار", limit=7, offset=offset, collapse=False)
    ]
    assert pages == opened
    assert len(set(opened)) == 120
    collapsed = [
        address
        for offset in range(0, 42, 7)
        for address in addresses(reader, "الفنار", limit=7, offset=offset)
    ]
    assert collapsed == whole


def test_pages_run_from_strict_into_partial_hits(sea: IndexReader) -> None:
    whole = addresses(sea, "المياه العميقة")
    assert len(whole) == 3
    paged = [
        address
        for offset in range(4)
        for address in addresses(sea, "المياه العميقة", limit=1, offset=offset)
    ]
    assert paged == whole


def test_the_order_does_not_depend_on_how_the_index_was_written(index_of: MakeIndex) -> None:
    records = [
        {"id": f"m-{n}", "date": f"2040-01-{n + 1:02}", "texts": [f"نص {n} عن الفنار"]}
        for n in range(9)
    ]
    forwards = addresses(index_of(*records), "الفنار")
    assert forwards == addresses(index_of(*reversed(records)), "الفنار")


def test_a_number_finds_the_document_that_bears_it_then_those_that_cite_it(
    specimens: IndexReader,
) -> None:
    page = search(specimens, "91/4")
    assert [document.symbol for document in page.documents] == ["A/HRC/RES/91/4"]
    assert page.hits
    assert all("91/4" in hit.text for hit in page.hits[:3])
    assert all(hit.document.symbol != "A/HRC/RES/91/4" for hit in page.hits[:3])


def test_spelling_of_a_symbol_is_no_matter(specimens: IndexReader) -> None:
    found = {
        tuple(document.symbol for document in search(specimens, query).documents)
        for query in ("A/HRC/RES/S-61/1", "دإ-61/1", "د-61/1", "S-61/1", "دإ-٦١/١")
    }
    assert found == {("A/HRC/RES/S-61/1",)}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40))
def test_no_query_fails(sea: IndexReader, query: str) -> None:
    page = search(sea, query)
    for hit in page.hits:
        assert all(0 <= start < end <= len(hit.text) for start, end in hit.spans)


@pytest.fixture(scope="module")
def lights(index_of: MakeIndex) -> IndexReader:
    """Return an index of documents that mention a lighthouse, dated and undated."""
    return index_of(
        {"id": "late-2", "date": "2040-05-01", "texts": ["الفنار أولا", "الفنار ثانيا"]},
        {"id": "none-9", "texts": ["الفنار بلا تاريخ"]},
        {"id": "early-10", "date": "2031", "texts": ["الفنار قديما", "سطر آخر", "ضوء الفنار"]},
    )


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (Sort.OLDEST, ["early-10#p1", "early-10#p3", "late-2#p1", "late-2#p2", "none-9#p1"]),
        (Sort.NEWEST, ["late-2#p1", "late-2#p2", "early-10#p1", "early-10#p3", "none-9#p1"]),
        (Sort.SYMBOL, ["late-2#p1", "late-2#p2", "none-9#p1", "early-10#p1", "early-10#p3"]),
    ],
)
def test_hits_are_sorted_and_pages_cut_them_the_same_way(
    lights: IndexReader, sort: Sort, expected: list[str]
) -> None:
    assert addresses(lights, "الفنار", sort=sort) == expected
    paged = [
        address
        for offset in range(0, 6, 2)
        for address in addresses(lights, "الفنار", sort=sort, limit=2, offset=offset)
    ]
    assert paged == expected


@pytest.mark.parametrize("sort", list(Sort))
def test_a_group_is_one_hit_for_each_document_that_counts_the_others(
    lights: IndexReader, sort: Sort
) -> None:
    page = search(lights, "الفنار", group=True, sort=sort)
    assert page.total == 5
    more = {hit.document.address: hit.same_document for hit in page.hits}
    assert more == {"late-2": 1, "none-9": 0, "early-10": 1}
    assert len(page.hits) == 3
    paged = [
        address
        for offset in range(4)
        for address in addresses(lights, "الفنار", group=True, sort=sort, limit=1, offset=offset)
    ]
    assert paged == [hit.address for hit in page.hits]


def test_a_group_shows_the_best_hit_of_its_document(lights: IndexReader) -> None:
    grouped = search(lights, "الفنار ضوء", group=True)
    assert grouped.hits[0].address == "early-10#p3"


def test_grouping_hides_no_document_whose_wording_is_another_s(sea: IndexReader) -> None:
    grouped = search(sea, "ينشر القرار", group=True)
    assert [hit.address for hit in grouped.hits] == ["doc-1#p3", "doc-2#p2"]
    assert [hit.same_document for hit in grouped.hits] == [0, 1]


def test_a_stream_gives_the_strict_hits_one_by_one(sea: IndexReader) -> None:
    page = search(sea, "المياه العميقة")
    stream = stream_hits(sea, "المياه العميقة", limit=100)
    assert stream.total == page.total == 1
    assert [hit.address for hit in stream.hits] == ["doc-2#p1"]
    assert list(stream_hits(sea, "", limit=5).hits) == []
    opened = stream_hits(sea, "ينشر", limit=2, offset=1, collapse=False)
    assert [hit.address for hit in opened.hits] == ["doc-2#p2", "doc-2#p3"]
