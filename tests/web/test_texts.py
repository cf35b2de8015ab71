"""The words of the interface: each has its twin, each is used, and counts take every form."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markupsafe import Markup

from fihris.index.resolution import DocumentKind, Organ
from fihris.search.clause import Likeness
from fihris.search.hits import Grouping, Sort
from fihris.search.levels import MatchLevel
from fihris.web.links import Language
from fihris.web.pages.errors import _TOLD
from fihris.web.pages.notices import notice_html
from fihris.web.questions import Level
from fihris.web.texts import plural_category, read_table, texts_in

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [*(ROOT / "web" / "pages").glob("*.py"), *(ROOT / "web").glob("templates/*.html")]
TEXTS = read_table("interface")
COUNTS = read_table("counts")
ARABIC_FORMS = {"zero", "one", "two", "few", "many", "other"}


def places(sentence: str) -> list[str]:
    return sorted(re.findall(r"\{(\w+)\}", sentence))


@pytest.mark.parametrize("key", TEXTS)
def test_a_sentence_has_a_twin_with_the_same_places(key):
    twins = TEXTS[key]
    assert twins.keys() == {"ar", "en"}
    assert places(twins["ar"]) == places(twins["en"])
    assert twins["ar"].strip()
    assert twins["en"].strip()


@pytest.mark.parametrize("key", COUNTS)
def test_a_noun_has_the_six_forms_of_arabic_and_the_two_of_english(key):
    assert COUNTS[key]["ar"].keys() == ARABIC_FORMS
    assert COUNTS[key]["en"].keys() == {"one", "other"}
    for form in ("few", "many", "other"):
        assert places(COUNTS[key]["ar"][form]) == ["n"]


def test_every_sentence_is_said_somewhere_and_none_is_missing():
    sources = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    sources += (ROOT / "web" / "texts" / "__init__.py").read_text(encoding="utf-8")
    named = set(re.findall(r'"([a-z]+(?:\.[a-z0-9_-]+)+)"', sources))
    made = {
        *(f"search.match.{level}" for level in Level),
        *(f"search.sort.{sort}" for sort in Sort),
        *(f"search.group.{group}" for group in Grouping),
        *(f"search.level.{level}" for level in MatchLevel),
        *(f"clause.{likeness}" for likeness in Likeness),
        *(f"document.{kind}" for kind in DocumentKind),
        *(f"error.{status}" for status in _TOLD),
        *(f"nav.{section}" for section in ("search", "clause", "sessions", "about")),
        *(f"resolution.{side}" for side in ("in_favour", "against", "abstaining")),
        "search.sort",
        "search.group",
    }
    told = {key for key in TEXTS if not key.startswith(("notice.", "kind.", "facet."))}
    assert told - named - made == set()
    assert {key for key in made if key not in TEXTS} == set()
    assert {key for key in COUNTS if f'"{key}"' not in sources} == set()


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "لا فقرات"),
        (1, "فقرة واحدة"),
        (2, "فقرتان"),
        (3, "3 فقرات"),
        (10, "10 فقرات"),
        (11, "11 فقرة"),
        (99, "99 فقرة"),
        (100, "100 فقرة"),
        (103, "103 فقرات"),
        (1234, "1\u00a0234 فقرة"),
    ],
)
def test_a_count_agrees_with_its_noun(count, said):
    assert texts_in(Language.ARABIC).count("paragraphs", count) == said


def test_english_has_two_forms():
    assert [plural_category(count, Language.ENGLISH) for count in (0, 1, 2)] == [
        "other",
        "one",
        "other",
    ]


def test_what_is_put_into_a_sentence_is_escaped_and_isolated():
    shown = texts_in(Language.ENGLISH).show("resolution.marked", query="<b>")
    assert shown == "The words of your query are marked: <bdi>&lt;b&gt;</bdi>"
    assert isinstance(shown, Markup)


def test_every_organ_has_a_name_in_both_languages():
    for language in Language:
        names = [texts_in(language).organ(organ) for organ in (*Organ, None)]
        assert len({*names}) == len(names)


def engine_sentences() -> list[str]:
    """Return what the engine may say, as it stands in its sources, one pattern each."""
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "search").glob("*.py")]
    found = []
    for source in sources:
        for call in re.findall(r"otices\.append\((.*?)\n?\s*\)\n", source, re.DOTALL):
            literals = re.findall(r'f?(?:"((?:[^"\\]|\\.)*)"|\'((?:[^\'\\]|\\.)*)\')', call)
            found.append("".join(one or other for one, other in literals))
    return [sentence for sentence in found if sentence]


def test_whatever_the_engine_says_is_said_in_arabic():
    sentences = engine_sentences()
    assert len(sentences) >= 15
    for sentence in sentences:
        filled = re.sub(r"\{[^}]*\}", "7", sentence)
        shown = notice_html(filled, texts_in(Language.ARABIC))
        assert not re.search("[A-Za-z]{3}", re.sub("<.*?>", "", shown)), sentence


def test_what_is_not_known_is_said_as_it_is():
    assert notice_html("Something <new>.", texts_in(Language.ARABIC)) == (
        "<bdi>Something &lt;new&gt;.</bdi>"
    )
