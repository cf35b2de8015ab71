"""What is read of a paragraph: runs, revisions, fields, signs, and what stands around them."""

import pytest


def run(content: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr>{content}</w:r>"


def text(words: str) -> str:
    return run(f'<w:t xml:space="preserve">{words}</w:t>')


def field(kind: str) -> str:
    return run(f'<w:fldChar w:fldCharType="{kind}"/>')


def code(instruction: str) -> str:
    return field("begin") + run(f"<w:instrText>{instruction}</w:instrText>") + field("separate")


def texts(source) -> list[str]:
    return [block.text for block in source.blocks]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(text("يقرر ") + text("ما يلي:"), "يقرر ما يلي:", id="runs are joined"),
        pytest.param(run("<w:t> يقرر </w:t>") + text(" أن"), "يقرر أن", id="blanks not preserved"),
        pytest.param(f"<w:ins>{text('جديد')}</w:ins>", "جديد", id="an insertion"),
        pytest.param(
            f"{text('أ')}<w:del><w:r><w:delText>قديم</w:delText></w:r></w:del>",
            "أ",
            id="a deletion",
        ),
        pytest.param(
            f"<w:moveFrom>{text('هنا')}</w:moveFrom><w:moveTo>{text('هناك')}</w:moveTo>",
            "هناك",
            id="moved text, once",
        ),
        pytest.param(run("<w:t>سر</w:t>", "<w:vanish/>") + text("علن"), "علن", id="hidden text"),
        pytest.param(
            run("<w:t>علن</w:t>", '<w:vanish w:val="false"/>'), "علن", id="hiding switched off"
        ),
        pytest.param(
            text("5") + run("<w:noBreakHyphen/>") + text("10"),
            "5\u201110",
            id="a hyphen that holds",
        ),
        pytest.param(
            text("ال") + run("<w:softHyphen/>") + text("مجلس"), "ال\u00adمجلس", id="a soft hyphen"
        ),
        pytest.param(text("46/28") + run("<w:tab/>") + text("عنوان"), "46/28\tعنوان", id="a tab"),
        pytest.param(
            text("س") + run('<w:sym w:font="Symbol" w:char="F0B3"/>') + text("5"),
            "س≥5",
            id="a sign",
        ),
        pytest.param(
            code(" REF a ") + text("5/1") + field("end") + text(" و"),
            "5/1 و",
            id="a field's result",
        ),
        pytest.param(
            field("begin")
            + run("<w:instrText> IF </w:instrText>")
            + code(" PAGE ")
            + text("7")
            + field("end")
            + field("separate")
            + text("نعم")
            + field("end"),
            "نعم",
            id="a field within the code of another",
        ),
        pytest.param(
            text("ص") + code(" PAGE ") + text("7") + field("end"), "ص", id="a page number"
        ),
        pytest.param(
            f'<w:fldSimple w:instr=" DATE ">{text("2040")}</w:fldSimple>',
            "2040",
            id="a simple field",
        ),
        pytest.param(
            f'<w:hyperlink r:id="r9">{text("A/94/1")}</w:hyperlink>', "A/94/1", id="a link"
        ),
        pytest.param(
            f"<w:smartTag><w:customXml>{text('تالندا')}</w:customXml></w:smartTag>",
            "تالندا",
            id="tags",
        ),
        pytest.param(
            f"<w:sdt><w:sdtPr/><w:sdtContent>{text('ملء')}</w:sdtContent></w:sdt>",
            "ملء",
            id="a control that was filled in",
        ),
        pytest.param(
            "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
            f"<w:sdtContent>{text('اكتب هنا')}</w:sdtContent></w:sdt>{text('نص')}",
            "نص",
            id="a control that was not",
        ),
        pytest.param(
            f"<w:r><w:ruby><w:rt>{text('شرح')}</w:rt>"
            f"<w:rubyBase>{text('متن')}</w:rubyBase></w:ruby></w:r>",
            "متن",
            id="a gloss",
        ),
        pytest.param(
            '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">'
            f"<m:r><m:t>2+2</m:t></m:r></m:oMath>{text(' =')}",
            "2+2 =",
            id="a formula",
        ),
        pytest.param(
            text("نص") + "<w:commentRangeStart/>" + run('<w:commentReference w:id="1"/>'),
            "نص",
            id="a comment's anchor",
        ),
    ],
)
def test_a_paragraph_reads_as_it_is_seen(read_body, content, expected):
    assert texts(read_body(f"<w:p>{content}</w:p>")) == [expected]


