"""The specimens as a collection in JSON Lines, for scripts that measure one."""

from __future__ import annotations

import json
from pathlib import Path

from fihris.index.specimens import specimens_folder

#: So many words of a specimen, whatever it is, make a provision.
_WORDS = 70


def write_collection(path: Path) -> Path:
    """Write the specimens of the Human Rights Council to *path*, a year in each title."""
    with path.open("w", encoding="utf-8") as lines:
        for number, file in enumerate(sorted(specimens_folder().glob("A_HRC_*.txt"))):
            words = file.read_text("utf-8-sig").split()
            texts = [" ".join(words[at : at + _WORDS]) for at in range(0, len(words), _WORDS)]
            record = {
                "id": file.stem,
                "title": f"قرار لسنة {2000 + number}",
                "provisions": [{"ref": str(at), "text": text} for at, text in enumerate(texts)],
            }
            lines.write(json.dumps(record, ensure_ascii=False) + "\n")
    return path
