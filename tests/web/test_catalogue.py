"""What there is to browse: shelves with their documents, and what stands beside a document."""

import json

import pytest

from fihris.index import sync
from fihris.web.catalogue import ShelfName, catalogue
from fihris.web.live_index import LiveIndex


def make_catalogue(folder, documents):
    source = folder / "documents.jsonl"
    lines = [
        json.dumps({"id": name, "title": name, "provisions": [], **known})
        for name, known in documents.items()
    ]
    source.write_text("\n".join(lines), "utf-8")
    sync(folder / "index", [source])
    return catalogue(LiveIndex(folder / "index").state())


@pytest.fixture
def shelves(tmp_path):
    return make_catalogue(
        tmp_path,
        {
            "A/RES/60/10": {"organ": "GA", "session": "60", "symbol": "A/RES/60/10"},
            "A/RES/60/9": {"organ": "GA", "session": "60", "symbol": "A/RES/60/9"},
            "A/RES/S-3/1": {"organ": "GA", "session": "S-3", "symbol": "A/RES/S-3/1"},
            "dated": {"organ": "GA", "date": "2001-05-06"},
            "undated": {"organ": "GA"},
            "a law": {"date": "1999"},
        },
    )


def test_every_document_stands_on_one_shelf(shelves):
    told = {
        (organ.organ, shelf.name.label, shelf.is_year): shelf.documents
        for organ in shelves.organs
        for shelf in organ.shelves
    }
    assert told == {
        ("GA", "60", False): 2,
        ("GA", "S-3", False): 1,
        ("GA", "2001", True): 1,
        ("GA", None, False): 1,
        (None, None, False): 1,
    }
    for organ in shelves.organs:
        for shelf in organ.shelves:
            assert len(shelves.documents(shelf, 10)) == shelf.documents


def test_documents_are_in_the_order_of_their_numbers_page_by_page(shelves):
    shelf = shelves.shelf(ShelfName("GA", "60"))
    pages = [shelves.documents(shelf, 1, offset) for offset in range(3)]
    assert [[one.address for one in page] for page in pages] == [
        ["A/RES/60/9"],
        ["A/RES/60/10"],
        [],
    ]


def test_a_shelf_that_is_not_there_is_none(shelves):
    assert shelves.shelf(ShelfName("GA", "61")) is None
    assert shelves.shelf(ShelfName("XX", "60")) is None


def test_neighbours_are_those_of_the_same_session(shelves, tmp_path):
    reader = LiveIndex(tmp_path / "index").state().reader
    first, second, alone, law = (
        shelves.neighbours(reader.document(address))
        for address in ("A/RES/60/9", "A/RES/60/10", "A/RES/S-3/1", "a law")
    )
    assert first.before is None
    assert first.after.address == "A/RES/60/10"
    assert second.before.address == "A/RES/60/9"
    assert (second.after, alone.before, alone.after, law.after) == (None, None, None, None)


def test_the_latest_come_first_and_undated_ones_last(shelves):
    latest = [one.address for one in shelves.latest(10)]
    assert latest[:2] == ["dated", "a law"]
    assert len(latest) == 6


def test_an_empty_index_has_no_shelves(tmp_path):
    shelves = make_catalogue(tmp_path, {"only": {}})
    from fihris.index.removal import remove

    remove(tmp_path / "index", ["only"])
    assert catalogue(LiveIndex(tmp_path / "index").state()).organs == ()
    assert shelves.organs[0].documents == 1
