"""Groups hold what the texts hold: read back from their files they give every word its place."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from fihris.index.analysis import Analyzer
from fihris.index.analysis.tables import TABLES
from fihris.index.reader import open_index
from fihris.index.specimens import specimens_folder
from fihris.index.synchronize import sync
from fihris.web.shards import write_shards
from fihris.web.shards.fieldnorms import field_norm, length_of
from fihris.web.shards.packing import code_units
from fihris.web.shards.units import dependents, read_documents
from tests.web.shards.unpacking import Shards, StoredGroup, numbers, sums


@pytest.fixture(scope="module")
def documents_and_shards(tmp_path_factory):
    folder = tmp_path_factory.mktemp("specimens")
    sync(folder / "index", [specimens_folder()])
    reader = open_index(folder / "index")
    write_shards(reader, folder / "shards")
    return list(read_documents(reader)), Shards(folder / "shards")


@pytest.fixture(scope="module")
def analyzed(documents_and_shards):
    """What the analyzer makes of each unit."""
    analyzer = Analyzer()
    documents, _ = documents_and_shards
    return [
        analyzer.analyze(unit.text, one.record.source_kind)
        for one in documents
        for unit, _ in one.units
    ]


def occurrences(group: StoredGroup) -> list[tuple[int, int, str, int]]:
    """Return unit, position, form, and the stop words right before, of each occurrence."""
    units = sums(numbers(group.streams[0]))
    counts = [count + 1 for count in numbers(group.streams[3])]
    total = sum(counts)
    forms = iter(numbers(group.streams[4]) or [0] * total)
    positions = iter(numbers(group.streams[5]))
    parting = iter(numbers(group.streams[6]) or [0] * total)
    found = []
    for unit, count in zip(units, counts, strict=True):
        position = 0
        for _ in range(count):
            position += next(positions)
            found.append((unit, position, group.forms[next(forms)], next(parting)))
    assert next(positions, None) is None
    return found


def word_groups(shards: Shards) -> dict[str, StoredGroup]:
    groups = shards.groups().items()
    return {key: group for key, group in groups if key[0] not in "=@" and " " not in key}


def test_every_text_can_be_made_again_of_the_postings(documents_and_shards, analyzed):
    texts: list[dict[int, str]] = [{} for _ in analyzed]
    for group in word_groups(documents_and_shards[1]).values():
        for unit, position, form, _ in occurrences(group):
            assert position not in texts[unit]
            texts[unit][position] = form
    made = [" ".join(text[at] for at in range(len(text))) for text in texts]
    assert made == [one.exact for one in analyzed]


def test_a_content_word_knows_how_many_stop_words_stand_before_it(documents_and_shards, analyzed):
    for key, group in word_groups(documents_and_shards[1]).items():
        for unit, position, _, parting in occurrences(group):
            if key.startswith("!"):
                continue
            before = analyzed[unit].exact.split()[:position]
            run = 0
            while run < len(before) and before[-1 - run] in TABLES.stop_words:
                run += 1
            assert parting == run


def test_all_forms_of_a_stem_are_in_its_group_and_stop_words_in_their_own(documents_and_shards):
    analyzer = Analyzer()
    for key, group in word_groups(documents_and_shards[1]).items():
        assert group.forms == sorted(group.forms)
        for form in group.forms:
            is_stop_word = form in TABLES.stop_words
            assert key == (f"!{form}" if is_stop_word else analyzer.word_forms(form).stem)


def test_norms_are_those_of_the_lengths(documents_and_shards, analyzed):
    for key, group in word_groups(documents_and_shards[1]).items():
        units = sums(numbers(group.streams[0]))
        exact = [field_norm(len(analyzed[unit].exact.split())) for unit in units]
        assert [*group.streams[1]] == exact
        if not key.startswith("!"):
            expected = [field_norm(length_of(norm) * 199 >> 8) for norm in exact]
            surprises = zip(expected, group.streams[2], strict=True)
            stems = [field_norm(len(analyzed[unit].stem.split())) for unit in units]
            assert [(norm + surprise) & 255 for norm, surprise in surprises] == stems


def test_totals_are_those_of_all_texts(documents_and_shards, analyzed):
    _, shards = documents_and_shards
    counted = [
        sum(len(getattr(one, name).split()) for one in analyzed)
        for name in ("exact", "stem", "alias")
    ]
    assert shards.root["totals"] == [len(analyzed), *counted]


def test_groups_lend_what_titles_and_chapeaux_lend(documents_and_shards):
    documents, shards = documents_and_shards
    lent = {unit: others for one in documents for unit, others in dependents(one).items()}
    for key, group in word_groups(shards).items():
        units = sums(numbers(group.streams[0]))
        found: dict[int, list[int]] = {}
        rest = iter(numbers(group.streams[7]))
        at = -1
        for skipped in rest:
            at += skipped + 1
            end = units[at]
            for _ in range(next(rest)):
                start = end + next(rest)
                end = start + next(rest)
                found.setdefault(units[at], []).extend(range(start, end))
        lends = {} if key.startswith("!") else {u: lent[u] for u in units if u in lent}
        assert found == lends


def test_two_stop_words_side_by_side_have_a_group_of_all_their_places(
    documents_and_shards, analyzed
):
    groups = documents_and_shards[1].groups()
    wanted: dict[str, list[tuple[int, int]]] = {}
    for unit, one in enumerate(analyzed):
        words = one.exact.split()
        for position, (first, second) in enumerate(pairwise(words)):
            if {first, second} <= TABLES.stop_words:
                wanted.setdefault(f"!{first} {second}", []).append((unit, position))
    pairs = {key: group for key, group in groups.items() if key[0] == "!" and " " in key}
    assert pairs.keys() == wanted.keys()
    assert len(pairs) > 10
    for key, group in pairs.items():
        places = [(unit, at) for unit, at, *_ in occurrences(group._replace(forms=["pair"]))]
        assert places == wanted[key]
        each = [len(numbers(groups[f"!{word}"].streams[0])) for word in key[1:].split(" ")]
        assert numbers(group.streams[2]) == each
        exact = [len(analyzed[unit].exact.split()) for unit in sums(numbers(group.streams[0]))]
        assert [*group.streams[1]] == [*map(field_norm, exact)]


def test_second_readings_and_symbols_have_groups(documents_and_shards, analyzed):
    documents, shards = documents_and_shards
    groups = shards.groups()
    aliases = Counter(alias for one in analyzed for alias in {*one.alias.split()})
    stored = {key[1:]: len(numbers(one.streams[0])) for key, one in groups.items() if key[0] == "="}
    assert stored == aliases
    for document in documents:
        for symbol in document.symbols:
            assert document.first in sums(numbers(groups[f"@{symbol.lower()}"].streams[0]))


def test_keys_are_in_the_order_in_which_files_are_looked_up(documents_and_shards):
    keys = list(documents_and_shards[1].groups())
    assert keys == sorted(keys, key=code_units)
