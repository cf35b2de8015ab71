"""The page that says what went wrong, and where to go from there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from fihris.index.frozen import frozen
from fihris.web.links import Links
from fihris.web.pages.frame import make_frame, render
from fihris.web.texts import Texts, texts_in
from fihris.web.visits import links_of

if TYPE_CHECKING:
    from starlette.requests import Request

    from fihris.web.problems import Problem

#: Statuses that have a sentence of their own.
_TOLD = frozenset({400, 404, 405, 408, 409, 413, 414, 429, 500, 503})


@frozen
class ErrorView:
    """What went wrong: a sentence, the parameters at fault, and addresses that may be meant."""

    status: int
    said: str
    faults: tuple[Markup, ...]
    candidates: tuple[tuple[str, str], ...]


def error_page(request: Request, problem: Problem) -> Response:
    """Return *problem* as a page, in the language of its address."""
    links = links_of(request)
    texts = texts_in(links.language)
    view = ErrorView(
        problem.status.value,
        _said(problem, texts),
        tuple(
            texts.show("error.fault", value=fault.value, parameter=fault.parameter)
            for fault in problem.faults
        ),
        tuple((address, links.named(address)) for address in problem.candidates),
    )
    return HTMLResponse(_error_html(links, view), problem.status.value)


def not_found_html(links: Links) -> str:
    """Return the page that a host of files shows in the place of one that is not there."""
    said = texts_in(links.language).say("error.404")
    return _error_html(links, ErrorView(404, said, (), ()))


def _error_html(links: Links, view: ErrorView) -> str:
    frame = make_frame(
        links,
        title=texts_in(links.language).say("error.title"),
        here=lambda links: links.search(),
        section="",
        indexed=False,
    )
    return render("error", frame, view)


def _said(problem: Problem, texts: Texts) -> str:
    if problem.code == "unknown_address":
        return texts.say("error.404.address")
    status = problem.status.value
    known = status if status in _TOLD else (500 if status >= 500 else 400)
    return texts.say(f"error.{known}")
