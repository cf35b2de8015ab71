"""The API: what it answers, in which formats, and how it says what went wrong."""

import csv
import io
import json
from urllib.parse import quote

import pytest

API = "/api/v1"


def get(client, path, **parameters):
    response = client.get(f"{API}/{path}", params=parameters)
    assert response.status_code == 200, response.text
    return response.json()


def refused(client, path, **parameters):
    response = client.get(f"{API}/{path}", params=parameters)
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == response.status_code
    return problem


def test_a_search_has_the_hits_and_what_to_know_about_them(client):
    found = get(client, "search", q="المياه المأمونة", per_page=3)
    assert found["total"] == 12
    assert len(found["hits"]) == 3
    first = found["hits"][0]
    assert first["document"]["symbol"] == "A/HRC/RES/91/4"
    start, end = first["spans"][0]
    assert first["text"][start:end].endswith("مياه")
    assert {facet["name"] for facet in found["facets"]} >= {"organ", "session", "year", "kind"}


def test_pages_follow_each_other_without_gap_or_repetition(client):
    seen = []
    address = f"{API}/search?q={quote('المياه')}&per_page=7&group=none"
    while address:
        page = client.get(address).json()
        seen += [hit["address"] for hit in page["hits"]]
        address = page["next"]
    assert len(seen) == len(set(seen)) == page["total"]


def test_the_same_question_as_the_page_finds_the_same(client):
    asked = f"q={quote('المياه')}&organ=HRC&sort=-date&per_page=5"
    page = client.get(f"/?{asked}").text
    for hit in client.get(f"{API}/search?{asked}").json()["hits"]:
        assert hit["document"]["symbol"] in page


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ({"organ": "hrc"}, {"organ": "HRC"}),
        ({"organ": "مجلس حقوق الإنسان"}, {"organ": "HRC"}),
        ({"organ": "GA,HRC", "session": "٩١"}, {"organ": ["GA", "HRC"], "session": "91"}),
        ({"year": "٢٠٣٦..", "kind": "منطوق"}, {"year": "2036..9999", "kind": "operative"}),
        ({"organ": ["", "HRC"], "year": "", "sort": ""}, {"organ": "HRC"}),
        ({"verb": "تشير إلى"}, {"verb": "يشير إلى"}),
    ],
)
def test_filters_are_read_as_people_write_them(client, typed, meant):
    totals = [get(client, "search", q="المياه", **asked)["total"] for asked in (typed, meant)]
    everything = get(client, "search", q="المياه")["total"]
    assert totals[0] == totals[1]
    assert 0 < totals[0] < everything


def test_a_filter_alone_is_a_question(client):
    citing = get(client, "search", cites="٩١ / ٤", organ="HRC")
    assert citing["total"] == get(client, "search", cites="A/HRC/RES/91/4", organ="HRC")["total"]
    assert citing["hits"]


def test_levels_go_from_the_very_words_to_their_relatives(client):
    totals = [
        get(client, "search", q="مدرسة", level=level)["total"]
        for level in ("exact", "inflections", "roots")
    ]
    assert totals == sorted(totals)
    assert len(set(totals)) == 3


def test_a_phrase_and_what_is_left_out_stay_so_at_every_level(client):
    found = get(client, "search", q='المدارس "على أن" -القرى', level="exact")
    assert found["asked"] == '"المدارس" "على أن" -القرى'


def test_little_found_brings_suggestions(client):
    found = get(client, "search", q="المياة المأمونه hgldhi")
    assert found["suggestions"] is not None


def test_a_page_beyond_the_last_hit_is_empty_and_not_an_error(client):
    assert get(client, "search", q="المياه", page=10_000)["hits"] == []


def test_facets_of_everything_are_counted_without_a_question(client):
    found = get(client, "facets")
    assert found["total"] == 570
    assert get(client, "facets", q="المياه", organ="HRC")["facets"][0]["values"] == [
        {"value": "HRC", "count": 65}
    ]


def test_a_clause_is_found_with_its_diff_and_its_history(client):
    asked = {"text": "يقرر أن يبقي المسألة قيد نظره", "oldest_first": "true", "places": "2"}
    (clause,) = get(client, "clause", **asked)["clauses"]
    nearest = clause["wordings"][0]
    assert nearest["likeness"] == "near"
    assert {change["kind"] for change in nearest["changes"]} > {"unchanged"}
    assert nearest["places"][0]["document"]["date"]


def test_a_draft_too_long_for_an_address_is_posted(client):
    draft = "\n".join(["1- يقرر إبقاء المسألة قيد نظره.", "2- يحث الدول على التعاون؛"] * 3)
    answer = client.post(f"{API}/clause", json={"text": draft, "limit": 1, "organ": ["HRC"]})
    assert len(answer.json()["clauses"]) == 6


@pytest.mark.parametrize(
    ("body", "parameter", "code"),
    [
        (b"{", "", "no_json"),
        (b"\xff", "", "no_json"),
        (b"[]", "", "no_json"),
        (b"[" * 100_000, "", "no_json"),
        (b'{"limit": "5"}', "limit", "wrong_type"),
        (b'{"organ": "GA"}', "organ", "wrong_type"),
        (b'{"organ": ["XX"]}', "organ", "unknown_organ"),
        (b'{"limit": 0}', "limit", "greater_than_equal"),
    ],
)
def test_a_body_that_cannot_be_read_is_told_what_is_wrong(client, body, parameter, code):
    answer = client.post(f"{API}/clause", content=body)
    assert answer.status_code == 400
    (fault,) = answer.json()["errors"]
    assert (fault["parameter"], fault["code"]) == (parameter, code)


