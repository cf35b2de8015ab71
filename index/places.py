"""Where an index lives when nobody says otherwise."""

from __future__ import annotations

from pathlib import Path

#: The environment variable that names the folder of the index.
INDEX_VARIABLE = "FIHRIS_INDEX"


def default_index_folder() -> Path:
    """Return the folder for the index by the conventions of the platform."""
    from platformdirs import user_data_path

    return user_data_path("fihris", appauthor=False) / "index"
