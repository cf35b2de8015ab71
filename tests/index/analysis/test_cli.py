"""``fihris analyze``, as a person at a terminal and a program meet it."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from fihris.index.analysis import Analyzer
from fihris.index.analysis.cli import analyze_command, rules_in_words
from fihris.index.analysis.stemmer import Rule, Stem
from fihris.index.analysis.tokens import WordForms
from fihris.index.columns import display_width


def analyze(*arguments: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(analyze_command, arguments, input=typed, catch_exceptions=False)


def test_a_table_gives_each_token_a_line_under_the_headings() -> None:
    result = analyze("والحقوق", "2021")
    headings, first, second = result.stdout.splitlines()
    assert result.exit_code == 0
    assert headings.split() == ["#", "word", "exact", "stem", "family", "alias", "rules"]
    assert first.startswith("0  والحقوق")
    assert "article off" in first
    assert second.split()[:4] == ["1", "2021", "2021", "2021"]


def test_vowel_marks_do_not_push_the_columns_apart() -> None:
    lines = analyze("وَالدُّوَلُ الأعضاء").stdout.splitlines()
    exact = [lines[1].rindex("والدول"), lines[2].rindex("الاعضاء")]
    assert display_width(lines[1][: exact[0]]) == display_width(lines[2][: exact[1]])
    assert exact[0] > exact[1]


def test_json_tells_all_forms_and_where_the_word_stands() -> None:
    values = json.loads(analyze("--json", "القرار ١٣٢٥ (٢٠٠٠)").stdout)
    assert values["text"] == "القرار ١٣٢٥ (٢٠٠٠)"
    assert [token["word"] for token in values["tokens"]] == ["القرار", "١٣٢٥", "٢٠٠٠"]
    resolution, number, _ = values["tokens"]
    assert resolution["exact"] == "القرار"
    assert resolution["stem"] == "قرار"
    assert resolution["rules"] == ["article"]
    assert (number["position"], number["start"], number["end"]) == (1, 7, 11)
    assert "1325(2000)" in number["alias"]


def test_the_table_and_the_analyzer_tell_the_same() -> None:
    text = "يحث الدول الأعضاء على احترام حقوق الإنسان"
    stems = [token.stem for token in Analyzer().tokens(text)]
    lines = analyze(text).stdout.splitlines()[1:]
    assert [line.split()[3] for line in lines] == stems


def test_a_lone_dash_reads_standard_input() -> None:
    assert analyze("-", typed="قرار\nوقرار").stdout == analyze("قرار\nوقرار").stdout


def test_a_text_without_words_gives_the_headings_only() -> None:
    assert len(analyze("، ؛ …").stdout.splitlines()) == 1


def test_nothing_to_analyze_is_a_usage_error() -> None:
    assert analyze().exit_code == 2


@pytest.mark.parametrize("rule", Rule)
def test_every_rule_is_told_in_words_of_its_own(rule: Rule) -> None:
    token = Analyzer().tokens("قرار")[0]

    def told_of(rule: Rule) -> str:
        return rules_in_words(
            token._replace(forms=WordForms("كلمة", lambda word: Stem(word, (rule,))))
        )

    assert told_of(rule) not in [told_of(other) for other in Rule if other is not rule]
