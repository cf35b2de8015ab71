"""Adoption: by consensus or by a recorded vote, with its counts and the names of the States."""

from __future__ import annotations

import re

from fihris.index.analysis import fold
from fihris.index.frozen import frozen
from fihris.index.parser.ordinals import read_count
from fihris.index.parser.patterns import compile_folded
from fihris.index.resolution import Adoption

WITHOUT_A_VOTE = "without a vote"
RECORDED_VOTE = "recorded vote"

_WITHOUT = compile_folded(
    r"(?<!\w)و?(?:بدون|دون|من دون|بلا|بغير)\s+(?:ال|إجراء\s+|طرحه\s+لل)?تصويت|بتوافق\s+الآراء"
)
_RECORDED = compile_folded(
    r"تصويت\s+مسجل|بأغلبية\s|(?<!\w)بتأييد\s|(?<!\w)ب\s?\d{1,3}\s+(?:صوت|أصوات)|نتيجة التصويت"
)
_IN_FAVOUR = compile_folded(r"(?:بأغلبية|بتأييد|(?<!\w)ب(?=\s?\d))\s*")
_AGAINST = compile_folded(r"(?:مقابل|(?<!\w)و?معارضة|(?<!\w)و?اعتراض|(?<!\w)ضد)\s+")
_ABSTAINING = compile_folded(r"(?:(?<!\w)و?امتناع|(?<!\w)و?امتنع(?:ت)?)\s+")
_LIST = compile_folded(
    r"^[\s\[\]]*(?:(?P<favour>المؤيدون|الموافقون|مع القرار|أصوات التأييد)"
    r"|(?P<against>المعارضون|ضد القرار)|(?P<abstaining>الممتنعون))"
    r"(?:\s+عن\s+التصويت)?\s*:?\s*"
)
_VOTE_LINE = compile_folded(
    r"[\[\](\s]*(?:اعتمد|اعتمدت|اتخذ|تبنى|وكانت نتيجة|كانت نتيجة|نتيجة التصويت)"
)
_NAME_BREAK = re.compile(r"\s*[،,]\s*(?![^()]*\))")
_NOBODY = "[]().؛;:،, \t\n"


@frozen
class AdoptionReading:
    """What the vote lines say, and what of it contradicts itself."""

    adoption: Adoption | None
    warnings: tuple[str, ...] = ()


def is_vote_line(folded: str) -> bool:
    """Tell whether a closing line tells how the text was adopted, or who voted how."""
    if _LIST.match(folded):
        return True
    return bool(_VOTE_LINE.match(folded) and (_WITHOUT.search(folded) or _RECORDED.search(folded)))


def begins_state_list(folded: str) -> bool:
    """Tell whether the line is the label of a list of States, names on it or not."""
    return _LIST.match(folded) is not None


def read_adoption(lines: list[str]) -> AdoptionReading:
    """Return how a text was adopted, from its vote lines in the author's spelling.

    Country names are split at commas outside parentheses: ``إيران (جمهورية - الإسلامية)`` is one.
    """
    folded = [fold(line).text for line in lines]
    whole = "\n".join(folded)
    lists = _state_lists(lines, folded)
    if not lists and not _RECORDED.search(whole):
        without = _WITHOUT.search(whole)
        return AdoptionReading(Adoption(WITHOUT_A_VOTE) if without else None)
    narrative = "\n".join(text for text in folded if not begins_state_list(text))
    stated = {
        "favour": _count(_IN_FAVOUR, narrative),
        "against": _count(_AGAINST, narrative),
        "abstaining": _count(_ABSTAINING, narrative),
    }
    warnings = []
    for side, (names, listed) in lists.items():
        count = stated[side]
        if count is None:
            stated[side] = listed
        elif names and count != len(names):
            warnings.append(
                f"The vote states {count} ({side}) and lists {len(names)}; the count stands."
            )
    if not lists and stated["favour"] is None and _WITHOUT.search(whole):
        return AdoptionReading(Adoption(WITHOUT_A_VOTE))
    adoption = Adoption(
        RECORDED_VOTE,
        stated["favour"],
        stated["against"],
        stated["abstaining"],
        *(lists.get(side, ((), None))[0] for side in ("favour", "against", "abstaining")),
    )
    return AdoptionReading(adoption, tuple(warnings))


def _count(keyword: re.Pattern[str], text: str) -> int | None:
    """Return the first count that follows *keyword* in *text*."""
    for match in keyword.finditer(text):
        count = read_count(text[match.end() : match.end() + 60])
        if count is not None:
            return count
    return None


def _state_lists(
    lines: list[str], folded: list[str]
) -> dict[str, tuple[tuple[str, ...], int | None]]:
    """Return for each side its States as printed, and how many the list says they are."""
    gathered: dict[str, list[str]] = {}
    side = None
    for line, text in zip(lines, folded, strict=True):
        label = _LIST.match(text)
        if label:
            side = next(name for name, value in label.groupdict().items() if value)
            line = line[fold(line).offsets[label.end()] :]
        if side is not None:
            gathered.setdefault(side, []).append(line)
    return {name: _states(" ".join(parts)) for name, parts in gathered.items()}


def _states(text: str) -> tuple[tuple[str, ...], int | None]:
    text = text.strip(_NOBODY.replace("(", "").replace(")", ""))
    folded = fold(text).text
    count = read_count(folded)
    if not text or count == 0:
        return (), count
    if folded.isdigit():
        return (), count
    names = tuple(name for part in _NAME_BREAK.split(text) if (name := part.strip()))
    return names, len(names)
