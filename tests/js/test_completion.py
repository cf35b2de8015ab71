"""The browser completes words as the server does, as far as it can: by the words themselves."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from fihris.index import sync
from fihris.index.analysis import Analyzer, fold
from fihris.index.reader import open_index
from fihris.index.specimens import specimens_folder
from fihris.search.completion import CompletionKind, complete
from fihris.search.vocabulary import Vocabulary
from fihris.web.shards import write_shards

NODE = shutil.which("node")
SHOWN = 8


@pytest.fixture(scope="module")
def specimens(tmp_path_factory):
    folder = tmp_path_factory.mktemp("completion")
    assert not sync(folder / "index", [specimens_folder()]).refused
    write_shards(open_index(folder / "index"), folder / "shards")
    return folder


def browser_completions(folder: Path, texts: list[str]) -> list[list[str]]:
    assert NODE is not None
    (folder / "texts").write_text("\n".join(texts), encoding="utf-8")
    program = Path(__file__).with_name("completions.mjs")
    done = subprocess.run(
        [NODE, program, folder / "shards", folder / "texts", str(SHOWN)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


pytestmark = pytest.mark.skipif(
    NODE is None and "CI" not in os.environ, reason="Node is not installed"
)


def test_beginnings_become_the_same_words_in_the_same_order(specimens):
    """Of a hundred beginnings two may differ.

    The server reads the 48 commonest forms of each, and articles have more; and it takes a letter
    behind a clitic for another clitic where the files of words know better (the ب of وبيعها).
    """
    reader = open_index(specimens / "index")
    known = Vocabulary(reader, reader.searcher(), Analyzer()).beginning_with("", 100_000)
    chosen = random.Random(8).sample(sorted(word for word, _ in known if word.isalpha()), 300)
    beginnings = sorted({word[:length] for word in chosen for length in (2, 3, 4)})
    beginnings = [beginning for beginning in beginnings if len(beginning) > 1]
    browser = browser_completions(specimens, beginnings)
    different = []
    for beginning, words in zip(beginnings, browser, strict=True):
        answer = complete(reader, beginning, SHOWN + 3)  # three may be titles
        server = [one.text for one in answer if one.kind is CompletionKind.WORD][:SHOWN]
        if [fold(one).text for one in words] != [fold(one).text for one in server]:
            different.append((beginning, words, server))
    assert len(different) <= len(beginnings) / 50, different


def test_words_are_spelled_as_most_texts_spell_them(specimens):
    [words] = browser_completions(specimens, ["الانسا"])
    assert words[0] == "الإنسان"


@pytest.mark.parametrize(
    ("text", "completed"),
    [
        ('"المياه المأم', '"المياه المأمونة'),
        ("-المأم", "-المأمونة"),
        ("title:المشردي", "title:المشردين"),
        ("عنوان:«المشردي", "عنوان:«المشردين"),
        ("والمأم", "مأمونة"),  # no text has it with the conjunction, as the server says too
    ],
)
def test_what_stands_before_the_word_stays(specimens, text, completed):
    assert browser_completions(specimens, [text])[0][0] == completed


@pytest.mark.parametrize(
    "text",
    [
        "",
        "م",
        "المياه ",
        "organ:HR",
        "هيئة:المأم",
        "other:المأم",
        "المأم*",
        "91/4",
        "كلمةلاوجودلها",
    ],
)
def test_what_is_no_word_of_the_texts_becomes_nothing(specimens, text):
    assert browser_completions(specimens, [text]) == [[]]
