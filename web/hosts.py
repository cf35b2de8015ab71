"""The names under which a server may be asked: what a client claims gets into no link unchecked."""

from __future__ import annotations

import re
from enum import Enum, auto

from starlette.requests import Request

from fihris.web.settings import ServeSettings

_HOST = re.compile(r"(?P<name>[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?")


class Claim(Enum):
    """What the header ``Host`` is: a name of the server, another's name, or no name at all."""

    OURS = auto()
    UNKNOWN = auto()
    MALFORMED = auto()


def claim_of(request: Request, settings: ServeSettings) -> Claim:
    """Return what *request* calls the server; without a header it calls it nothing wrong."""
    host = request.headers.get("host")
    if not host:
        return Claim.OURS
    named = _HOST.fullmatch(host)
    if named is None:
        return Claim.MALFORMED
    known = settings.hosts is None or named["name"].strip("[]").lower() in settings.hosts
    return Claim.OURS if known else Claim.UNKNOWN


def base_of(request: Request, settings: ServeSettings) -> str:
    """Return scheme and host of absolute links; empty when *request* names no server of ours."""
    host = request.headers.get("host")
    if not host or claim_of(request, settings) is not Claim.OURS:
        return ""
    return f"{request.url.scheme}://{host}"
