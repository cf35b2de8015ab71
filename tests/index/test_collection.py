"""A collection is read line by line; a bad line is refused, and the next one is read."""

import gzip
import json
import lzma
import re
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fihris.index.errors import SourceMalformed
from fihris.index.sources import (
    CollectionRecord,
    RawDocument,
    Refusal,
    SourceFile,
    find_sources,
    parse_record,
    read_lines,
    resolution_of,
)
from fihris.index.sources import collection as collection_reader
from fihris.index.sources.entries import whole_file

DOCUMENT = {"id": "law-1", "title": "قانون", "provisions": [{"ref": "art1", "text": "نص"}]}


def read(path: Path) -> list[CollectionRecord | Refusal]:
    (file,) = find_sources([path])
    assert isinstance(file, SourceFile)
    records: list[CollectionRecord | Refusal] = []
    for line in read_lines(whole_file(file)):
        if isinstance(line, Refusal):
            records.append(line)
            continue
        try:
            records.append(parse_record(line))
        except SourceMalformed as error:
            records.append(Refusal.of(error))
    return records


def read_line(tmp_path: Path, line: str | bytes) -> CollectionRecord | Refusal:
    path = tmp_path / "one.jsonl"
    path.write_bytes(line if isinstance(line, bytes) else line.encode())
    (record,) = read(path)
    return record


def changed(**entries: object) -> str:
    return json.dumps({**DOCUMENT, **entries}, ensure_ascii=False)


def test_a_bad_line_is_refused_with_its_number_and_the_rest_is_read(tmp_path: Path):
    path = tmp_path / "laws.jsonl"
    path.write_text(f"{changed(id='a')}\n{{broken\n\n{changed(id='b')}\n", "utf-8")
    first, refused, last = read(path)
    assert isinstance(first, CollectionRecord)
    assert isinstance(refused, Refusal)
    assert (refused.path, refused.line) == (path.resolve(), 2)
    assert "not valid JSON" in refused.reason
    assert isinstance(last, CollectionRecord)
    assert (first.id, last.id) == ("a", "b")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('["a"', "is not valid JSON|one JSON array"),
        ('"text"', "no object"),
        (changed(id=None), '"id"'),
        (changed(id=True), '"id"'),
        (changed(id=" "), '"id" is empty'),
        (changed(id="a\nb"), '"id" holds a line break'),
        (changed(id="x" * 501), '"id" has 501 characters'),
        (json.dumps({**DOCUMENT, "id": "\ud800"}), '"id" holds'),
        (changed(title=5), '"title" is no text'),
        (changed(provisions=None), '"provisions"'),
        (changed(provisions={}), '"provisions"'),
        (changed(provisions=["نص"]), "provision 1 is no object"),
        (changed(provisions=[{"ref": [], "text": "نص"}]), 'provision 1: "ref" is no text'),
        (changed(provisions=[{"text": 1}]), 'provision 1: "text" is no text'),
        (changed(title=" ", provisions=[{"text": " "}]), "neither a title nor a provision"),
        ("[" * 100_000, "."),
        ('{"id": ' + "9" * 5000 + "}", "not valid JSON"),
        (b'{"id": "\xff"}', "not valid UTF-8"),
    ],
)
def test_a_line_that_breaks_the_schema_is_refused_with_the_reason(tmp_path: Path, line, reason):
    refusal = read_line(tmp_path, line)
    assert isinstance(refusal, Refusal)
    assert re.search(reason, refusal.reason)


def test_deep_nesting_is_refused_like_any_other_fault(tmp_path: Path):
    refusal = read_line(tmp_path, '{"id": ' + "[" * 200_000)
    assert isinstance(refusal, Refusal)


def test_a_whole_number_may_be_an_id_a_ref_and_a_date(tmp_path: Path):
    record = read_line(tmp_path, changed(id=3745, date=1993, provisions=[{"ref": 1, "text": "نص"}]))
    assert isinstance(record, CollectionRecord)
    assert (record.id, record.date, record.provisions[0].ref) == ("3745", "1993", "1")


def test_unknown_keys_are_ignored_and_a_byte_order_mark_is_dropped(tmp_path: Path):
    line = b"\xef\xbb\xbf" + changed(colour="أخضر").encode() + b"\r\n"
    assert isinstance(read_line(tmp_path, line), CollectionRecord)


def test_half_a_surrogate_pair_in_a_text_is_replaced_with_a_warning(tmp_path: Path):
    line = json.dumps({**DOCUMENT, "title": "أ \ud800 ب"})
    record = read_line(tmp_path, line)
    assert isinstance(record, CollectionRecord)
    assert record.title == "أ \ufffd ب"
    assert any("surrogate" in warning for warning in record.warnings)


