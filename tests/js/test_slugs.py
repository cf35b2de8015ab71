"""Hits lead to the files that were written: the browser names them as Python does."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
from pathlib import Path
from urllib.parse import unquote

import pytest

from fihris.web.links import Language
from fihris.web.static_site.links import StaticLayout
from fihris.web.static_site.slugs import slug_of

NODE = shutil.which("node")
VECTORS = Path(__file__).parents[1] / "vectors" / "slugs.jsonl"

pytestmark = pytest.mark.skipif(
    NODE is None and "CI" not in os.environ, reason="Node is not installed"
)


def links(places: list[tuple[str, str]]) -> list[str]:
    """Return where the script of the site leads, for addresses and fragments."""
    assert NODE is not None
    done = subprocess.run(
        [NODE, Path(__file__).with_name("slugs.mjs")],
        input="\n".join(map(json.dumps, places)),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_browser_makes_the_slugs_of_the_vectors():
    vectors = [json.loads(line) for line in VECTORS.read_text("utf-8").splitlines()]
    made = links([(address, "") for address, _ in vectors])
    assert made == [f"{slug}.html" for _, slug in vectors]


def test_the_browser_makes_the_slugs_of_any_addresses():
    choose = random.Random(7)
    letters = "AaBbCONnulx09/_.-~!*'()=% قرار+\\:?#é\U0001f600"
    addresses = ["".join(choose.choices(letters, k=choose.randint(1, 300))) for _ in range(500)]
    assert links([(one, "") for one in addresses]) == [f"{slug_of(one)}.html" for one in addresses]


def test_a_paragraph_is_led_to_as_by_the_pages():
    root = StaticLayout().links(Language.ARABIC)
    places = [("A/HRC/RES/94/9", "OP8.c"), ("law", "المادة 1"), ("law", '"><b>'), ("law", "a/b:c")]
    made = [f"r/{unquote(link)}" for link in links(places)]
    assert made == [unquote(root.resolution(*place)) for place in places]
