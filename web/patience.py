"""How long a connection waits for its client: for the headers, and for the answer to be taken.

uvicorn itself ends a connection that is idle between two requests. One that sends its first request
a byte a minute, or never reads what it was sent, would be kept for good.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle


class PatientProtocol(H11Protocol):
    """HTTP/1.1 by h11, whose own limits bound the size of headers, with time limits beside them.

    It waits as long for headers, and for an answer to be taken, as for another request.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._deadline: asyncio.TimerHandle | None = None
        self._unread: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Take *data*, and wait for the rest when it is only the beginning of a request."""
        super().data_received(data)
        answered: RequestResponseCycle | None = self.cycle  # None before the first request
        if answered is not None and not answered.response_complete:
            self._wait_no_more()
        elif self._deadline is None and not self.transport.is_closing():
            self._wait()

    def on_response_complete(self) -> None:
        """Begin to wait for the next request, which uvicorn's own timer bounds."""
        super().on_response_complete()
        if self.conn.trailing_data[0] and self._deadline is None:
            self._wait()  # what follows has begun already

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._wait_no_more()
        self._taken()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Begin to wait until the client takes some of what has piled up for it."""
        super().pause_writing()
        self._taken()
        self._unread = self.loop.call_later(self.timeout_keep_alive, self.transport.abort)

    def resume_writing(self) -> None:
        """Go on: the client has taken some."""
        super().resume_writing()
        self._taken()

    def timeout_keep_alive_handler(self) -> None:
        """End an idle connection, even one whose client does not take what is left for it."""
        super().timeout_keep_alive_handler()
        self.loop.call_later(self.timeout_keep_alive, self.transport.abort)

    def _taken(self) -> None:
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None

    def _wait(self) -> None:
        self._deadline = self.loop.call_later(self.timeout_keep_alive, self._give_up)

    def _wait_no_more(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _give_up(self) -> None:
        self._deadline = None
        self.transport.abort()
