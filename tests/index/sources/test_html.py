"""Web pages of every make become blocks, notes and running heads."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fihris.index.errors import SourceMalformed
from fihris.index.resolution import SourceKind
from fihris.index.sources.blocks import Mark
from fihris.index.sources.files import Form
from fihris.index.sources.html import read_html

OLD_PAGE = """<html><head><title>A/RES/94/31</title>
<meta http-equiv="Content-Type" content="text/html; charset=windows-1256"></head>
<body><table width="90%"><tr><td><a href="/">الرئيسية</a></td></tr><tr><td>
<p><b>94 / 31 &nbsp; صون بحيرة السرو</b><br>
<p>إن الجمعية العامة،
<p>إذ تشير إلى قرارها 91 / 112،
<p>1 - تحث الدول على صون
   البحيرة (1)؛<br>
2 - تقرر إبقاء المسألة قيد النظر.
</td></tr></table></body></html>"""

WORD_PAGE = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>كاتب</o:Author></o:DocumentProperties></xml>
<![endif]--><style>p.MsoNormal {margin:0}</style></head><body lang=AR-SA>
<div class=WordSection1>
<p class=MsoNormal dir=RTL><span lang=AR-SA>إن مجلس حقوق الإنسان،<o:p></o:p></span></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>8-<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span>
<![endif]><span>يطلب وضع خطة(<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1"
title=""><span class=MsoFootnoteReference><![if !supportFootnotes]>[1]<![endif]></span></a>)،
تشمل:</span></p>
<p class=MsoNormal><!--[if !supportLists]--><span style="mso-list:Ignore">(أ)<span>&nbsp;
</span></span><!--[endif]-->مياه الشرب؛</p>
<p class=MsoNormal>9-<span style='mso-tab-count:1'>&nbsp;&nbsp;&nbsp; </span>يقرر
<del>حذف</del><ins>إبقاء</ins> المسألة.<span style='display:none;mso-hide:all'>سر</span></p>
</div>
<div style='mso-element:footnote-list'><br clear=all><hr align=left size=1 width="33%">
<div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText>(<a
style='mso-footnote-id:ftn1' href="#_ftnref1" name="_ftn1" title=""><span>[1]</span></a>)
A/HRC/94/30.</p><p class=MsoFootnoteText>وانظر الفقرة 3.</p></div></div>
</body></html>"""

OFFICE_PAGE = """<html><body dir="rtl"><div title="header"><p>A/HRC/RES/94/9</p></div>
<p>إن مجلس حقوق
	الإنسان،</p>
<ol start="8"><li><p>يطلب وضع خطة(<sup><a class="sdfootnoteanc" name="sdfootnote1anc"
href="#sdfootnote1sym"><sup>1</sup></a></sup>)، تشمل:</p>
<ol><li><p>مياه الشرب:</p><ol><li><p>المدارس؛</p></ol><li><p>الري؛</p></ol>
<li><p>يقرر أمرا:</p></ol>
<ol><li>أول؛<li value="5">خامس؛</ol>
<div id="sdfootnote1"><p><a class="sdfootnotesym" name="sdfootnote1sym"
href="#sdfootnote1anc">1</a>()	A/HRC/94/30.</p></div></body></html>"""


def texts(source):
    return [block.text for block in source.blocks]


@pytest.fixture
def read(raw_document):
    return lambda page: read_html(raw_document(page, Form.HTML))


def test_an_old_page_in_windows_1256_is_read_line_by_line(read):
    source = read(OLD_PAGE.encode("cp1256"))
    assert texts(source) == [
        "الرئيسية",
        "94 / 31 \u00a0 صون بحيرة السرو",
        "إن الجمعية العامة،",
        "إذ تشير إلى قرارها 91 / 112،",
        "1 - تحث الدول على صون البحيرة (1)؛",
        "2 - تقرر إبقاء المسألة قيد النظر.",
    ]
    assert source.running_heads == ("A/RES/94/31",)
    assert source.kind is SourceKind.HTML


@pytest.mark.parametrize("declared", ["windows-1252", "iso-8859-1", "utf-8", "no-such-charset", ""])
def test_a_page_that_declares_a_wrong_encoding_is_read_in_its_own(read, declared):
    page = OLD_PAGE.replace("windows-1256", declared)
    assert texts(read(page.encode("cp1256"))) == texts(read(OLD_PAGE.encode("cp1256")))