def test_blank_provisions_are_left_out_with_a_warning(tmp_path: Path):
    record = read_line(tmp_path, changed(provisions=[{"text": "\n"}, {"ref": "2", "text": "نص"}]))
    assert isinstance(record, CollectionRecord)
    assert [provision.ref for provision in record.provisions] == ["2"]
    assert record.warnings


def test_the_checksum_of_a_line_does_not_depend_on_its_end(tmp_path: Path):
    checksums = []
    for end in ("\n", "\r\n", ""):
        path = tmp_path / "a.jsonl"
        path.write_bytes((changed() + end).encode())
        (file,) = find_sources([path])
        assert isinstance(file, SourceFile)
        (line,) = read_lines(whole_file(file))
        assert isinstance(line, RawDocument)
        checksums.append(line.sha256)
    assert len(set(checksums)) == 1


@pytest.mark.parametrize(("suffix", "pack"), [(".xz", lzma.compress), (".gz", gzip.compress)])
def test_a_truncated_file_gives_what_comes_before_the_damage(tmp_path: Path, suffix, pack):
    # Noise in the ids, so that the packed file is cut inside a line and not before the first.
    noise = Random(46)
    lines = "".join(changed(id=f"{n}-{noise.random()}") + "\n" for n in range(20_000))
    path = tmp_path / f"laws.jsonl{suffix}"
    packed = pack(lines.encode())
    path.write_bytes(packed[: len(packed) // 2])
    *intact, refusal = read(path)
    assert intact
    assert all(isinstance(record, CollectionRecord) for record in intact)
    assert isinstance(refusal, Refusal)
    assert refusal.line == len(intact) + 1
    assert "cannot be unpacked" in refusal.reason


def test_what_is_packed_by_name_only_is_refused(tmp_path: Path):
    for suffix in (".xz", ".gz"):
        path = tmp_path / f"a.jsonl{suffix}"
        path.write_text(changed(), "utf-8")
        (refusal,) = read(path)
        assert isinstance(refusal, Refusal)


def test_a_json_array_is_refused_as_a_whole(tmp_path: Path):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps([DOCUMENT] * 3, indent=1), "utf-8")
    (refusal,) = read(path)
    assert isinstance(refusal, Refusal)
    assert refusal.line is None
    assert "array" in refusal.reason


def test_an_object_over_several_lines_is_refused_once(tmp_path: Path):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(DOCUMENT, indent=1), "utf-8")
    (refusal,) = read(path)
    assert isinstance(refusal, Refusal)
    assert refusal.line is None
    assert "several lines" in refusal.reason


def test_utf16_is_refused_as_a_whole(tmp_path: Path):
    path = tmp_path / "a.jsonl"
    path.write_text(f"{changed()}\n{changed()}\n", "utf-16")
    (refusal,) = read(path)
    assert isinstance(refusal, Refusal)
    assert "UTF-16" in refusal.reason


def test_a_line_too_long_to_be_held_is_refused_and_the_next_is_read(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(collection_reader, "MAX_LINE_BYTES", 500)
    path = tmp_path / "a.jsonl"
    path.write_text(f"{changed(title='x' * 1200)}\n{changed()}\n", "utf-8")
    refusal, record = read(path)
    assert isinstance(refusal, Refusal)
    assert refusal.line == 1
    assert isinstance(record, CollectionRecord)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary())
def test_any_bytes_are_read_or_refused(tmp_path: Path, content):
    path = tmp_path / "any.jsonl"
    path.write_bytes(content)
    for record in read(path):
        assert isinstance(record, CollectionRecord | Refusal)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(alphabet="a#\n\ud800ا \0"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)
_LIKE_A_DOCUMENT = st.fixed_dictionaries(
    {},
    optional={
        "id": st.text(alphabet="a#/ ا") | _JSON,
        "title": st.text(alphabet="لسنة 1993\ud800") | _JSON,
        "date": st.text(alphabet="0123-") | _JSON,
        "organ": st.sampled_from(["HRC", "hrc", "?"]) | _JSON,
        "session": st.sampled_from(["46", "S-30", "?"]) | _JSON,
        "symbol": st.text(alphabet="A/1#\n") | _JSON,
        "provisions": st.lists(
            st.fixed_dictionaries(
                {}, optional={"ref": st.text(alphabet="a#1~.2 ") | _JSON, "text": st.text()}
            ),
            max_size=6,
        )
        | _JSON,
    },
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_LIKE_A_DOCUMENT)
def test_whatever_is_accepted_has_unique_addresses_and_texts_that_can_be_written(
    tmp_path: Path, entries
):
    record = read_line(tmp_path, json.dumps(entries))
    if isinstance(record, Refusal):
        return
    document = resolution_of(record)
    fragments = [paragraph.fragment for paragraph in document.paragraphs]
    assert len(set(fragments)) == len(fragments)
    assert document.address.encode()
    for paragraph in document.paragraphs:
        assert paragraph.text.encode()
        assert paragraph.fragment.encode() or paragraph is document.paragraphs[0]
