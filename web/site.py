"""What the requests of one worker share: settings, the index, assets, and the answers kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from fihris.web.assets import Assets, shipped_assets
from fihris.web.kept_answers import KeptAnswers
from fihris.web.live_index import LiveIndex
from fihris.web.settings import ServeSettings

_ROOM = Path(__file__).parent
# What takes seconds goes on beside the rest, and not all at once.
_THREADS = 2
_SHOWN = ("*.py", "**/*.html", "**/*.json", "**/*.xml")


class Site:
    """One site in one process. ``base`` is scheme and host as configured, empty when not.

    ``build`` is a checksum of the program's own part in every answer, so that a new version makes
    clients forget what the old one said.
    """

    def __init__(self, settings: ServeSettings) -> None:
        self.settings = settings
        self.index = LiveIndex(settings.index)
        self.assets: Assets = shipped_assets()
        self.kept = KeptAnswers(settings.cache_bytes)
        self.threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="fihris")
        public = urlsplit(settings.public_url or "")
        self.base = f"{public.scheme}://{public.netloc}" if public.netloc else ""
        self.build = _build()


def _build() -> str:
    """Return the checksum of what answers are made with; some tenths of a millisecond."""
    checksum = sha256()
    for pattern in _SHOWN:
        for path in sorted(_ROOM.glob(pattern)):
            status = path.stat()
            checksum.update(f"{path.name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return checksum.hexdigest()[:8]