@pytest.mark.parametrize("declared", ["punycode", "idna", "hex", "unicode_escape", "utf-7", "uu"])
def test_an_encoding_that_no_page_has_is_not_tried(read, declared):
    page = f"<meta charset={declared}><p>قرار الجمعية العامة</p>"
    assert texts(read(page.encode("cp1256"))) == ["قرار الجمعية العامة"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_the_bytes_prove_comes_before_what_the_page_declares(read, encoding):
    assert texts(read(OLD_PAGE.encode(encoding))) == texts(read(OLD_PAGE.encode("cp1256")))


def test_a_declared_encoding_is_believed_when_arabic_comes_out_of_it(read):
    page = "<meta charset=iso-8859-6><p>قرار الجمعية العامة</p>"
    assert texts(read(page.encode("iso-8859-6"))) == ["قرار الجمعية العامة"]


@pytest.mark.parametrize("tag", ["article", "section", "figure", "details"])
def test_text_begins_at_its_first_element_where_no_tag_of_the_body_is_written(read, tag):
    head = "<!doctype html><title>ع</title><noscript>بديل</noscript><style>p{}</style>"
    source = read(f"{head}<{tag}><p>إن الجمعية العامة،</p></{tag}>تحث الدول؛<p>تقرر ذلك.")
    assert texts(source) == ["إن الجمعية العامة،", "تحث الدول؛", "تقرر ذلك."]


def test_a_page_saved_by_word_keeps_its_typed_out_labels_and_its_notes(read):
    source = read(WORD_PAGE)
    assert [" ".join(text.split()) for text in texts(source)] == [
        "إن مجلس حقوق الإنسان،",
        "8- يطلب وضع خطة، تشمل:",
        "(أ) مياه الشرب؛",
        "9- يقرر إبقاء المسألة.",
    ]
    assert texts(source)[1].startswith("8-\tيطلب")
    assert texts(source)[3].startswith("9-\tيقرر")
    assert source.blocks[1].marks == (Mark(texts(source)[1].index("،"), 1),)
    assert [(note.number, note.text) for note in source.notes] == [
        (1, "A/HRC/94/30. وانظر الفقرة 3.")
    ]


def test_the_comments_of_a_page_saved_by_word_are_no_text_and_its_smart_tags_are(read):
    page = """<p class=MsoNormal>في <st1:City w:st="on">ميناء القصب</st1:City><a
    class=msocomanchor href="#_msocom_1">[ك1]</a>.<o:p></o:p></p>
    <div style='mso-element:comment-list'><div
    style='mso-element:comment'><p>رأي.</p></div></div>"""
    assert texts(read(page)) == ["في ميناء القصب."]


def test_a_page_saved_by_libreoffice_gets_the_labels_of_its_lists_back(read):
    source = read(OFFICE_PAGE)
    assert texts(source) == [
        "إن مجلس حقوق الإنسان،",
        "8-\tيطلب وضع خطة، تشمل:",
        "(أ)\tمياه الشرب:",
        "'1'\tالمدارس؛",
        "(ب)\tالري؛",
        "9-\tيقرر أمرا:",
        "(أ)\tأول؛",
        "(هـ)\tخامس؛",
    ]
    assert source.blocks[1].marks == (Mark(texts(source)[1].index("،"), 1),)
    assert [(note.number, note.text) for note in source.notes] == [(1, "A/HRC/94/30.")]
    assert source.running_heads == ("A/HRC/RES/94/9",)


def test_lists_say_themselves_how_they_count(read):
    page = """<ol type="a"><li>ألف<li>باء</ol><ol type="I" start="3"><li>ثالث</ol>
    <ol style="list-style-type: none"><li>دون رقم</ol><ul><li>نقطة</ul><ol><li></li><li>ثان</ol>"""
    assert texts(read(page)) == [
        "(أ)\tألف",
        "(ب)\tباء",
        "'3'\tثالث",
        "دون رقم",
        "•\tنقطة",
        "2-\tثان",
    ]


def test_what_a_reader_of_the_page_does_not_see_is_left_out(read):
    page = """<body><header>موقع</header><nav><a href=/>الرئيسية</a></nav>
    <div class="main-menu">قائمة</div><div role=navigation>تصفح</div><div hidden>مخفي</div>
    <p style="display: none">مخفي</p><script>var نص = 1;</script><style>نص{}</style>
    <div class="layout has-sidebar"><main><header>رأس المقال</header><p>قرار</p></main></div>
    <noscript>فعل</noscript><footer>حقوق</footer><!-- تعليق --></body>"""
    assert texts(read(page)) == ["رأس المقال", "قرار"]


def test_a_row_of_links_is_no_text_and_a_linked_symbol_is(read):
    page = """<p><a href=/1>الرئيسية</a> | <a href=/2>المواضيع</a> | <a href=/3>اتصل بنا</a></p>
    <p><a href=/d>A/RES/94/31</a></p><p>قرار <a href=/x>الجمعية</a></p>"""
    assert texts(read(page)) == ["A/RES/94/31", "قرار الجمعية"]


def test_a_row_of_short_cells_is_a_line_and_a_layout_table_is_none(read):
    page = """<table><tr><td>1 -</td><td>يحث الدول؛</td></tr><tr><td><p>أ</p><p>ب</p></td>
    <td>ج</td></tr><tr><td></td><td>وحيد</td></tr></table>"""
    assert texts(read(page)) == ["1 -\tيحث الدول؛", "أ", "ب", "ج", "وحيد"]


def test_raised_figures_are_notes_when_a_list_of_them_stands_at_the_end(read):
    page = """<p>انظر التقرير<sup>1</sup>، والمساحة 4 كم<sup>9</sup>.</p><hr>
    <p><sup>1</sup> الوثيقة الأولى.</p><p><sup>2</sup> الوثيقة الثانية.</p>"""
    source = read(page)
    assert texts(source) == ["انظر التقرير، والمساحة 4 كم9."]
    assert source.blocks[0].marks == (Mark(12, 1),)
    assert [note.text for note in source.notes] == ["الوثيقة الأولى.", "الوثيقة الثانية."]


def test_a_note_that_is_marked_twice_has_one_body(read):
    page = """<p>أولا<a href="#n1" id="r1">(1)</a> وثانيا<a href="#n1" id="r2">(1)</a>.</p>
    <ol><li id="n1"><p>نص الحاشية. <a href="#r1">↩</a></p></li></ol>"""
    source = read(page)
    assert texts(source) == ["أولا وثانيا."]
    assert [mark.number for mark in source.blocks[0].marks] == [1, 1]
    assert [note.text for note in source.notes] == ["نص الحاشية."]


def test_links_to_headings_are_no_notes(read):
    page = '<p><a href="#s1">أولا</a> نص</p><h2 id="s1">أولا</h2><p><a href="#top">عودة</a> نص</p>'
    source = read(page)
    assert texts(source) == ["أولا نص", "أولا", "عودة نص"]
    assert not source.notes


def test_entities_and_line_breaks_are_what_they_stand_for(read):
    page = "<p>&#1602;&#x631;&#1575;ر&nbsp;&laquo;أ&raquo;<br>سطر<br><br>آخر</p><pre>أ  ب\nج</pre>"
    assert texts(read(page)) == ["قرار\u00a0«أ»", "سطر", "", "آخر", "أ  ب", "ج"]


@pytest.mark.parametrize(
    "page", [b"", b"  \n", b"<html></html>", b"<script>x</script>", b"\x89PNG\r\n\0\0\1\2\3\4"]
)
def test_a_page_without_text_is_refused_with_a_remedy(read, page):
    with pytest.raises(SourceMalformed) as refused:
        read(page)
    assert refused.value.remedy


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000 + "نص",
        "<p>نص" + "<b>" * 50_000,
        "<table><tr><td>" * 20_000 + "نص",
        "<ol><li>" * 20_000 + "نص",
        "<a href='#a' name='a'>" * 20_000 + "نص",
        "<p>" + "<a href='#x' id='y'>1</a>" * 20_000 + "<p id='x'><a href='#y'>1</a> نص",
        "<!DOCTYPE html [<!ENTITY a 'نص'><!ENTITY b '&a;&a;&a;'>]><p>&b;",
        "<p>نص " + "&#1570;" * 300_000,
        "<p>نص" + "<sup>1</sup>" * 30_000,
        "<p>نص" + "(" * 200_000,
        "<!--" * 100_000 + "<p>نص",
        "<p>نص<a href='#n' id='r'>1</a><p id='n'><a href='#r'>1</a>" + ")" * 200_000,
        "<p>نص<a href='#n' id='r'>1</a><p id='n'><a href='#r'>1</a>" + "(" + " " * 200_000,
        "<p style='" + "list-style:" * 50_000 + "'>نص",
        "<p>نص" + " " * 500_000 + "نص",
    ],
    ids=lambda page: page[:12],
)
def test_a_hostile_page_is_read_or_refused_in_little_time(read, page):
    began = time.process_time()
    try:
        source = read(page)
    except SourceMalformed as error:
        assert error.remedy
    else:
        assert all("\n" not in block.text for block in source.blocks)
    assert time.process_time() - began < 5


