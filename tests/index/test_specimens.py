"""The specimens: what each of them is, and what the parser finds in it."""

from __future__ import annotations

import json
import re
from collections import Counter
from difflib import SequenceMatcher
from functools import cache
from itertools import combinations
from typing import Any

import pytest

from fihris.index.analysis import fold
from fihris.index.parser import parse
from fihris.index.resolution import (
    UNSEARCHED_KINDS,
    Adoption,
    DocumentKind,
    Paragraph,
    ParagraphKind,
    Resolution,
)
from fihris.index.sources.encoding import decode
from fihris.index.specimens import SPECIMEN_MARK, specimens_folder

FOLDER = specimens_folder()
CATALOGUE: dict[str, Any] = json.loads((FOLDER / "catalogue.json").read_text(encoding="utf-8"))
DOCUMENTS: list[dict[str, Any]] = CATALOGUE["documents"]
CLAUSES: list[dict[str, Any]] = CATALOGUE["clauses"]

#: Nothing in the specimens may date from a year that a reader of today could look up.
FIRST_INVENTED_YEAR = 2036

each_document = pytest.mark.parametrize("facts", DOCUMENTS, ids=lambda facts: facts["file"])
each_family = pytest.mark.parametrize("family", CLAUSES, ids=lambda family: family["family"])


@cache
def text_of(file: str) -> str:
    return decode((FOLDER / file).read_bytes()).text


@cache
def parsed(file: str) -> Resolution:
    return parse(text_of(file), fallback_address=file)


@cache
def clause_at(address: str) -> str:
    """Return the folded wording of the paragraph at *address*."""
    symbol, fragment = address.split("#")
    file = next(facts["file"] for facts in DOCUMENTS if facts["symbol"] == symbol)
    found = [each for each in parsed(file).paragraphs if each.fragment == fragment]
    assert len(found) == 1, f"{address}: {len(found)} paragraphs"
    return fold(found[0].text).text.strip()


def words(text: str) -> str:
    """Return *text* folded, with single blanks: the wording without the spelling."""
    return " ".join(fold(text).text.split())


def searched(resolution: Resolution) -> list[Paragraph]:
    return [each for each in resolution.paragraphs if each.kind not in UNSEARCHED_KINDS]


def test_the_catalogue_lists_every_specimen_once() -> None:
    files = sorted(path.name for path in FOLDER.glob("*.txt"))
    assert files == sorted(facts["file"] for facts in DOCUMENTS)
    assert len(files) >= 20


def test_the_specimens_span_four_organs_and_every_form() -> None:
    assert {facts["organ"] for facts in DOCUMENTS} == {"GA", "SC", "HRC", "ECOSOC"}
    assert {facts["kind"] for facts in DOCUMENTS} == {"resolution", "decision", "statement"}
    assert {facts["encoding"] for facts in DOCUMENTS} == {"utf-8", "utf-16-le", "windows-1256"}
    assert {facts["newline"] for facts in DOCUMENTS} == {"LF", "CRLF"}
    assert {facts["source_kind"] for facts in DOCUMENTS} == {"text", "tika"}
    assert len({facts["session"] for facts in DOCUMENTS if facts["organ"] == "HRC"}) >= 4
    forms = "\n".join(text_of(facts["file"]) for facts in DOCUMENTS)
    for form in ("\ufc32", "\ufefb", "\u0640", "\u0663", "\u0651", ")أ(", "[footnoteRef:"):
        assert form in forms, ascii(form)


@each_document
def test_every_file_says_that_it_is_a_specimen(facts: dict[str, Any]) -> None:
    assert words(text_of(facts["file"])).count(words(SPECIMEN_MARK)) == 1


@each_document
def test_no_file_claims_a_real_symbol(facts: dict[str, Any]) -> None:
    assert int(facts["adopted_on"][:4]) >= FIRST_INVENTED_YEAR
    symbol = facts["symbol"]
    assert facts["file"] == re.sub(r"[/(]", "_", symbol).rstrip(")") + ".txt"
    number = re.search(r"(?:RES|DEC|PRST)/(?:S-)?(\d+)", symbol)
    assert number is not None
    #: The Human Rights Council meets three times a year, the Assembly opens one session a year.
    earliest = {"HRC": 61 if "S-" in symbol else 91, "GA": 91, "SC": 2036, "ECOSOC": 2036}
    if facts["organ"] == "SC" and facts["kind"] == "resolution":
        assert int(number[1]) >= 3400
    else:
        assert int(number[1]) >= earliest[facts["organ"]]


@each_document
def test_a_specimen_is_read_in_its_own_encoding(facts: dict[str, Any]) -> None:
    content = (FOLDER / facts["file"]).read_bytes()
    decoded = decode(content)
    assert decoded.encoding == facts["encoding"]
    lines = content.decode(facts["encoding"])
    assert ("\r\n" in lines) == (facts["newline"] == "CRLF")
    assert "\r" not in decoded.text


