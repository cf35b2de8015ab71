"""A part of the queries of the vectors, asked in a real browser of files on a plain host."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fihris.web.embedding import write_widget
from fihris.web.shards import write_shards
from scripts.query_vectors import VECTORS, compact_specimens
from scripts.static_browser import fresh_page, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ASK_ALL = """async (queries) => {
    await import("/fihris/fihris-search.js");
    await import("/fihris/fihris-engine.js");
    const { Engine, fetchFrom } = globalThis.fihris.engine;
    const engine = await Engine.open(fetchFrom(new URL("/fihris/", location.href)));
    const answers = [];
    for (const query of queries) {
        const { total, hits } = await engine.search(query, { limit: 20 });
        const strict = hits.filter((hit) => !hit.partial);
        answers.push([total, strict.map(({ address, fragment, sameWording }) =>
            [fragment ? `${address}#${fragment}` : address, sameWording])]);
    }
    return answers;
}"""


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for a plain host, with the specimens' index and the scripts in it."""
    folder = tmp_path_factory.mktemp("host")
    write_shards(compact_specimens(tmp_path_factory.mktemp("index") / "index"), folder / "fihris")
    write_widget(folder / "fihris")
    (folder / "index.html").write_text('<!doctype html><html lang="ar"></html>', "utf-8")
    return folder


def test_a_browser_finds_what_the_server_finds(browser: Browser, host: Path):
    # Every eighth: the classes take turns and are 25, so each has its turn.
    vectors = [json.loads(line) for line in VECTORS.read_text("utf-8").splitlines()[::8]]
    assert len({vector["class"] for vector in vectors}) == 25
    with served(host) as (address, _), fresh_page(browser, address) as page:
        answers = page.evaluate(ASK_ALL, [vector["query"] for vector in vectors])
    for vector, answer in zip(vectors, answers, strict=True):
        hits = [[address, same] for address, _, same, _ in vector["hits"]]
        assert answer == [vector["total"], hits], vector["query"]
