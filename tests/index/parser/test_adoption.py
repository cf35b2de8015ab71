"""Votes: the mode, the counts, the lists of States."""

import pytest

from fihris.index.analysis import fold
from fihris.index.parser.adoption import is_vote_line, read_adoption
from fihris.index.resolution import Adoption


def adoption(*lines: str) -> Adoption | None:
    return read_adoption(list(lines)).adoption


@pytest.mark.parametrize(
    "line",
    ["[اعتُمد بدون تصويت]", "اعتمد دون تصويت", "]اعتمد من دون تصويت[", "[اعتُمدت بتوافق الآراء]"],
)
def test_adoption_without_a_vote_is_read(line: str):
    assert is_vote_line(fold(line).text)
    assert adoption(line) == Adoption("without a vote")


@pytest.mark.parametrize(
    ("line", "counts"),
    [
        (
            "[اعتُمد بتصويت مسجل بأغلبية 26 صوتا مقابل 15 صوتا، وامتناع 6 أعضاء عن التصويت]",
            (26, 15, 6),
        ),
        ("[اعتُمد بأغلبية 9 أصوات مقابل 7 أصوات وامتناع ثلاثة أعضاء عن التصويت]", (9, 7, 3)),
        ("[اعتُمد بأغلبية 10 أصوات ومعارضة 6 وامتناع 3 عن التصويت]", (10, 6, 3)),
        ("تبنى المجلس هذا القرار، بـ 13 صوتا مقابل لا شيء", (13, 0, None)),
        ("[اعتُمد بأغلبية ٣٠ صوتا مقابل صوت واحد وامتناع عضوين عن التصويت]", (30, 1, 2)),
        ("[اعتُمد بأغلبية عشرين صوتا مقابل أحد عشر صوتا وامتناع عضو واحد]", (20, 11, 1)),
    ],
)
def test_counts_are_read_from_digits_and_words(line: str, counts: tuple[int, int, int | None]):
    found = adoption(line)
    assert found is not None
    assert found.mode == "recorded vote"
    assert (found.in_favour, found.against, found.abstaining) == counts


def test_lists_are_split_at_commas_outside_parentheses():
    found = adoption(
        "[اعتُمد بتصويت مسجل. وكانت نتيجة التصويت كما يلي:",
        "المؤيدون:",
        "سندار، بلاد الواحات (جمهورية - الاتحادية، المتعددة)،",
        "ظفران.",
        "المعارضون: لا أحد",
        "الممتنعون عن التصويت: مرجان]",
    )
    assert found is not None
    assert found.states_in_favour == (
        "سندار",
        "بلاد الواحات (جمهورية - الاتحادية، المتعددة)",
        "ظفران",
    )
    assert found.states_against == ()
    assert found.states_abstaining == ("مرجان",)
    assert (found.in_favour, found.against, found.abstaining) == (3, 0, 1)


def test_a_count_that_contradicts_its_list_is_reported_and_stands():
    reading = read_adoption(["[اعتُمد بأغلبية 5 أصوات مقابل صوت واحد", "المؤيدون: سندار، ظفران]"])
    assert reading.adoption is not None
    assert reading.adoption.in_favour == 5
    assert len(reading.warnings) == 1
    assert "5" in reading.warnings[0]
    assert "2" in reading.warnings[0]


@pytest.mark.parametrize("line", ["يقرر المتابعة.", "الجلسة 51", "يعتمد الخطة دون تصويت"])
def test_other_lines_tell_of_no_vote(line: str):
    assert not is_vote_line(fold(line).text)
