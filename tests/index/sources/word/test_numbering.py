"""Automatic numbers: what Word prints in front of a paragraph and writes nowhere in it."""

import pytest

from fihris.index.sources.word.number_formats import write_number


def item(words: str, list_id: int | None = 1, level: int | None = 0, more: str = "") -> str:
    place = "" if level is None else f'<w:ilvl w:val="{level}"/>'
    numbered = "" if list_id is None else f'<w:numPr>{place}<w:numId w:val="{list_id}"/></w:numPr>'
    return f"<w:p><w:pPr>{more}{numbered}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"


def level(place: int, text: str, number_format: str = "decimal", more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{place}"><w:numFmt w:val="{number_format}"/>'
        f'<w:lvlText w:val="{text}"/>{more}</w:lvl>'
    )


def definition(*levels: str, number: int = 0, more: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{more}{"".join(levels)}</w:abstractNum>'


def instance(number: int, defined: int = 0, more: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{defined}"/>{more}</w:num>'


def numbering(*parts: str) -> str:
    return f"<w:numbering>{''.join(parts)}</w:numbering>"


RESOLUTION = definition(
    level(0, "%1-"),
    level(1, "(%2)", "arabicAbjad"),
    level(2, "'%3'"),
    level(3, "%1.%4", "upperRoman"),
)


def texts(source) -> list[str]:
    return [block.text for block in source.blocks]


def labels(source) -> list[str]:
    return [text.split("\t")[0] for text in texts(source)]


def test_numbers_and_letters_are_written_out_before_a_tab(read_body):
    body = item("يحث") + item("حظر", level=1) + item("لم", level=1) + item("يقرر")
    source = read_body(body, numbering=numbering(RESOLUTION, instance(1)))
    assert texts(source) == ["1-\tيحث", "(أ)\tحظر", "(ب)\tلم", "2-\tيقرر"]


def test_a_deeper_level_begins_again_below_each_step(read_body):
    levels = [0, 1, 2, 2, 1, 2, 0, 1]
    body = "".join(item("نص", level=each) for each in levels)
    source = read_body(body, numbering=numbering(RESOLUTION, instance(1)))
    assert labels(source) == ["1-", "(أ)", "'1'", "'2'", "(ب)", "'1'", "2-", "(أ)"]


def test_a_level_that_never_restarts_counts_on(read_body):
    lasting = definition(level(0, "%1-"), level(1, "(%2)", more='<w:lvlRestart w:val="0"/>'))
    body = "".join(item("نص", level=each) for each in [0, 1, 0, 1])
    source = read_body(body, numbering=numbering(lasting, instance(1)))
    assert labels(source) == ["1-", "(1)", "2-", "(2)"]


def test_a_number_may_hold_those_above_it_in_their_own_format_or_in_digits(read_body):
    body = item("نص") + item("نص", level=3)
    source = read_body(body, numbering=numbering(RESOLUTION, instance(1)))
    assert labels(source) == ["1-", "1.I"]
    legal = definition(level(0, "%1", "upperRoman"), level(1, "%1.%2", more="<w:isLgl/>"))
    body = item("نص") + item("نص", level=1)
    assert labels(read_body(body, numbering=numbering(legal, instance(1)))) == ["I", "1.1"]


def test_instances_of_one_definition_count_on_together(read_body):
    body = item("نص") + item("نص", list_id=2) + item("نص")
    source = read_body(body, numbering=numbering(RESOLUTION, instance(1), instance(2)))
    assert labels(source) == ["1-", "2-", "3-"]


def test_an_instance_that_overrides_the_start_begins_anew_once(read_body):
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    body = item("نص") + item("نص", list_id=2) + item("نص", list_id=2)
    source = read_body(body, numbering=numbering(RESOLUTION, instance(1), instance(2, more=again)))
    assert labels(source) == ["1-", "5-", "6-"]


def test_an_instance_may_change_the_look_of_a_level(read_body):
    look = f'<w:lvlOverride w:ilvl="0">{level(0, "%1 -", "hindiNumbers")}</w:lvlOverride>'
    source = read_body(item("نص"), numbering=numbering(RESOLUTION, instance(1, more=look)))
    assert labels(source) == ["١ -"]


def test_a_style_may_bring_its_number_and_a_paragraph_may_decline_it(read_body):
    styles = (
        '<w:styles><w:style w:type="paragraph" w:styleId="base">'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="sub"><w:basedOn w:val="base"/></w:style></w:styles>'
    )
    linked = definition(
        level(0, "%1-", more='<w:pStyle w:val="base"/>'),
        level(1, "(%2)", "arabicAlpha", more='<w:pStyle w:val="sub"/>'),
    )
    body = (
        item("نص", None, more='<w:pStyle w:val="base"/>')
        + item("نص", None, more='<w:pStyle w:val="sub"/>')
        + item("نص", 0, more='<w:pStyle w:val="base"/>')
    )
    source = read_body(body, numbering=numbering(linked, instance(1)), styles=styles)
    assert texts(source) == ["1-\tنص", "(أ)\tنص", "نص"]


def test_the_default_style_may_number_what_names_no_style(read_body):
    styles = (
        '<w:styles><w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>'
    )
    body = "<w:p><w:r><w:t>نص</w:t></w:r></w:p>"
    source = read_body(body, numbering=numbering(RESOLUTION, instance(1)), styles=styles)
    assert texts(source) == ["1-\tنص"]


def test_a_definition_may_borrow_that_of_a_style(read_body):
    borrowed = definition(
        RESOLUTION[RESOLUTION.index("<w:lvl ") : RESOLUTION.rindex("</w:abs")],
        number=1,
        more='<w:styleLink w:val="list"/>',
    )
    borrower = definition(number=0, more='<w:numStyleLink w:val="list"/>')
    source = read_body(item("نص"), numbering=numbering(borrower, borrowed, instance(1)))
    assert labels(source) == ["1-"]


def test_a_bullet_of_a_symbol_font_is_a_bullet(read_body):
    bullets = definition(level(0, "\uf0b7", "bullet"), level(1, "-", "bullet"))
    source = read_body(item("نص") + item("نص", level=1), numbering=numbering(bullets, instance(1)))
    assert labels(source) == ["\u2022", "-"]


def test_a_paragraph_that_was_deleted_does_not_count(read_body):
    gone = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
        "<w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>قديم</w:delText></w:r></w:del></w:p>"
    )
    source = read_body(item("نص") + gone + item("نص"), numbering=numbering(RESOLUTION, instance(1)))
    assert labels(source) == ["1-", "2-"]


def test_a_number_without_wording_counts_and_is_not_shown(read_body):
    body = item("نص") + item("") + item("نص")
    source = read_body(body, numbering=numbering(RESOLUTION, instance(1)))
    assert texts(source) == ["1-\tنص", "3-\tنص"]


def test_a_number_in_a_column_of_its_own_belongs_to_the_text_beside_it(read_body):
    row = f"<w:tr><w:tc>{item('')}</w:tc><w:tc><w:p><w:r><w:t>يقرر</w:t></w:r></w:p></w:tc></w:tr>"
    source = read_body(f"<w:tbl>{row * 2}</w:tbl>", numbering=numbering(RESOLUTION, instance(1)))
    assert texts(source) == ["1-\tيقرر", "2-\tيقرر"]


def test_of_two_alternative_formats_the_known_one_is_used(read_body):
    chosen = (
        '<w:lvl w:ilvl="0"><mc:AlternateContent '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        '<mc:Choice Requires="w14"><w:numFmt w:val="custom"/></mc:Choice>'
        '<mc:Fallback><w:numFmt w:val="upperLetter"/></mc:Fallback></mc:AlternateContent>'
        '<w:lvlText w:val="%1."/></w:lvl>'
    )
    source = read_body(item("نص"), numbering=numbering(definition(chosen), instance(1)))
    assert labels(source) == ["A."]


@pytest.mark.parametrize(
    ("number_format", "first", "fifth", "thirtieth"),
    [
        ("decimal", "1", "5", "30"),
        ("hindiNumbers", "١", "٥", "٣٠"),
        ("arabicAbjad", "أ", "هـ", "بب"),
        ("arabicAlpha", "أ", "ج", "بب"),
        ("lowerLetter", "a", "e", "dd"),
        ("upperRoman", "I", "V", "XXX"),
        ("decimalZero", "01", "05", "30"),
        ("none", "", "", ""),
    ],
)
def test_a_count_is_written_in_its_format(number_format, first, fifth, thirtieth):
    assert write_number(1, number_format) == first
    assert write_number(5, number_format) == fifth
    assert write_number(30, number_format) == thirtieth
