"""The pages of a site: which files they are, and the address of each as seen from the site's root.

Links are not followed, neither to folders nor to files: what a site shows twice is indexed once, no
circle is walked, and nothing outside the folder is read.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from fihris.index.errors import SourceUnreadable
from fihris.index.sources.files import Form, form_of, unreadable
from fihris.index.sources.refusal import Refusal

# At the root of a site: what is shown in the place of a page that was not found.
_NOT_FOUND = "404.html"
# What ends or changes a path in an address, or may not stand in one.
_UNSAFE_IN_PATHS = re.compile(r'[\x00-\x20"#%:<>?[\\\]^`{|}\x7f\udc80-\udcff]')


class SitePage(NamedTuple):
    """A page of a site: its file, and its ``address`` as :func:`page_address` writes it."""

    path: Path
    address: str


def find_pages(site: Path, output: Path) -> Iterator[SitePage | Refusal]:
    """Yield the pages under *site* in the order of their addresses, and what cannot be read.

    Hidden names are left out, as is *output*, where the index goes, and the page for addresses
    that lead nowhere.
    """
    closed: list[OSError] = []
    for parent, folders, names in os.walk(site, onerror=closed.append):
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and Path(parent, name) != output
        )
        for name in sorted(names):
            path = Path(parent, name)
            if name.startswith(".") or form_of(path) is not Form.HTML:
                continue
            if path == site / _NOT_FOUND:
                continue
            try:
                kind = path.lstat().st_mode
            except OSError as error:  # it went while the folder was being read
                closed.append(error)
                continue
            if stat.S_ISREG(kind):
                yield SitePage(path, page_address(path.relative_to(site)))
            elif not stat.S_ISLNK(kind):
                remedy = "Save its content as a file."
                yield Refusal.of(SourceUnreadable(path, "is not a regular file.", remedy))
    for fault in closed:
        yield Refusal.of(unreadable(Path(fault.filename), fault))


def page_address(path: Path) -> str:
    r"""Return the address of the page at *path*, relative to the root of its site.

    It is an IRI reference (RFC 3987): letters of any script stand as they are, and what an address
    cannot hold is written with percent signs. A name that is no text gives its very bytes.

    >>> page_address(Path("دليل/صفحة 1.html")), page_address(Path("100%/a#b.htm"))
    ('دليل/صفحة%201.html', '100%25/a%23b.htm')
    """
    return _UNSAFE_IN_PATHS.sub(_percent, path.as_posix())


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "surrogateescape"))
