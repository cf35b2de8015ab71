"""Facets and filters as links: each leads to the same question, narrowed or widened by a value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fihris.index.frozen import frozen
from fihris.index.resolution import Organ
from fihris.search.hits import Facet
from fihris.web.filters import FilterParameters
from fihris.web.links import Links
from fihris.web.questions import SearchQuestion, written_years
from fihris.web.texts import Texts

#: Values that stand in the open; the others are folded away.
VALUES_SHOWN = 8
_SPEAKING = frozenset({"organ", "session"})


@frozen
class FacetChoice:
    """A value, how many hits bear it, and the question restricted to it."""

    label: str
    count: str
    href: str


@frozen
class FacetView:
    """One facet: the commonest values, the ``more`` that are folded away, the rest as a count."""

    name: str
    label: str
    choices: tuple[FacetChoice, ...]
    more: tuple[FacetChoice, ...]
    others: str


@frozen
class ChosenFilter:
    """A filter that holds, and the question without it."""

    label: str
    href: str


def facet_views(
    facets: tuple[Facet, ...], question: SearchQuestion, links: Links, texts: Texts
) -> tuple[FacetView, ...]:
    """Return the facets that can still narrow *question*; a value that is chosen cannot."""
    views = []
    for facet in facets:
        if not _filters_by(facet.name) or getattr(question, facet.name):
            continue
        choices = [
            FacetChoice(
                label=_label(facet.name, value.value, texts),
                count=texts.number(value.count),
                href=links.search(question.changed(**_narrowed(facet.name, value.value))),
            )
            for value in facet.values
        ]
        views.append(
            FacetView(
                facet.name,
                texts.say(f"facet.{facet.name}"),
                tuple(choices[:VALUES_SHOWN]),
                tuple(choices[VALUES_SHOWN:]),
                texts.number(facet.others) if facet.others else "",
            )
        )
    return tuple(views)


def chosen_filters(
    question: SearchQuestion, links: Links, texts: Texts
) -> tuple[ChosenFilter, ...]:
    """Return the filters of *question*, each with the link that takes it off."""
    return tuple(
        ChosenFilter(_named(name, written, texts), links.search(without))
        for name, written, without in _chosen(question)
    )


def question_name(question: SearchQuestion, links: Links, texts: Texts) -> str:
    """Return what people call *question*: its query, or its filters where there is none."""
    named = question.q or texts.list([one.label for one in chosen_filters(question, links, texts)])
    return " ".join(named.split())


def without_filters(question: SearchQuestion) -> SearchQuestion:
    """Return *question* unrestricted."""
    return question.changed(**{name: _none(name) for name in filter_names()})


def filter_names() -> list[str]:
    """Return the parameters that restrict what is found."""
    return [name for name in SearchQuestion.model_fields if _filters_by(name)]


def _chosen(question: SearchQuestion) -> Iterator[tuple[str, str, SearchQuestion]]:
    for name in filter_names():
        held = getattr(question, name)
        if name == "year":
            if held is not None:
                yield name, written_years(*held), question.changed(year=None)
            continue
        for value in held:
            yield name, value, question.changed(**{name: tuple(v for v in held if v != value)})


def _filters_by(name: str) -> bool:
    return name in FilterParameters.model_fields


def _none(name: str) -> Any:
    return SearchQuestion.model_fields[name].default


def _narrowed(name: str, value: str) -> dict[str, Any]:
    return {name: (int(value), int(value)) if name == "year" else (value,)}


def _named(name: str, value: str, texts: Texts) -> str:
    """Return a value with the name of its facet, unless it says that by itself."""
    label = _label(name, value, texts)
    if name in _SPEAKING:
        return label
    return f"{texts.say(f'facet.{name}')}: {label}"


def _label(name: str, value: str, texts: Texts) -> str:
    if name == "organ":
        return texts.organ(Organ(value))
    if name == "session":
        return texts.session(value)
    if name == "kind":
        return texts.say(f"kind.{value}")
    return value
