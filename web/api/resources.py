"""What the API answers: one function for each resource, from a visit to a response."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from fihris.index.errors import AddressUnknown
from fihris.index.reader import IndexReader
from fihris.search.citations import Direction, citations_of
from fihris.search.clause import ClauseAnswer, ClauseOptions, find_clause, find_clauses
from fihris.search.completion import complete
from fihris.search.jsonable import dump_json, jsonable
from fihris.search.outputs.writing import Format, written_lines
from fihris.search.show import passage_values
from fihris.web.answers import answer_search, stream_answer
from fihris.web.api.parameters import (
    ClauseBody,
    ClauseParameters,
    ListParameters,
    SearchFormat,
    SearchParameters,
    SuggestFormat,
    SuggestParameters,
)
from fihris.web.catalogue import ShelfName, catalogue
from fihris.web.links import UNSORTED
from fihris.web.passages import find_served
from fihris.web.questions import SearchQuestion
from fihris.web.visits import Visit

#: What the formats are called on the way, and when they are kept as files.
MEDIA_TYPES: Mapping[SearchFormat, tuple[str, str]] = {
    SearchFormat.JSONL: ("application/jsonl", "jsonl"),
    SearchFormat.CSV: ("text/csv", "csv"),
    SearchFormat.MARKDOWN: ("text/markdown", "md"),
    SearchFormat.KWIC: ("text/plain", "txt"),
    SearchFormat.BIBTEX: ("application/x-bibtex", "bib"),
    SearchFormat.RIS: ("application/x-research-info-systems", "ris"),
    SearchFormat.CITE: ("text/plain", "txt"),
}
OPENSEARCH_SUGGESTIONS = "application/x-suggestions+json"

_PIECE_BYTES = 65_536


def search(visit: Visit) -> Response:
    """Return the hits of a question, a page of them or all in a format of their own."""
    question = SearchParameters.read(visit.parameters)
    if question.format is not SearchFormat.JSON:
        return _streamed(visit, question)
    answer = answer_search(visit.state.reader, question)
    found = jsonable(answer.page)
    following = None
    if answer.has_next:
        asked = SearchQuestion.model_construct(**dict(question)).changed(page=question.page + 1)
        following = visit.links.absolute(visit.links.export(asked, "json"))
    return _json(
        {
            **found,
            "query": question.q,
            "asked": answer.asked,
            "commit": visit.state.commit,
            "page": question.page,
            "per_page": question.per_page,
            "next": following,
            "suggestions": jsonable(answer.suggestions),
        }
    )


def facets(visit: Visit) -> Response:
    """Return what the answer to a question is told apart by; of all there is without one."""
    question = SearchQuestion.read(visit.parameters)
    counted = answer_facets(visit.state.reader, question)
    return _json({"query": question.q, "commit": visit.state.commit, **counted})


def answer_facets(reader: IndexReader, question: SearchQuestion) -> dict[str, Any]:
    """Return how many paragraphs answer *question*, and their facets."""
    from fihris.search.facets import FACETS, count_facets

    if question.asks_something:
        page = answer_search(reader, question.changed(page=2, per_page=1)).page
        return {"total": page.total, "facets": jsonable(page.facets)}
    from tantivy import Query

    searcher = reader.searcher()
    counted = count_facets(searcher, Query.all_query(), FACETS)
    return {"total": searcher.num_docs, "facets": jsonable(counted)}


def clause(visit: Visit) -> Response:
    """Return who has said the clauses of a text before."""
    return answer_clauses(visit, ClauseParameters.read(visit.parameters))


def answer_clauses(visit: Visit, asked: ClauseParameters) -> Response:
    """Return what the index has of each clause that *asked* holds.

    Raises TimeoutError when there are more than can be looked up in the time of a request.
    """
    options = ClauseOptions(
        asked.limit, asked.min_similarity, asked.filters(), asked.oldest_first, asked.places
    )
    reader = visit.state.reader
    found: Iterable[ClauseAnswer] = ()
    if asked.text:
        draft = not asked.whole and "\n" in asked.text
        found = find_clauses(reader, asked.text, options) if draft else ()
        found = found or [find_clause(reader, asked.text, options)]
    end = time.monotonic() + visit.site.settings.limits.seconds
    clauses = []
    for one in found:
        clauses.append(jsonable(one))
        if time.monotonic() > end:
            raise TimeoutError
    return _json({"commit": visit.state.commit, "clauses": clauses})


def resolution(visit: Visit) -> Response:
    """Return a whole document with its citations and its neighbours."""
    passage = find_served(visit.state, visit.request.path_params["address"])
    document = passage.document
    address = document.address
    if passage.address != address:
        raise AddressUnknown(f"{passage.address} is a part of a document.", "", (address,))
    citations = citations_of(visit.state.reader, address, tuple(Direction))
    beside = catalogue(visit.state).neighbours(document)
    return _json(
        {
            "commit": visit.state.commit,
            **passage_values(passage),
            "cites": citations.cites,
            "cited_by": citations.cited_by,
            "previous": beside.before,
            "next": beside.after,
        }
    )


def paragraph(visit: Visit) -> Response:
    """Return a paragraph with what belongs to it, or all of a document."""
    passage = find_served(visit.state, visit.request.path_params["address"])
    return _json({"commit": visit.state.commit, **passage_values(passage)})


def suggest(visit: Visit) -> Response:
    """Return what is being typed, completed."""
    asked = SuggestParameters.read(visit.parameters)
    completions = complete(visit.state.reader, asked.q, asked.limit)
    if asked.format is SuggestFormat.OPENSEARCH:
        texts = [completion.text for completion in completions]
        return Response(dump_json([asked.q, texts]), media_type=OPENSEARCH_SUGGESTIONS)
    return _json({"query": asked.q, "completions": completions})


def sessions(visit: Visit) -> Response:
    """Return the organs and their sessions."""
    organs = [
        {
            "organ": organ.organ,
            "documents": organ.documents,
            "sessions": [
                {
                    "session": shelf.name.label,
                    "is_year": shelf.is_year,
                    "documents": shelf.documents,
                }
                for shelf in organ.shelves
            ],
        }
        for organ in catalogue(visit.state).organs
    ]
    return _json({"commit": visit.state.commit, "organs": organs})


def session(visit: Visit) -> Response:
    """Return the documents of one session."""
    asked = ListParameters.read(visit.parameters)
    names = (visit.request.path_params[name] for name in ("organ", "session"))
    name = ShelfName(*(None if part == UNSORTED else part for part in names))
    shelves = catalogue(visit.state)
    shelf = shelves.shelf(name)
    if shelf is None:
        raise AddressUnknown(f"The index has no session {name.label} of {name.organ}.", "")
    before = (asked.page - 1) * asked.per_page
    following = None
    if before + asked.per_page < shelf.documents:
        following = visit.links.absolute(
            f"{visit.request.scope['path']}?page={asked.page + 1}&per_page={asked.per_page}"
        )
    return _json(
        {
            "commit": visit.state.commit,
            "organ": name.organ,
            "session": name.label,
            "is_year": shelf.is_year,
            "total": shelf.documents,
            "page": asked.page,
            "per_page": asked.per_page,
            "next": following,
            "documents": shelves.documents(shelf, asked.per_page, before),
        }
    )


async def read_clause_body(request: Request) -> ClauseBody:
    """Return what the JSON body of *request* asks; raises BadQuestion."""
    return ClauseBody.read_json(await request.body())


def _streamed(visit: Visit, question: SearchParameters) -> Response:
    media_type, suffix = MEDIA_TYPES[question.format]
    stream = stream_answer(visit.state.reader, question, question.limit)
    end = "\r\n" if question.format is SearchFormat.CSV else "\n"
    lines = written_lines(Format(question.format.value), stream, None)
    headers = {"Content-Disposition": f'attachment; filename="fihris.{suffix}"'}
    return StreamingResponse(_pieces(lines, end), headers=headers, media_type=media_type)


def _pieces(lines: Iterable[str], end: str) -> Iterator[bytes]:
    """Yield *lines* in pieces that are worth sending."""
    piece = bytearray()
    for line in lines:
        piece += f"{line}{end}".encode()
        if len(piece) >= _PIECE_BYTES:
            yield bytes(piece)
            piece.clear()
    yield bytes(piece)


def _json(values: Mapping[str, Any]) -> Response:
    return Response(dump_json(dict(values)), media_type="application/json")
