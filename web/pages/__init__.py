"""The pages that people see."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from fihris.web.answers import answer_search
from fihris.web.questions import SearchQuestion
from fihris.web.visits import Visit, answering

if TYPE_CHECKING:
    from starlette.requests import Request

    from fihris.web.problems import Problem


def page_routes() -> list[BaseRoute]:
    """Return the routes of all pages, in Arabic and under ``/en`` in English."""
    return [Route(f"{language}/", answering(search_page)) for language in ("", "/en")]


def search_page(visit: Visit) -> Response:
    """Return the search page."""
    question = SearchQuestion.read(visit.parameters)
    if not question.asks_something:
        return HTMLResponse("<!doctype html><title>Fihris</title>")
    answer = answer_search(visit.state.reader, question)
    hits = "".join(f"<li>{escape(hit.text)}" for hit in answer.page.hits)
    return HTMLResponse(f"<!doctype html><title>{escape(question.q)}</title><ol>{hits}</ol>")


def error_page(request: Request, problem: Problem) -> Response:
    """Return *problem* as a page."""
    return HTMLResponse(f"<!doctype html><p>{escape(problem.detail)}", problem.status.value)
