"""The graph of citations: what a document cites, what cites it, and where."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

from fihris.index.errors import AddressAmbiguous, AddressUnknown
from fihris.index.reader import IndexReader, open_index
from fihris.index.resolution import Citation, Confidence, Date, Paragraph, ParagraphKind
from fihris.search import Filters, search
from fihris.search.citations import Direction, citations_of, cited_by, cites
from fihris.web.cli import main
from tests.direct_index import write_index
from tests.search.conftest import LAW, LIGHTHOUSES, SPECIAL, WELLS


def citing_paragraph(fragment: str, text: str, *cited: tuple[str, str, str | None]) -> Paragraph:
    """Return a paragraph whose *text* cites each (surface, symbol, part) of *cited*."""
    citations = tuple(
        Citation(
            symbol,
            text.index(surface),
            text.index(surface) + len(surface),
            surface,
            Confidence.SYMBOL,
            part,
        )
        for surface, symbol, part in cited
    )
    return Paragraph(fragment, ParagraphKind.PREAMBULAR, text, citations=citations, verb="يشير إلى")


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> IndexReader:
    """Return an index in which LIGHTHOUSES is cited by itself, by SPECIAL twice, and by WELLS."""
    own = citing_paragraph("PP2", "صدر هذا القرار 91/4،", ("91/4", "A/HRC/RES/91/4", None))
    lighthouses = replace(LIGHTHOUSES, paragraphs=(*LIGHTHOUSES.paragraphs, own))
    special = replace(
        SPECIAL,
        paragraphs=(
            *SPECIAL.paragraphs,
            citing_paragraph(
                "PP1",
                "إذ يشير إلى القرارين 91/4 و 12/7 ألف،",
                ("91/4", "A/HRC/RES/91/4", None),
                ("12/7 ألف", "A/RES/12/7", "A"),
            ),
            citing_paragraph("PP2", "وإلى الفقرة 3 من 91/4،", ("91/4", "A/HRC/RES/91/4", None)),
        ),
    )
    wells = replace(
        WELLS,
        adopted_on=Date(2035, 1, 1),
        paragraphs=(
            *WELLS.paragraphs,
            citing_paragraph(
                "PP1",
                "إذ تشير إلى 91/4 و 12/7 باء،",
                ("91/4", "A/HRC/RES/91/4", None),
                ("12/7 باء", "A/RES/12/7", "B"),
            ),
        ),
    )
    part = replace(WELLS, address="A/RES/12/7 A", symbol="A/RES/12/7", number="12/7", part="A")
    folder = tmp_path_factory.mktemp("graph")
    write_index(folder, (lighthouses, special, wells, part, LAW))
    return open_index(folder)


def test_a_document_cites_in_the_order_of_first_mention(graph: IndexReader) -> None:
    found = cites(graph, "A/HRC/RES/S-61/1")
    assert [(one.symbol, one.part) for one in found] == [
        ("A/HRC/RES/91/4", None),
        ("A/RES/12/7", "A"),
    ]
    assert [place.address for place in found[0].places] == [
        "A/HRC/RES/S-61/1#PP1",
        "A/HRC/RES/S-61/1#PP2",
    ]
    assert [document.address for document in found[0].documents] == ["A/HRC/RES/91/4"]
    assert [document.address for document in found[1].documents] == ["A/RES/12/7 A"]


def test_a_paragraph_cites_what_stands_in_it(graph: IndexReader) -> None:
    (found,) = cites(graph, "A/HRC/RES/S-61/1#PP2")
    (place,) = found.places
    assert (place.address, place.surface, place.verb) == (
        "A/HRC/RES/S-61/1#PP2",
        "91/4",
        "يشير إلى",
    )
    assert cites(graph, "A/HRC/RES/91/4#OP2") == ()


def test_a_part_that_the_index_lacks_is_cited_all_the_same(graph: IndexReader) -> None:
    lighthouses, part_b = cites(graph, "A/RES/91/4")
    assert lighthouses.documents
    assert (part_b.symbol, part_b.part, part_b.documents) == ("A/RES/12/7", "B", ())


def test_what_cites_a_document_comes_oldest_first_with_all_its_places(graph: IndexReader) -> None:
    found = cited_by(graph, "A/HRC/RES/91/4")
    assert [one.document.address for one in found] == ["A/RES/91/4", "A/HRC/RES/S-61/1"]
    assert [place.address for place in found[1].places] == [
        "A/HRC/RES/S-61/1#PP1",
        "A/HRC/RES/S-61/1#PP2",
    ]
    text = graph.document("A/HRC/RES/S-61/1")
    assert text is not None
    place = found[1].places[0]
    (paragraph,) = (unit for unit in text.paragraphs if unit.fragment == "PP1")
    assert paragraph.text[place.start : place.end] == place.surface == "91/4"


@pytest.mark.parametrize(
    "spelling",
    ["a/hrc/res/91/4", "A / HRC / RES / 91 / 4", "A/HRC/RES/٩١/٤", "A/HRC/RES/91/4#OP2"],
)
def test_a_cited_document_may_be_written_in_any_usual_way(
    spelling: str, graph: IndexReader
) -> None:
    assert cited_by(graph, spelling) == cited_by(graph, "A/HRC/RES/91/4")


def test_a_document_is_not_listed_as_citing_itself(graph: IndexReader) -> None:
    assert cites(graph, "A/HRC/RES/91/4") == ()
    citing = {one.document.address for one in cited_by(graph, "A/HRC/RES/91/4")}
    assert "A/HRC/RES/91/4" not in citing


def test_one_part_is_not_cited_by_what_cites_another(graph: IndexReader) -> None:
    (only,) = cited_by(graph, "A/RES/12/7 A")
    assert only.document.address == "A/HRC/RES/S-61/1"


def test_what_is_not_in_the_index_may_be_cited_there(specimens: IndexReader) -> None:
    citations = citations_of(specimens, "A/HRC/97/41", [Direction.CITED_BY])
    assert citations.document is None
    assert citations.cites is None
    assert citations.cited_by
    assert citations.cited_by[0].places[0].address == "A/HRC/RES/97/11#FN1"


def test_a_document_without_a_symbol_is_cited_by_none(graph: IndexReader) -> None:
    assert cited_by(graph, "law#5") == ()


@pytest.mark.parametrize(
    "unknown", ["A/RES/3/3", "زرافة", "", "#", "\ud800", "A/HRC/RES/91/4#OP99"]
)
def test_what_is_neither_held_nor_cited_is_an_error(unknown: str, graph: IndexReader) -> None:
    for question in (cites, cited_by):
        with pytest.raises(AddressUnknown):
            question(graph, unknown)


def test_a_number_of_two_documents_is_ambiguous(graph: IndexReader) -> None:
    with pytest.raises(AddressAmbiguous):
        cited_by(graph, "91/4")


def test_the_two_directions_tell_the_same_edges(specimens: IndexReader) -> None:
    forth: set[tuple[str, str]] = set()
    back: set[tuple[str, str]] = set()
    for record in specimens.records():
        address = record.document.address
        forth |= {
            (place.address, document.address)
            for cited in cites(specimens, address)
            for document in cited.documents
            for place in cited.places
        }
        back |= {
            (place.address, address)
            for citing in cited_by(specimens, address)
            for place in citing.places
        }
    assert len(forth) > 10
    assert forth == back


def test_a_search_keeps_to_what_cites(graph: IndexReader) -> None:
    page = search(graph, "يشير", filters=Filters(cites=("A/RES/12/7",)))
    assert {hit.address for hit in page.hits} == {"A/HRC/RES/S-61/1#PP1", "A/RES/91/4#PP1"}
    assert search(graph, "يشير", filters=Filters(cites=("A/RES/1/1",))).total == 0


def run(reader: IndexReader, *arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, [*arguments, "--index", str(reader.folder)])
    return result.exit_code, result.stdout, result.stderr


def test_the_command_prints_both_directions(graph: IndexReader) -> None:
    code, out, err = run(graph, "show", "A/HRC/RES/S-61/1", "--cites", "--cited-by")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "A/HRC/RES/S-61/1",
        SPECIAL.title,
        "",
        "It cites 2 documents.",
        "",
        "A/HRC/RES/91/4  HRC  session 91, 2036-03-21",
        LIGHTHOUSES.title,
        "  A/HRC/RES/S-61/1#PP1  91/4",
        "  A/HRC/RES/S-61/1#PP2  91/4",
        "",
        "A/RES/12/7 A  GA  session 91, 2036-12-03",
        WELLS.title,
        "  A/HRC/RES/S-61/1#PP1  12/7 ألف",
        "",
        "0 documents cite it.",
    ]


def test_the_command_says_what_is_not_in_the_index(graph: IndexReader) -> None:
    _, out, _ = run(graph, "show", "A/RES/91/4", "--cites")
    assert "A/RES/12/7 B  not in the index\n" in out


def test_the_command_prints_json(graph: IndexReader) -> None:
    code, out, _ = run(graph, "show", "A/HRC/RES/91/4", "--cited-by", "--json")
    values = json.loads(out)
    assert code == 0
    assert values["address"] == values["document"]["address"] == "A/HRC/RES/91/4"
    assert values["cites"] is None
    assert values["cited_by"][0]["places"][0] == {
        "address": "A/RES/91/4#PP1",
        "symbol": "A/HRC/RES/91/4",
        "part": None,
        "pinpoint": None,
        "confidence": "symbol",
        "surface": "91/4",
        "start": 12,
        "end": 16,
        "verb": "يشير إلى",
    }


def test_the_command_ends_with_1_without_citations_or_without_the_document(
    graph: IndexReader,
) -> None:
    assert run(graph, "show", "law#5", "--cited-by")[0] == 1
    code, out, err = run(graph, "show", "A/RES/3/3", "--cited-by")
    assert (code, out) == (1, "")
    assert err.startswith("fihris: The index has no document called A/RES/3/3.")


@pytest.mark.parametrize("spelling", ["12/7", "a/res/١٢/٧", "القرار 12/7", "A/RES/12/7"])
def test_the_option_of_a_search_takes_any_usual_spelling(spelling: str, graph: IndexReader) -> None:
    code, out, _ = run(graph, "search", "يشير", "--cites", spelling, "--json")
    assert code == 0
    assert json.loads(out)["total"] == 2


def test_the_option_of_a_search_refuses_what_is_no_symbol(graph: IndexReader) -> None:
    code, _, err = run(graph, "search", "يشير", "--cites", "زرافة")
    assert code == 2
    assert "is no symbol" in err
