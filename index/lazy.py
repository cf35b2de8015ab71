"""Names that a package exports, each imported from its module when it is first asked for.

A person at a terminal waits for every import, so a package does not import what a command may not
need. The way is that of PEP 562.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def import_when_asked(package: str, modules: Mapping[str, str]) -> Callable[[str], Any]:
    """Return the ``__getattr__`` of *package*, whose exported names live in *modules*.

    >>> import_when_asked("fihris.index", {"Tally": "report"})("Tally").__module__
    'fihris.index.report'
    """

    def find(name: str) -> Any:
        if name not in modules:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        found = getattr(import_module(f"{package}.{modules[name]}"), name)
        setattr(sys.modules[package], name, found)  # it is asked for once only
        return found

    return find
