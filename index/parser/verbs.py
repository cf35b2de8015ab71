"""The verbs that open paragraphs and clauses within them, from the table ``verbs.json``.

The table holds masculine dictionary forms. An organ of feminine gender writes ت for ي, and ها for
the possessive ه; those forms are generated. Modifiers ("also", "strongly", "in this regard")
between the words of an opening do not count.
"""

from __future__ import annotations

import re

from fihris.index.parser.organs import FEMININE
from fihris.index.parser.patterns import one_of, read_table, respell
from fihris.index.resolution import Organ

_TABLE = read_table("verbs.json")
_PREPOSITIONS = frozenset(form for word in _TABLE["prepositions"] for form in (word, respell(word)))
_MODIFIER = re.compile(rf"(?<!\w){one_of(_TABLE['modifiers'])}(?!\w)\s*")
_SINCE = re.compile(respell(r"و?إذ(?!\w)\s*"))
_PAST = re.compile(respell(r"و?قد(?!\w)\s*|وبعد أن(?!\w)\s*"))
_PREAMBULAR = re.compile(
    rf"و?{one_of(word.removeprefix('و') for word in _TABLE['openings'])}(?!\w)"
)
_CLAUSE = re.compile(respell(r"،\s*و(?:إذ\s+)?(?=[يت]|لا\s|ما\s)"))
_OBJECT = re.compile("(?:ها|هما|هم|هن|ه)$")
_LONGEST = 5  # words of a form
_REACH = 120  # characters from the start in which an opening ends
_LINE_END = "،؛.:»“”"


def _without_preposition(verb: str) -> str:
    *words, last = verb.split()
    return " ".join(words) if words and last in _PREPOSITIONS else verb


def _feminine(phrase: str) -> str:
    """Return the form that an organ of feminine gender uses.

    >>> _feminine("يعرب عن قلقه"), _feminine("يساوره القلق")
    ('تعرب عن قلقها', 'يساورها القلق')
    """
    first, *rest = phrase.split()
    if first in ("يساوره", "يقلقه"):
        first = f"{first}ا"
    elif first == "يثير":
        pass
    elif first.startswith("ي"):
        first = f"ت{first[1:]}"
    rest = [f"{word}ا" if word.endswith("ه") else word for word in rest]
    return " ".join((first, *rest))


def _feminine_past(phrase: str) -> str:
    first, *rest = phrase.split()
    first = f"{first[:-1]}ت" if first.endswith("ى") else f"{first}ت"
    return " ".join((first, *rest))


def _masculine_forms() -> dict[str, str]:
    verbs = _TABLE["present"] + _TABLE["nouns"]
    return {respell(_without_preposition(verb)): verb for verb in reversed(verbs)}


def _feminine_forms() -> dict[str, str]:
    verbs = _TABLE["present"] + _TABLE["nouns"]
    return {respell(_feminine(_without_preposition(verb))): verb for verb in reversed(verbs)}


def _past_forms() -> dict[str, str]:
    forms: dict[str, str] = {}
    for verb in _TABLE["past"]:
        bare = _without_preposition(verb)
        forms[respell(bare)] = forms[respell(_feminine_past(bare))] = verb
    return forms


_MASCULINE_FORMS = _masculine_forms()
_FEMININE_FORMS = _feminine_forms()
_FORMS = _FEMININE_FORMS | _MASCULINE_FORMS
_PAST_FORMS = _past_forms()
_OPERATIVE = frozenset(
    respell(form.split()[0]) for verb in _TABLE["present"] for form in (verb, _feminine(verb))
)


def opening_verb(folded: str) -> str | None:
    """Return the verb that opens *folded* text in its masculine dictionary form, else None.

    >>> opening_verb("واذ تشير ايضا الي قرارها"), opening_verb("يعرب عن بالغ قلقه ازاء")
    ('يشير إلى', 'يعرب عن قلقه')
    """
    text = folded[:_REACH].lstrip(" \t\"'«“”([")
    past = _PAST.match(text)
    since = _SINCE.match(text)
    start = past.end() if past else since.end() if since else 0
    words = _words(text[start:])
    if words and not (past or since) and opens_preambular(words[0]):
        words[0] = words[0].removeprefix("و")  # "واقتناعا منه"
    return _longest(words, _PAST_FORMS if past else _FORMS)


def secondary_verbs(folded: str, organ: Organ | None) -> tuple[str, ...]:
    """Return the verbs that carry on from the opening one (``، ويدعو``), in reading order.

    They are in their masculine dictionary form, and repeated where the text repeats them. The
    subject is *organ*, so that a verb of the other gender is somebody else's; None takes both.
    A verb of the same gender in a clause after أن cannot be told from one of the organ's.

    >>> secondary_verbs("يرحب بالتقرير، ويدعو الدول، ويشجعها، وتؤكد الدول ذلك", Organ.HRC)
    ('يدعو', 'يشجع')
    """
    own_forms = _FEMININE_FORMS if organ in FEMININE else _MASCULINE_FORMS
    forms = own_forms if organ else _FORMS
    found = (
        _verb_with_object(_words(folded[clause.end() : clause.end() + _REACH]), forms)
        for clause in _CLAUSE.finditer(folded)
    )
    return tuple(verb for verb in found if verb is not None)


def _words(text: str) -> list[str]:
    """Return the first words of *text* without modifiers and punctuation."""
    words = _MODIFIER.sub("", text).split()[:_LONGEST]
    return [word.rstrip(_LINE_END) for word in words]


def _longest(words: list[str], forms: dict[str, str]) -> str | None:
    """Return the verb of the longest form that *words* begin with."""
    for count in range(len(words), 0, -1):
        verb = forms.get(" ".join(words[:count]))
        if verb is not None:
            return verb
    return None


def _verb_with_object(words: list[str], forms: dict[str, str]) -> str | None:
    """Return the verb, which may bear its object: ``يشجعها`` is يشجع."""
    verb = _longest(words, forms)
    return verb if verb or not words else forms.get(_OBJECT.sub("", words[0]))


def opens_preambular(folded: str) -> bool:
    """Tell whether *folded* text begins as a preambular paragraph does (``وإذ``, ``وقد`` …)."""
    return _PREAMBULAR.match(folded) is not None


def opens_operative(folded: str) -> bool:
    """Tell whether the first word of *folded* text is the verb of an operative paragraph."""
    text = folded[:_REACH].lstrip(" \t\"'«“”([")
    modifier = _MODIFIER.match(text)
    first = text[modifier.end() if modifier else 0 :].split(None, 1)
    return bool(first) and first[0].rstrip(_LINE_END) in _OPERATIVE


def verbs_like(folded: str) -> tuple[str, ...]:
    """Return the verbs, in their dictionary form, whose first words are *folded*.

    Either gender will do: an opening of the Assembly (تؤكد) and one of the Council are one verb.

    >>> verbs_like("تؤكد"), verbs_like("يشير الي")
    (('يؤكد', 'يؤكد مجددا', 'يؤكد من جديد'), ('يشير إلى',))
    """
    if not folded:
        return ()
    begun = f"{_without_preposition(folded)} "
    verbs = {
        verb
        for forms in (_FORMS, _PAST_FORMS)
        for form, verb in forms.items()
        if f"{form} ".startswith(begun)
    }
    return tuple(sorted(verbs))