def test_a_line_break_begins_a_new_block(read_body):
    source = read_body(f"<w:p>{text('سطر')}{run('<w:br/>')}{text('آخر&#x2028;ثالث')}</w:p>")
    assert texts(source) == ["سطر", "آخر", "ثالث"]
    assert [block.line for block in source.blocks] == [1, 2, 3]


def test_an_alternative_is_read_once(read_body):
    box = f"<w:txbxContent><w:p>{text('إطار')}</w:p></w:txbxContent>"
    alternate = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="wps"><w:drawing><a>{box}</a></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><b>{box}</b></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    source = read_body(f"<w:p>{text('قبل')}<w:r>{alternate}</w:r></w:p><w:p>{text('بعد')}</w:p>")
    assert texts(source) == ["قبل", "إطار", "بعد"]


def test_an_alternative_without_text_gives_way_to_the_other(read_body):
    alternate = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        '<mc:Choice Requires="new"><w:unheardOf/></mc:Choice>'
        "<mc:Fallback><w:t>نص</w:t></mc:Fallback></mc:AlternateContent>"
    )
    assert texts(read_body(f"<w:p><w:r>{alternate}</w:r></w:p>")) == ["نص"]


def test_cells_are_read_row_by_row_and_a_deleted_row_is_not(read_body):
    def row(*cells: str, properties: str = "") -> str:
        inner = "".join(f"<w:tc><w:p>{text(cell)}</w:p></w:tc>" for cell in cells)
        return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"

    table = row("أ", "ب") + row("محذوف", properties="<w:del/>") + row("ج")
    nested = f"<w:tr><w:tc><w:tbl>{row('د')}</w:tbl></w:tc></w:tr>"
    assert texts(read_body(f"<w:tbl>{table}{nested}</w:tbl>")) == ["أ", "ب", "ج", "د"]


@pytest.mark.parametrize(
    "label", ["1-", "1 -", "-1", "١ ـ", "12.", "(أ)", ")أ(", "(هـ)", "'1'", "ب -"]
)
def test_a_column_of_numbers_is_read_with_the_text_beside_it(read_body, label):
    cells = f"<w:tc><w:p>{text(label)}</w:p></w:tc><w:tc><w:p>{text('يقرر')}</w:p></w:tc>"
    assert texts(read_body(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")) == [f"{label}\tيقرر"]


@pytest.mark.parametrize("first", ["نعم", "A/94/1", "2040", "المؤيدون:", "12"])
def test_other_cells_are_blocks_of_their_own(read_body, first):
    cells = f"<w:tc><w:p>{text(first)}</w:p></w:tc><w:tc><w:p>{text('يقرر')}</w:p></w:tc>"
    assert texts(read_body(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")) == [first, "يقرر"]


def test_paragraphs_whose_end_was_deleted_are_one(read_body):
    deleted = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    source = read_body(f"<w:p>{deleted}{text('يقرر ')}</w:p><w:p>{text('إبقاء المسألة')}</w:p>")
    assert texts(source) == ["يقرر إبقاء المسألة"]


def test_a_style_may_hide_what_it_is_given_to(read_body):
    styles = (
        '<w:styles><w:style w:type="character" w:styleId="base"><w:rPr><w:vanish/></w:rPr>'
        '</w:style><w:style w:type="character" w:styleId="secret"><w:basedOn w:val="base"/>'
        "</w:style></w:styles>"
    )
    hidden = run("<w:t>سر</w:t>", '<w:rStyle w:val="secret"/>')
    shown = run("<w:t>علن</w:t>", '<w:rStyle w:val="secret"/><w:vanish w:val="0"/>')
    assert texts(read_body(f"<w:p>{hidden}{shown}</w:p>", styles=styles)) == ["علن"]


def test_empty_paragraphs_are_no_blocks(read_body):
    assert texts(read_body(f"<w:p/><w:p>{text('نص')}</w:p><w:p>{text('  ')}</w:p>")) == ["نص"]
