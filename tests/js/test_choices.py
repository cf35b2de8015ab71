"""The menus of the widget call organs, kinds and sessions what the pages call them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from fihris.index.resolution import Organ, ParagraphKind
from fihris.web.links import Language
from fihris.web.texts import texts_in

STATIC = Path(__file__).resolve().parents[2] / "web" / "static"
NODE = shutil.which("node")
#: Kinds that no search finds.
NEVER_FOUND = {ParagraphKind.ENACTING, ParagraphKind.META, ParagraphKind.VOTE}


@pytest.mark.skipif(NODE is None and "CI" not in os.environ, reason="Node is not installed")
@pytest.mark.parametrize("language", list(Language))
def test_the_names_are_those_of_the_pages(language):
    assert NODE is not None
    program = (
        f'import {{ NAMES }} from "{(STATIC / "widget" / "choices.js").as_uri()}";'
        f"console.log(JSON.stringify(NAMES[{json.dumps(language.value)}]));"
    )
    done = subprocess.run(
        [NODE, "--input-type=module", "-e", program],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    texts = texts_in(language)
    expected = {organ.value: texts.organ(organ) for organ in Organ}
    expected |= {
        kind.value: texts.say(f"kind.{kind}") for kind in ParagraphKind if kind not in NEVER_FOUND
    }
    expected |= {
        session: texts.session(f"{session}-7" if session else "7").replace("7", "{number}")
        for session in ("", "S", "ES")
    }
    names = json.loads(done.stdout)
    assert names == expected
    kinds = [kind.value for kind in ParagraphKind if kind not in NEVER_FOUND]
    assert [name for name in names if name in kinds] == kinds
