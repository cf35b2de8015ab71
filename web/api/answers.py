"""The answers of the API as they are described: one model for each resource."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from pydantic import BaseModel, Field

from fihris.index.resolution import Paragraph, Resolution
from fihris.search.citations import CitedDocument, CitingDocument
from fihris.search.clause import ClauseAnswer
from fihris.search.completion import Completion
from fihris.search.hits import DocumentSummary, Facet, Hit
from fihris.search.suggest import Suggestions
from fihris.web.api.schemas import model_of
from fihris.web.parameters import Fault

if TYPE_CHECKING:
    # A type checker cannot see what is made when the program runs.
    CitedModel: TypeAlias = BaseModel
    CitingModel: TypeAlias = BaseModel
    ClauseModel: TypeAlias = BaseModel
    CompletionModel: TypeAlias = BaseModel
    DocumentModel: TypeAlias = BaseModel
    FacetModel: TypeAlias = BaseModel
    HitModel: TypeAlias = BaseModel
    ParagraphModel: TypeAlias = BaseModel
    ResolutionModel: TypeAlias = BaseModel
    SuggestionsModel: TypeAlias = BaseModel
else:
    CitedModel = model_of(CitedDocument)
    CitingModel = model_of(CitingDocument)
    ClauseModel = model_of(ClauseAnswer)
    CompletionModel = model_of(Completion)
    DocumentModel = model_of(DocumentSummary)
    FacetModel = model_of(Facet)
    HitModel = model_of(Hit)
    ParagraphModel = model_of(Paragraph)
    ResolutionModel = model_of(Resolution, "paragraphs")
    SuggestionsModel = model_of(Suggestions)


class SearchResult(BaseModel):
    """A page of hits, the strict ones first, and what to know about them."""

    query: str = Field(description="The query as it was typed.")
    asked: str = Field(description="The query as it was run at its level.")
    commit: str = Field(description="The state of the index; it changes when anything in it does.")
    total: int = Field(description="How many paragraphs have every word.")
    partial_total: int | None = Field(description="How many have some; null: not looked for.")
    at_least: bool = Field(description="Whether there may be more than were counted.")
    page: int
    per_page: int
    next: str | None = Field(description="The next page, null where there is none.")
    documents: list[DocumentModel] = Field(description="What bears the symbol that was asked for.")
    hits: list[HitModel]
    notices: list[str] = Field(description="What of the query was ignored, or read specially.")
    facets: list[FacetModel]
    suggestions: SuggestionsModel | None = Field(description="Null unless little was found.")


class FacetResult(BaseModel):
    """What the paragraphs that answer a question are told apart by, with counts."""

    query: str
    commit: str
    total: int
    facets: list[FacetModel]


class ClauseResult(BaseModel):
    """For each clause of a text, the same wording and the nearest ones."""

    commit: str
    clauses: list[ClauseModel]


class AddressedParagraph(ParagraphModel):
    """A paragraph with its address, null for what cannot be found and is only shown."""

    address: str | None


class Passage(BaseModel):
    """A part of a document, with what belongs to it and the paragraphs it completes."""

    commit: str
    address: str
    document: ResolutionModel
    chapeaux: list[AddressedParagraph]
    paragraphs: list[AddressedParagraph]


class WholeDocument(Passage):
    """A document, what it cites, what cites it, and what stands beside it in its session."""

    cites: list[CitedModel]
    cited_by: list[CitingModel]
    previous: DocumentModel | None
    next: DocumentModel | None


class SuggestResult(BaseModel):
    """What is being typed, completed."""

    query: str
    completions: list[CompletionModel]


class SessionEntry(BaseModel):
    """The documents of one session of an organ, or of one year where it has no sessions."""

    session: str | None
    is_year: bool
    documents: int


class OrganEntry(BaseModel):
    """An organ, null for documents of no organ, and its sessions, the latest first."""

    organ: str | None
    documents: int
    sessions: list[SessionEntry]


class SessionsResult(BaseModel):
    """What there is to browse."""

    commit: str
    organs: list[OrganEntry]


class SessionResult(BaseModel):
    """The documents of a session in the order of their symbols."""

    commit: str
    organ: str | None
    session: str | None
    is_year: bool
    total: int
    page: int
    per_page: int
    next: str | None
    documents: list[DocumentModel]


class ProblemDetails(BaseModel):
    """What went wrong (RFC 9457)."""

    type: str
    title: str
    status: int
    code: str = Field(description="What went wrong, for programs.")
    detail: str
    errors: list[Fault] = Field(default=[], description="Parameters that cannot be read.")
    candidates: list[str] = Field(default=[], description="Addresses that may have been meant.")
