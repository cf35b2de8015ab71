"""Slugs: read back into their addresses, told apart by any file system, safe on all of them."""

from __future__ import annotations

import json
import re
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from fihris.web.static_site.slugs import address_of, slug_of

VECTORS = Path(__file__).parents[2] / "vectors" / "slugs.jsonl"
# Devices of Windows, which stand for themselves whatever suffix follows.
DEVICES = {"con", "prn", "aux", "nul"} | {
    f"{port}{n}" for port in ("com", "lpt") for n in range(10)
}

addresses = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=500)


@given(addresses)
@example("CON")
@example("nul")
@example("..")
@example("ق" * 500)
def test_a_slug_is_read_back_whatever_became_of_its_case(address):
    slug = slug_of(address)
    assert {address_of(one) for one in (slug, slug.lower(), slug.upper(), slug.casefold())} == {
        address
    }


@given(addresses)
@example("COM1")
@example("/_")
@example("a" * 500)
def test_each_piece_of_a_slug_is_a_name_on_every_file_system(address):
    for piece in slug_of(address).split("/"):
        assert re.fullmatch(r"[A-Za-z0-9!=()_-]{1,122}", piece)
        assert piece.lower() not in DEVICES
        assert piece[0] != "_"


@given(addresses)
def test_a_browser_leaves_a_slug_as_it_is(address):
    from urllib.parse import urljoin, urlsplit

    link = urljoin("https://example.org/a/", f"{slug_of(address)}.html")
    assert link == f"https://example.org/a/{slug_of(address)}.html"
    assert urlsplit(link).query == urlsplit(link).fragment == ""


def test_the_vectors_hold():
    vectors = [json.loads(line) for line in VECTORS.read_text("utf-8").splitlines()]
    assert len(vectors) >= 40
    for address, slug in vectors:
        assert slug_of(address) == slug
        assert address_of(slug) == address
