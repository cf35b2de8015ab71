"""Small collections of laws, and the shards of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from fihris.index.reader import IndexReader, open_index
from fihris.index.synchronize import sync


@pytest.fixture
def index_of(tmp_path: Path) -> Callable[..., IndexReader]:
    """Make an index of laws, each named and given as the texts of its articles."""

    def make(**laws: Sequence[str]) -> IndexReader:
        folder = tmp_path / f"index{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        documents = (
            {
                "id": name,
                "title": f"قانون {name}",
                "provisions": [
                    {"ref": f"art{number}", "text": text}
                    for number, text in enumerate(texts, start=1)
                ],
            }
            for name, texts in laws.items()
        )
        lines = [json.dumps(document, ensure_ascii=False) for document in documents]
        (folder / "laws.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
        sync(folder / "index", [folder / "laws.jsonl"])
        return open_index(folder / "index")

    return make
