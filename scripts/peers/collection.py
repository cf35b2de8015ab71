"""A test collection in TREC form: passages, questions in one or more spellings, judgements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

#: For each query id, the ids of the passages found, best first.
Run = Mapping[str, Sequence[str]]


class CollectionMalformed(Exception):
    """A folder that is not a test collection; the message says where and what was expected."""


class PeerUnavailable(Exception):
    """A peer cannot run here; the message says why and what would make it run."""


@dataclass(frozen=True, slots=True)
class QuerySet:
    """The questions of one file. ``name`` is its file's name without ``.tsv``: ``queries.n1``."""

    name: str
    queries: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Collection:
    """A folder that holds ``docs.tsv``, ``queries*.tsv`` and ``qrels.txt``.

    ``judgements`` give for each query id the grade of each judged passage (0: not relevant).
    """

    name: str
    passages: Mapping[str, str]
    query_sets: tuple[QuerySet, ...]
    judgements: Mapping[str, Mapping[str, int]]


def read_collection(folder: Path, only: Sequence[str] = ()) -> Collection:
    """Return the collection in *folder*, with all its query files or with those named in *only*.

    Raises :class:`CollectionMalformed` when a file is missing or a line cannot be read.
    """
    names = list(only) or sorted(path.name for path in folder.glob("queries*.tsv"))
    if not names:
        raise CollectionMalformed(
            f"{folder}: no queries*.tsv; expected docs.tsv, queries.tsv, qrels.txt."
        )
    query_sets = [QuerySet(name.removesuffix(".tsv"), _read_pairs(folder / name)) for name in names]
    return Collection(
        name=folder.resolve().name,
        passages=_read_pairs(folder / "docs.tsv"),
        # "queries" is a prefix of "queries.n1", so the clean questions come first.
        query_sets=tuple(sorted(query_sets, key=lambda query_set: query_set.name)),
        judgements=_read_judgements(folder / "qrels.txt"),
    )


def _read_lines(path: Path) -> list[str]:
    try:
        # Not splitlines(): a passage may hold U+2028 or U+0085, which do not end a record.
        return path.read_text(encoding="utf-8-sig").rstrip("\n").split("\n")
    except FileNotFoundError:
        raise CollectionMalformed(f"{path}: no such file; a collection needs it.") from None
    except UnicodeDecodeError as error:
        raise CollectionMalformed(f"{path}: not UTF-8 ({error.reason}).") from None


def _read_pairs(path: Path) -> dict[str, str]:
    pairs = {}
    for number, line in enumerate(_read_lines(path), start=1):
        key, tab, text = line.rstrip("\r").partition("\t")
        if not key or not tab:
            raise CollectionMalformed(f"{path}:{number}: expected an id, a tab and a text.")
        if key in pairs:
            raise CollectionMalformed(f"{path}:{number}: the id {key!r} stands twice.")
        pairs[key] = text.replace("\t", " ").replace("\r", " ")
    return pairs


def _read_judgements(path: Path) -> dict[str, dict[str, int]]:
    judgements: dict[str, dict[str, int]] = {}
    for number, line in enumerate(_read_lines(path), start=1):
        try:
            query, _, passage, grade = line.split()
            judgements.setdefault(query, {})[passage] = int(grade)
        except ValueError:
            raise CollectionMalformed(
                f"{path}:{number}: expected a query id, 0, a passage id and a whole number."
            ) from None
    return judgements