@each_document
def test_the_parser_finds_the_identity_of_a_specimen(facts: dict[str, Any]) -> None:
    resolution = parsed(facts["file"])
    assert resolution.symbol == facts["symbol"]
    assert resolution.address == facts["symbol"]
    assert resolution.symbol_derived == facts["symbol_derived"]
    assert resolution.organ == facts["organ"]
    assert resolution.kind == DocumentKind(facts["kind"])
    assert resolution.source_kind == facts["source_kind"]
    if facts["session"] is not None:
        assert resolution.session is not None
        assert resolution.session.label == facts["session"]
    if facts["title"] is not None:
        assert words(resolution.title) == words(facts["title"])


@each_document
def test_the_parser_finds_when_and_under_which_item_a_specimen_was_adopted(
    facts: dict[str, Any],
) -> None:
    resolution = parsed(facts["file"])
    assert resolution.adopted_on is not None
    assert resolution.adopted_on.isoformat() == facts["adopted_on"]
    assert resolution.meeting == facts["meeting"]
    if facts["session_dates"] is not None:
        assert resolution.session_dates is not None
        assert [date.isoformat() for date in resolution.session_dates] == facts["session_dates"]
    numbers = [re.findall(r"\d+", fold(item).text)[0] for item in resolution.agenda_items]
    assert numbers == facts["agenda_items"]
    assert resolution.agenda_title == facts["agenda_title"]


@each_document
def test_the_parser_finds_how_a_specimen_was_adopted(facts: dict[str, Any]) -> None:
    adoption = parsed(facts["file"]).adoption
    if facts["adoption"] is None:
        assert adoption is None
        return
    assert adoption is not None
    counts = (adoption.in_favour, adoption.against, adoption.abstaining)
    expected = facts["adoption"]
    assert adoption.mode == expected["mode"]
    assert counts == (expected["in_favour"], expected["against"], expected["abstaining"])
    if adoption.mode == "recorded vote":
        lists = states_by_position(adoption)
        assert tuple(len(states) for states in lists) == counts
        named = [state for states in lists for state in states]
        assert len(set(named)) == len(named)
        assert "قيرانا (دولة - المتعددة الأقاليم)" in map(spelled, named)


def states_by_position(adoption: Adoption) -> tuple[tuple[str, ...], ...]:
    return (adoption.states_in_favour, adoption.states_against, adoption.states_abstaining)


def spelled(name: str) -> str:
    """Return *name* with the ligatures that one specimen writes taken apart."""
    return name.replace("\ufefb", "لا").replace("\ufef7", "لأ").replace("\ufef9", "لإ")


@each_document
def test_the_parser_counts_the_paragraphs_of_a_specimen(facts: dict[str, Any]) -> None:
    found = Counter(each.kind.value for each in parsed(facts["file"]).paragraphs)
    expected: dict[str, int] = facts["paragraphs"]
    assert {kind: found[kind] for kind in expected} == expected


@each_document
def test_the_parser_finds_what_a_specimen_cites(facts: dict[str, Any]) -> None:
    cited = {
        citation.symbol
        for paragraph in searched(parsed(facts["file"]))
        for citation in paragraph.citations
    }
    assert cited == set(facts["cites"])


@each_document
def test_no_searchable_paragraph_holds_the_mark_of_the_specimens(facts: dict[str, Any]) -> None:
    mark = words(SPECIMEN_MARK)
    assert not [p.fragment for p in searched(parsed(facts["file"])) if mark in words(p.text)]


@each_document
def test_every_footnote_hangs_on_the_paragraph_that_bears_its_mark(facts: dict[str, Any]) -> None:
    paragraphs = {each.fragment: each for each in parsed(facts["file"]).paragraphs}
    for note in paragraphs.values():
        if note.kind is ParagraphKind.FOOTNOTE:
            assert note.chapeau is not None
            marks = [mark.fragment for mark in paragraphs[note.chapeau].notes]
            assert note.fragment in marks


def test_the_specimens_cite_one_another_over_the_years() -> None:
    dates = {facts["symbol"]: facts["adopted_on"] for facts in DOCUMENTS}
    among = [
        (facts["symbol"], cited)
        for facts in DOCUMENTS
        for cited in facts["cites"]
        if cited in dates
    ]
    assert len(among) >= 40
    assert all(dates[cited] < dates[citing] for citing, cited in among)
    assert len({citing for citing, _ in among}) >= 20


@each_family
def test_paragraphs_of_one_wording_are_identical_when_folded(family: dict[str, Any]) -> None:
    for addresses in family["wordings"]:
        assert len({clause_at(address) for address in addresses}) == 1


@each_family
def test_the_wordings_of_a_family_differ_and_are_kin(family: dict[str, Any]) -> None:
    wordings = [clause_at(addresses[0]) for addresses in family["wordings"]]
    for one, other in combinations(wordings, 2):
        assert one != other
        nearest = max(
            SequenceMatcher(None, one, another, autojunk=False).ratio()
            for another in wordings
            if another != one
        )
        assert nearest > 0.6


def test_some_clauses_return_word_for_word_in_several_resolutions() -> None:
    copied = [group for family in CLAUSES for group in family["wordings"] if len(group) >= 3]
    varied = [family for family in CLAUSES if len(family["wordings"]) >= 3]
    assert len(copied) >= 6
    assert len(varied) >= 8