def test_a_document_comes_with_citations_and_neighbours(client):
    found = get(client, "resolution/٩١/٤")
    assert found["address"] == "A/HRC/RES/91/4"
    assert found["next"]["address"] == "A/HRC/RES/91/17"
    assert found["previous"] is None
    assert {citing["document"]["symbol"] for citing in found["cited_by"]} >= {"A/HRC/RES/94/9"}
    assert found["paragraphs"][0]["address"] == "A/HRC/RES/91/4"


def test_a_paragraph_comes_with_what_it_completes(client):
    found = get(client, f"paragraph/{quote('A/HRC/RES/103/8#OP9.c', safe='/')}")
    assert [unit["fragment"] for unit in found["chapeaux"]] == ["OP9"]
    assert found["paragraphs"][0]["fragment"] == "OP9.c"


def test_an_address_that_nothing_bears_is_told_with_what_looks_like_it(client):
    problem = refused(client, "resolution/A/HRC/RES/91/44")
    assert problem["status"] == 404
    assert "A/HRC/RES/91/4" in problem["candidates"]


def test_an_address_that_several_bear_is_told_with_all_of_them(client, make_client, tmp_path):
    from fihris.index import sync

    source = tmp_path / "two.jsonl"
    source.write_text(
        "\n".join(
            json.dumps({"id": symbol, "symbol": symbol, "title": "عنوان", "provisions": []})
            for symbol in ("A/RES/91/4", "A/HRC/RES/91/4")
        ),
        "utf-8",
    )
    sync(tmp_path / "index", [source])
    problem = refused(make_client(tmp_path / "index"), "resolution/91/4")
    assert problem["status"] == 409
    assert problem["candidates"] == ["A/HRC/RES/91/4", "A/RES/91/4"]


def test_what_is_typed_is_completed_also_for_the_box_of_a_browser(client):
    completions = get(client, "suggest", q="الميا", limit=3)["completions"]
    answer = client.get(f"{API}/suggest", params={"q": "الميا", "limit": 3, "format": "opensearch"})
    assert answer.headers["content-type"] == "application/x-suggestions+json"
    assert answer.json() == ["الميا", [completion["text"] for completion in completions]]


def test_sessions_are_listed_and_their_documents_paged(client):
    organs = {entry["organ"]: entry for entry in get(client, "sessions")["organs"]}
    assert organs["HRC"]["sessions"][0] == {"session": "103", "is_year": False, "documents": 1}
    assert organs["SC"]["sessions"][-1] == {"session": "2036", "is_year": True, "documents": 1}
    first = get(client, "sessions/HRC/91", per_page=1)
    second = client.get(first["next"]).json()
    assert [first["documents"][0]["address"], second["documents"][0]["address"]] == [
        "A/HRC/RES/91/4",
        "A/HRC/RES/91/17",
    ]
    assert second["next"] is None
    assert refused(client, "sessions/HRC/7")["status"] == 404


def test_hits_are_streamed_as_rows_and_as_lines(client):
    asked = {"q": "المياه", "group": "none"}
    total = get(client, "search", **asked)["total"]
    table = client.get(f"{API}/search", params={**asked, "format": "csv"})
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    assert table.headers["content-disposition"] == 'attachment; filename="fihris.csv"'
    assert len(list(csv.DictReader(io.StringIO(table.text)))) == total
    lines = client.get(f"{API}/search", params={**asked, "format": "jsonl", "limit": 3}).text
    hits = get(client, "search", **asked)["hits"]
    assert [json.loads(line) for line in lines.splitlines()] == hits[:3]


@pytest.mark.parametrize("form", ["markdown", "kwic", "bibtex", "ris", "cite"])
def test_every_other_format_is_text(client, form):
    answer = client.get(f"{API}/search", params={"q": "المياه", "format": form, "limit": 2})
    assert answer.status_code == 200
    assert answer.text.strip()


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        ({"organ": "XX"}, "unknown_organ"),
        ({"session": "long ago"}, "unknown_session"),
        ({"kind": "poem"}, "unknown_kind"),
        ({"year": "x"}, "unknown_year"),
        ({"strict": "everything"}, "unknown_spelling"),
        ({"level": "vague"}, "enum"),
        ({"page": "0"}, "greater_than_equal"),
        ({"page": "1e3"}, "int_parsing"),
        ({"per_page": "101"}, "less_than_equal"),
        ({"q": "ق" * 10_001}, "string_too_long"),
        ({"organ": "GA," * 51}, "too_many_values"),
    ],
)
def test_a_parameter_that_cannot_be_read_is_named(client, parameters, code):
    problem = refused(client, "search", **parameters)
    assert problem["status"] == 400
    assert [fault["code"] for fault in problem["errors"]] == [code]
    assert problem["errors"][0]["parameter"] in parameters


def test_all_faults_are_told_at_once(client):
    assert len(refused(client, "search", organ="XX", page="x", year="y")["errors"]) == 3


def test_an_unknown_path_is_a_problem_and_another_method_is_told_which_will_do(client):
    assert refused(client, "nothing")["code"] == "not_found"
    answer = client.put(f"{API}/clause")
    assert answer.status_code == 405
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD", "POST"}


def test_head_has_the_headers_of_get_and_no_body(client):
    asked = f"{API}/search?q={quote('المياه')}"
    head, got = client.head(asked), client.get(asked)
    assert head.content == b""
    assert head.headers == got.headers
