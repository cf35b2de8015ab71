"""Translation memories become documents again, whatever their size."""

import gzip
import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fihris.index.errors import SourceMalformed
from fihris.index.parser import parse_source
from fihris.index.resolution import ParagraphKind, SourceKind
from fihris.index.sources import tmx
from fihris.index.sources.blocks import Mark
from fihris.index.sources.entries import whole_file
from fihris.index.sources.files import Form, SourceFile
from fihris.index.sources.raw import RawDocument
from fihris.index.sources.refusal import Refusal
from fihris.index.sources.tmx import RUN_OF_SEGMENTS, read_tmx, tmx_documents

HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">'
)
HEADER = '<header srclang="EN" datatype="plaintext"/>'

SEGMENTS = [
    "القرار 95/31 اتخذ في الجلسة العامة 64، المعقودة في 9 كانون الأول/ديسمبر 2040، دون تصويت",
    "95/31 - صون بحيرة السرو",
    "إن الجمعية العامة،",
    (
        '<hi type="lead">إذ تشير</hi> إلى العهد الخاص(<sub type="fnote">[1]) '
        "القرار 217 ألف (د - 3).</sub>)، وإلى غيره،"
    ),
    '1 - <hi type="lead">تحث</hi> الدول<ph x="1">{\\b}</ph> على صون البحيرة؛',
    "2 - تقرر إبقاء المسألة قيد النظر.",
]


def unit(name: str, text: str, language: str = "AR") -> str:
    tuid = f' tuid="{name}"' if name else ""
    return (
        f'<tu{tuid}><prop type="lead">x</prop><tuv xml:lang="EN"><seg>English</seg></tuv>'
        f'<tuv xml:lang="{language}"><seg>{text}</seg></tuv></tu>'
    )


def memory(*units: str) -> str:
    return f"{HEAD}{HEADER}<body>{''.join(units)}</body></tmx>"


@pytest.fixture
def documents(tmp_path):
    def find(content: str | bytes, name: str = "memory.tmx") -> list[RawDocument | Refusal]:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        file = SourceFile(path, name, Form.TMX, path.stat().st_size, 0)
        return list(tmx_documents(whole_file(file)))

    return find


def texts(raw):
    return [block.text for block in read_tmx(raw).blocks]


def test_the_resolutions_of_a_memory_are_told_apart(documents):
    first = [unit(f"95_31:{place}", text) for place, text in enumerate(SEGMENTS, 1)]
    found = documents(memory(*first, unit("95_32:1", "قرار آخر"), unit("95_31:7", "عودة")))
    assert [raw.member for raw in found] == ["95_31", "95_32", "95_31~2"]
    assert found[0].name == "memory.tmx/95_31"
    assert len({raw.sha256 for raw in found}) == 3
    assert all(raw.form is Form.TMX for raw in found)


def test_a_document_of_a_memory_is_parsed_like_any_other(documents):
    (raw,) = documents(
        memory(*(unit(f"95_31:{place}", text) for place, text in enumerate(SEGMENTS, 1)))
    )
    source = read_tmx(raw)
    assert source.kind is SourceKind.TMX
    assert source.running_heads == ("A/RES/95/31",)
    assert source.blocks[3].text == "إذ تشير إلى العهد الخاص، وإلى غيره،"
    assert source.blocks[3].marks == (Mark(source.blocks[3].text.index("،"), 1),)
    assert [(note.number, note.text) for note in source.notes] == [(1, "القرار 217 ألف (د - 3).")]
    assert source.blocks[4].text == "1 - تحث الدول على صون البحيرة؛"
    document = parse_source(source, fallback_address=raw.name)
    assert document.symbol == "A/RES/95/31"
    assert document.adopted_on is not None and document.adopted_on.year == 2040
    kinds = [paragraph.kind for paragraph in document.paragraphs]
    assert kinds.count(ParagraphKind.OPERATIVE) == 2
    assert kinds.count(ParagraphKind.PREAMBULAR) == 1


@pytest.mark.parametrize("language", ["AR", "ar", "ar-SA", "AR_EG", "ara"])
def test_the_arabic_side_is_found_under_any_code_of_the_language(documents, language):
    (raw,) = documents(memory(unit("95_31:1", "قرار", language)))
    assert texts(raw) == ["قرار"]


def test_a_memory_that_names_no_documents_is_read_in_runs(documents):
    units = [unit("", f"جملة {place}") for place in range(RUN_OF_SEGMENTS + 1)]
    found = documents(memory(*units))
    assert [raw.member for raw in found] == ["1-2000", "2001-4000"]
    assert [len(texts(raw)) for raw in found] == [RUN_OF_SEGMENTS, 1]


