"""The page on operations explains every error that can be met, and every file of an index."""

import re
from pathlib import Path

from fihris.index import errors, sync
from fihris.index.specimens import specimens_folder

PAGE = (Path(__file__).resolve().parents[1] / "docs" / "operations.md").read_text(encoding="utf-8")


def leaves(kind: type[errors.FihrisError]) -> set[str]:
    """Return the names of the classes below *kind* that have none below themselves."""
    below = kind.__subclasses__()
    return set().union(*(leaves(one) for one in below)) if below else {kind.__name__}


def explained() -> set[str]:
    return set(re.findall(r"^\| `(\w+)` \| [^|]+ \| [^|]+ \|$", PAGE, re.MULTILINE))


def test_every_error_is_explained_with_what_to_do():
    assert leaves(errors.FihrisError) == explained()


def test_every_file_of_an_index_is_named(tmp_path):
    sync(tmp_path / "index", [specimens_folder()])
    table = PAGE.split("## What lies in the folder")[1].split("##")[0]
    for path in (tmp_path / "index").iterdir():
        of_segment = re.fullmatch(r"[0-9a-f]{32}(\.\w+)", path.name)
        lock = re.fullmatch(r"\.tantivy-\w+\.lock", path.name)
        assert of_segment or lock or f"`{path.name}`" in table, path.name
