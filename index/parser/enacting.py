"""The enacting formula (``إن مجلس حقوق الإنسان،``), which parts header from preamble."""

from __future__ import annotations

import re

from fihris.index.parser.organs import ORGAN
from fihris.index.parser.patterns import compile_folded
from fihris.index.parser.verbs import opens_operative, opens_preambular

_ENACTING = compile_folded(
    r"[\"'«“”]?إن\s+(?P<body>(?:ال)?(?:مجلس|جمعية|لجنة|مؤتمر)(?!\w)[^،,؛.:]{0,80}?)\s*"
    r"(?:$|[،,]\s*(?P<rest>\S.*)?$)"
)


def match_enacting(folded: str) -> re.Match[str] | None:
    """Match a line that is the enacting formula; its group ``rest`` is what follows on the line.

    >>> match_enacting("ان مجلس الامن، اذ يشير الي قراره")["rest"]
    'اذ يشير الي قراره'
    >>> match_enacting("ان مجلس الامن، في جلسته") is None
    True
    """
    match = _ENACTING.match(folded)
    if match is None:
        return None
    rest = match["rest"]
    if rest:
        return match if opens_preambular(rest) or opens_operative(rest) else None
    # Without its comma the formula must be nothing but an organ's name.
    whole = folded.rstrip().endswith(("،", ",")) or ORGAN.fullmatch(match["body"].strip())
    return match if whole else None
