"""Fields: what ``organ:``, ``session:``, ``kind:`` and the like may hold, in both languages."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from fihris.index.analysis import fold, fold_characters
from fihris.index.resolution import UNSEARCHED_KINDS, Organ, ParagraphKind
from fihris.search.query import read_years

#: Arabic names of the kinds of paragraph, beside the English ones of the index.
KIND_NAMES = {
    "عنوان": ParagraphKind.TITLE,
    "ديباجة": ParagraphKind.PREAMBULAR,
    "منطوق": ParagraphKind.OPERATIVE,
    "فرعية": ParagraphKind.SUB,
    "ترويسة": ParagraphKind.HEADING,
    "مرفق": ParagraphKind.ANNEX,
    "حاشية": ParagraphKind.FOOTNOTE,
    "مادة": ParagraphKind.PROVISION,
}
#: Short names of organs; the full ones are those that texts use.
ORGAN_NAMES = {
    "الجمعية": Organ.GA,
    "الأمن": Organ.SC,
    "الاقتصادي": Organ.ECOSOC,
    "الوصاية": Organ.TC,
}

_SESSION = r"(?P<type>es|s|داط|دا|د)?\s*-?\s*(?P<number>\d{1,3})"
_SESSION_TYPES = {None: "", "s": "S-", "د": "S-", "دا": "S-", "es": "ES-", "داط": "ES-"}


class Restriction(NamedTuple):
    """What hits are restricted to: any of some values in a field of the index.

    ``year`` holds the first and the last; no values at all restrict to nothing.
    """

    field: str
    values: tuple[str | int, ...]
    surface: str


def read_field(name: str, value: str) -> Restriction | None:
    """Return what the field *name* with this *value* restricts to, None when that makes no sense.

    >>> read_field("organ", "مجلس الأمن").values, read_field("session", "دإ-٦١").values
    (('SC',), ('S-61',))
    >>> read_field("year", "long ago")
    """
    folded = " ".join(fold(value).text.split())
    values: tuple[str | int, ...]
    match name:
        case "organ":
            values = _organ(folded)
        case "session":
            values = _session(folded)
        case "year":
            values = read_years(value) or ()
        case "kind":
            kind = _kinds().get(folded) or _kinds().get(folded.removeprefix("ال"))
            values = (kind.value,) if kind else ()
        case "verb":
            from fihris.index.parser.verbs import verbs_like

            values = verbs_like(folded)
        case _:
            values = _symbols(value)
    return Restriction(name, values, value.strip()) if values else None


@cache
def _kinds() -> dict[str, ParagraphKind]:
    """Return every kind by its folded names."""
    return {fold(name).text: kind for name, kind in KIND_NAMES.items()} | {
        kind.value: kind for kind in ParagraphKind if kind not in UNSEARCHED_KINDS
    }


@cache
def _organs() -> dict[str, Organ]:
    """Return every organ by its folded short names."""
    return {fold(name).text: organ for name, organ in ORGAN_NAMES.items()} | {
        organ.value.lower(): organ for organ in Organ
    }


def _organ(folded: str) -> tuple[str, ...]:
    organ = _organs().get(folded)
    if organ is None:
        from fihris.index.parser.organs import find_organ

        organ = find_organ(folded)
    return (organ.value,) if organ else ()


def _session(folded: str) -> tuple[str, ...]:
    session = re.fullmatch(_SESSION, folded)
    return (f"{_SESSION_TYPES[session['type']]}{int(session['number'])}",) if session else ()


def _symbols(value: str) -> tuple[str, ...]:
    """Return the symbols that *value* may mean; what is none may be the id of a document."""
    from fihris.index.parser import parse_symbol

    written = fold_characters(value).text.strip()
    return parse_symbol(value) or ((written,) if written else ())
