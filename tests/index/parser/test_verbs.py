"""Opening and secondary verbs in both genders, with modifiers between their words."""

import pytest

from fihris.index.analysis import fold
from fihris.index.parser import parse
from fihris.index.parser.verbs import (
    opening_verb,
    opens_operative,
    opens_preambular,
    secondary_verbs,
    verbs_like,
)
from fihris.index.resolution import Organ


@pytest.mark.parametrize(
    ("opening", "verb"),
    [
        ("إذ يسترشد بمقاصد", "يسترشد ب"),
        ("وإذ تشير إلى", "يشير إلى"),
        ("وإذ يشير أيضاً إلى", "يشير إلى"),
        ("وإذ تشير كذلك إلى", "يشير إلى"),
        ("وإذ يؤكّد من جديد", "يؤكد من جديد"),
        ("وإذ يؤكد أن", "يؤكد"),
        ("وإذ لا يزال يساورها بالغ القلق", "يساوره القلق"),
        ("وإذ تعرب عن بالغ قلقها", "يعرب عن قلقه"),
        ("وإذ تضع في اعتبارها", "يضع في اعتباره"),
        ("وإذ يحيط علما مع التقدير بالتقرير", "يحيط علما مع التقدير ب"),
        ("وقد نظرت في التقرير", "نظر في"),
        ("واقتناعا منها بأن", "اقتناعا منه"),
        ("ورغبةً منه في", "رغبة منه في"),
        ("يقرر أن ينشئ", "يقرر أن"),
        ("تطلب أيضا إلى", "يطلب إلى"),
        ("يحثّ الدول", "يحث"),
        ("تهيب بالدول", "يهيب ب"),
        ("يدين بشدة", "يدين"),
        ("يلاحظ في هذا الصدد مع القلق", "يلاحظ مع القلق"),
        ("يكتب رسالة", None),
        ("", None),
    ],
)
def test_the_verb_is_told_in_its_masculine_dictionary_form(opening: str, verb: str | None):
    assert opening_verb(fold(opening).text) == verb


def test_a_preambular_paragraph_is_told_from_an_operative_one():
    for text in ("إذ يشير", "وإذ تشير", "وقد نظر", "واقتناعاً منه", "وعملاً بالقرار"):
        assert opens_preambular(fold(text).text)
        assert not opens_operative(fold(text).text)
    for text in ("يقرر", "تقرر كذا", "”يحث“", "تناشد الدول"):
        assert opens_operative(fold(text).text)
        assert not opens_preambular(fold(text).text)


@pytest.mark.parametrize(
    ("text", "organ", "verbs"),
    [
        ("يرحب بالتقرير، ويدعو الدول، ويُهيب بها", Organ.HRC, ("يدعو", "يهيب ب")),
        ("ترحب بالتقرير، وتدعو الدول، وتعرب عن قلقها", Organ.GA, ("يدعو", "يعرب عن قلقه")),
        ("وإذ يشير إلى كذا، وإذ يلاحظ مع القلق كذا", Organ.HRC, ("يلاحظ مع القلق",)),
        ("يرحب بكذا، ولا يزال يساوره بالغ القلق", Organ.HRC, ("يساوره القلق",)),
        ("يرحب بالجهود، ويشجعها", Organ.SC, ("يشجع",)),
        ("يرحب بكذا، ويدعو كذا، ويدعو كذا", Organ.HRC, ("يدعو", "يدعو")),
        ("يرحب بكذا، ويدعو الدول، وتدعو الدول", None, ("يدعو", "يدعو")),
        ("يرحب بكذا، والبلدان، ويكتب رسالة", Organ.HRC, ()),
        ("يرحب بالدول التي تتعاون، وتدعو غيرها", Organ.HRC, ()),
        ("ترحب بالأمين العام، ويدعو هو غيره", Organ.GA, ()),
        ("يرحب بكذا ويدعو كذا", Organ.HRC, ()),
        ("", None, ()),
    ],
)
def test_a_verb_that_carries_on_has_the_organ_for_its_subject(
    text: str, organ: Organ | None, verbs: tuple[str, ...]
):
    assert secondary_verbs(fold(text).text, organ) == verbs


def test_a_paragraph_tells_its_secondary_verbs_beside_the_opening_one():
    resolution = parse(
        "46/300 المرافئ\nإن مجلس حقوق الإنسان،\nإذ يدرك كذا، ويلاحظ كذا،\n"
        "1- يرحب بكذا، ويدعو\nالدول، ويحث\nغيرها؛\n2- يطلب:\n(أ) التعاون، ويشجع ذلك.\n",
        fallback_address="x",
    )
    told = {p.fragment: p.secondary_verbs for p in resolution.paragraphs if p.secondary_verbs}
    assert told == {"PP1": ("يلاحظ",), "OP1": ("يدعو", "يحث")}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("تشير إلى", {"يشير إلى"}),
        ("يرحب", {"يرحب ب", "يرحب مع التقدير ب"}),
        ("نظرت", {"نظر في"}),
        ("يؤك", set()),
        ("", set()),
    ],
)
def test_a_verb_is_looked_up_by_its_first_words_in_either_gender(
    written: str, expected: set[str]
) -> None:
    assert set(verbs_like(fold(written).text)) == expected
