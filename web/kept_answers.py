"""Answers kept until the next commit: the same address asked again costs no search."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from starlette.responses import Response, StreamingResponse

if TYPE_CHECKING:
    from fihris.web.visits import Visit

#: What an entry costs beside its body: its key, its headers, the objects themselves.
_ENTRY_BYTES = 2_000

_Key = tuple[str, bytes, str]


class KeptAnswers:
    """The answers of one commit, as many as fit into some bytes, the ones asked last.

    ``held_bytes`` is about what they take.

    Not for threads: only the event loop asks it.
    """

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._commit = ""
        self.held_bytes = 0
        self._answers: OrderedDict[_Key, Response] = OrderedDict()

    def get(self, visit: Visit) -> Response | None:
        """Return what was answered to the same address from the same commit, None if nothing."""
        if visit.state.commit != self._commit:
            self._commit = visit.state.commit
            self._answers.clear()
            self.held_bytes = 0
        answer = self._answers.get(_key(visit))
        if answer is not None:
            self._answers.move_to_end(_key(visit))
        return answer

    def put(self, visit: Visit, answer: Response) -> None:
        """Keep *answer*, and let go of the ones that have not been asked for longest."""
        if isinstance(answer, StreamingResponse) or visit.state.commit != self._commit:
            return
        size = _size(answer)
        if size * 4 > self._most_bytes:
            return
        before = self._answers.pop(_key(visit), None)
        self.held_bytes += size - (_size(before) if before else 0)
        self._answers[_key(visit)] = answer
        while self.held_bytes > self._most_bytes:
            _, oldest = self._answers.popitem(last=False)
            self.held_bytes -= _size(oldest)


def _size(answer: Response) -> int:
    return len(answer.body) + _ENTRY_BYTES


def _key(visit: Visit) -> _Key:
    """Return what an answer depends on beside the commit; links may hold the host."""
    scope = visit.request.scope
    return (
        scope["path"],
        scope["query_string"],
        visit.links.absolute(""),
    )