def test_a_memory_may_name_its_documents_in_a_property(documents):
    named = '<tu><prop type="x-document">تقرير</prop><tuv xml:lang="ar"><seg>نص</seg></tuv></tu>'
    (raw,) = documents(memory(named))
    assert (raw.member, texts(raw)) == ("تقرير", ["نص"])


def test_a_packed_memory_is_read(documents):
    content = gzip.compress(memory(unit("95_31:1", "قرار")).encode())
    (raw,) = documents(content, "memory.tmx.gz")
    assert texts(raw) == ["قرار"]


def test_an_unchanged_document_keeps_its_checksum_when_the_memory_grows(documents):
    (before,) = documents(memory(unit("95_31:1", "قرار")))
    after = documents(memory(unit("95_30:1", "سابق"), unit("95_31:1", "قرار")))
    assert after[1].sha256 == before.sha256


def test_what_comes_before_damage_is_read_and_the_damage_refused(documents):
    content = memory(unit("95_31:1", "قرار"), unit("95_32:1", "آخر"), unit("95_33:1", "ثالث"))
    found = documents(content[: content.index("ثالث")])
    assert [raw.member for raw in found] == ["95_31", ""]
    assert isinstance(found[-1], Refusal) and found[-1].remedy


@pytest.mark.parametrize(
    "content",
    [
        "",
        "ليس من هذا الشكل",
        "<tmx>",
        "<html/>",
        memory(),
        memory(unit("95_31:1", "English", "EN-GB")),
        '<!DOCTYPE tmx [<!ENTITY a "نص">]>'
        + memory(unit("95_31:1", "&a;")).removeprefix(HEAD).join(["<tmx>", ""]),
        "<tmx><body>" + "<tu>" * 10_000,
        b"\x1f\x8b\x00",
    ],
    ids=lambda content: str(content[:20]),
)
def test_what_is_no_memory_is_refused_with_a_remedy(documents, content):
    began = time.process_time()
    (refusal,) = documents(content)
    assert isinstance(refusal, Refusal) and refusal.reason and refusal.remedy
    assert time.process_time() - began < 5


def test_entities_are_never_multiplied(documents):
    entities = "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "نص" * 50}">' for n in range(9)
    )
    began = time.process_time()
    found = documents(
        f"<!DOCTYPE tmx [{entities}]><tmx><body>{unit('95_31:1', '&a8;')}</body></tmx>"
    )
    assert all(isinstance(each, Refusal) for each in found)
    assert time.process_time() - began < 5


def test_a_unit_without_an_end_is_not_held(documents, monkeypatch):
    monkeypatch.setattr(tmx, "MOST_BYTES_OF_A_UNIT", 100_000)
    (refusal,) = documents(f"{HEAD}{HEADER}<body><tu>{'<note>x</note>' * 20_000}")
    assert isinstance(refusal, Refusal)
    assert "no end of a unit" in refusal.reason


def test_a_large_memory_takes_no_more_room_than_one_of_its_documents(tmp_path: Path):
    path = tmp_path / "large.tmx"
    with path.open("w", encoding="utf-8") as stream:
        stream.write(f"{HEAD}{HEADER}<body>")
        for number in range(1, 301):
            stream.writelines(
                unit(f"95_{number}:{place}", "نص طويل من كلمات كثيرة " * 20) for place in range(40)
            )
        stream.write("</body></tmx>")
    size = path.stat().st_size
    assert size > 8_000_000
    tracemalloc.start()
    memory_file = whole_file(SourceFile(path, path.name, Form.TMX, size, 0))
    count = sum(1 for _ in tmx_documents(memory_file))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 300
    assert peak < size / 4


@given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_bytes_are_a_memory_or_are_refused(documents, content):
    assert all(isinstance(found, RawDocument | Refusal) for found in documents(content))


_fragments = st.sampled_from(
    "<seg>|</seg>|<sub type='fnote'>|</sub>|<hi type='lead'>|</hi>|<ph>|</ph>|(|)|[1]|[٣]) |نص|"
    "&amp;|&nbsp;|&#x2028;|\n|\t|1 - |<segments>|</segments>".split("|")
)


@given(st.lists(_fragments, max_size=30).map("".join))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_segments_give_blocks_without_line_breaks_or_are_refused(raw_document, inner):
    try:
        source = read_tmx(raw_document(f"<segments name='x'>{inner}</segments>", Form.TMX))
    except SourceMalformed as error:
        assert error.remedy
        return
    for block in source.blocks:
        assert len(block.text.splitlines()) <= 1
        assert all(0 <= mark.offset <= len(block.text) for mark in block.marks)