_fragments = st.sampled_from(
    "<p>|</p>|<br>|<ol>|<ol start=x>|<li>|<li value=9>|</ol>|<table>|<tr>|<td>|</table>|<pre>|"
    "</pre>|<sup>|</sup>|<a href='#a' id='b'>|<a href='#b' id='a'>|</a>|(|)|[1]|1|1-|نص، قرار|"
    "<div id=ftn1>|<div title=header>|</div>|<q>|</q>|<nav>|<![if !x]>|<!--|-->|&amp;|&#0;|"
    "&#xD800;|<del>|<title>|<span style='mso-list:Ignore'>|<span style='mso-tab-count:1'>|</span>|"
    "\u2028|\x1c|\x00".split("|")
)


@given(st.lists(_fragments | st.text(max_size=4), max_size=40).map(" ".join))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_page_gives_blocks_without_line_breaks_or_is_refused(read, page):
    try:
        source = read(page.encode("utf-8", "replace"))
    except SourceMalformed as error:
        assert error.remedy
        return
    for block in source.blocks:
        assert len(block.text.splitlines()) <= 1
        assert all(0 <= mark.offset <= len(block.text) for mark in block.marks)


@given(st.binary(max_size=200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_bytes_are_a_page_or_are_refused(read, content):
    try:
        read(content)
    except SourceMalformed as error:
        assert error.remedy
