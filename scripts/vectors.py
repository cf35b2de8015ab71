"""Vectors of the analysis: texts, and the tokens that every engine must make of them.

``tests/vectors/README.md`` describes the file. The texts are those below, one group a rule, and
each word of the specimens by itself. They are golden data: after a change of a rule, this script
writes them anew and a person reads the difference.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from fihris.index.analysis import Analyzer
from fihris.index.resolution import SourceKind
from fihris.index.sources.encoding import decode

ROOT = Path(__file__).resolve().parents[1]
VECTORS = ROOT / "tests" / "vectors" / "analysis.jsonl"
SPECIMENS = ROOT / "index" / "specimens"

# Invisible and confusable characters are written as escapes.
TEXTS = {
    "folding: marks, tatweel, invisible characters": (
        "يُؤكِّدُ",
        "مُعَلِّمٌ",
        "حقـــوق",
        "\u200fقرار\u200e",
        "حقو\u00adق",
        "\ufeffقرار",
        "الرحمٰن",
    ),
    "folding: letters": (
        "إلى أسئلة آخر ٱلله",
        "على علي",
        "لجنة لجنه",
        "\u06a9\u062a\u0627\u0628 \u06cc\u0648\u0645",
        "ABC Éa",
    ),
    "folding: compatibility forms": (
        "\ufc32 المساعدة",
        "\ufef7مم \ufefbجئ",
        "\ufdfa",
        "\ufe77",
        "¼ ² ﬁ",
    ),
    "folding: digits, spaces, dashes": (
        "١٣٢٥ ۱۳۲۵",
        "1\u00a0730",
        "٢ \u0640",
        "2019\u20132023",
        "2\u2011",
    ),
    "tokens: words, numbers, symbols": (
        "حقوق الإنسان",
        "1971م",
        "القراران 5/1 و5/2",
        "A/HRC/46/68",
        "A/65/L.78*",
        "60/251",
        "U.N.",
        "(أ) )ب( [ج]",
        "، ؛ …",
    ),
    "readings: numbers with their year, mirrored too": (
        "1325(2000)",
        "1325 (2000)",
        "١٣٢٥ (٢٠٠٠)",
        ")2000(1325",
        "1325)2000(",
        "1325\n(2000)",
    ),
    "readings: ranges, sessions, separators": (
        "2019-2023",
        "2019 - 2023",
        "د إ-30/1",
        "دإ - 30",
        "د إ ط-10/2",
        "1,730 و 12,500",
    ),
    "readings: months": (
        "24 مارس 2021",
        "24 آذار/مارس 2021",
        "1 كانون الثاني/يناير ٢٠٢٢",
        "في آذار 2021",
        "مارس حقه",
    ),
    "stems: conjunctions, prepositions, article": (
        "والحقوق بالحقوق للحقوق فالحقوق كالحقوق",
        "للجنة وللجنة للغة للوزير للقمة",
        "بكتاب لبلجيكا لليبيا ولليهود",
        "بدولة لضمان لحماية وبحقوقه فلجنة",
        "سيقرر وسيعتمد سيحث سياسة",
    ),
    "stems: letters that belong to the word": (
        "وزير والد وظيفة وحدة وعد",
        "بيان برنامج بيئة بطاقة",
        "فريق فقر فكرة فهم",
        "كتاب كاتب كفالة",
        "لجنة لغة لاجئ لبنان",
        "سلام سياسة سيادة",
        "التزام التماس ألمانيا ألف بالتزام بألمانيا",
        "قانون إنسان ضمان مكان ديوان سكان",
        "درهم محاكم حياة وفاة",
    ),
    "stems: pronouns": (
        "حقوقهم حقوقها حقوقنا حقوقكم حقوقهما حقه",
        "مدرستها مدرسته مدرستهم",
        "أعضائه أعضاؤها أعضاءهم",
        "حياته حياتهم",
        "يعتمدها اعتمدته",
    ),
    "stems: dual, plural, feminine, tanwin": (
        "دولتان دولتين لجنتين بيتين ثابتين",
        "قرارات قرارين مراقبون مراقبين",
        "كبيرة كبيرات دولية دوليين دولياً",
        "قانوناً عضواً بياناً",
        "شركة شركات شركتها جملة فقرة فقرات فقرتين",
        "مسؤولية عملية جمعية",
    ),
    "stems: broken plurals and other spellings": (
        "مدارس أطفال حقوق دول أعضاء لجان مبادئ",
        "مسؤول مسئول مسؤولين",
        "لله بالله الله",
    ),
    "stems: verbs": (
        "يحث حثّ تحث يحثون نحث حثت",
        "يقرر قررت قرروا تقرر نقرر يقررن",
        "يدعو تدعو دعا دعت دعوا يدعون يدع",
        "حكم حكمت يحكم",
        "تولى يتولى يولي تلقى يتلقى",
    ),
    "families": (
        "اعتماد يعتمد معتمد",
        "استقلال يستقل مستقل",
        "مساواة يساوي تعاون متعاون",
        "إنتاج اجتماع انتخاب",
    ),
    "stop words": ("مِن أنّه التي على بها", "القرار الذي اتخذته"),
}
#: Texts of Word files, in which thousands stand in display order.
TYPED_TEXTS = ("ل\u00a0730 1 عضواً", "800 19 إفادة", "325 000", "120 2 بئراً")


def main(arguments: list[str]) -> int:
    """Write the file, or with ``--check`` tell whether it is as it should be."""
    made = "\n".join(vector_lines()) + "\n"
    if "--check" in arguments:
        if VECTORS.read_text("utf-8") == made:
            return 0
        print(f"{VECTORS.name} is not what the analyzer gives now.", file=sys.stderr)
        return 1
    VECTORS.write_text(made, "utf-8", newline="\n")
    print(f"{made.count(chr(10))} texts in {VECTORS.relative_to(ROOT)}")
    return 0


def vector_lines() -> Iterator[str]:
    """Yield the lines of the file."""
    analyzer = Analyzer()
    for rule, texts in TEXTS.items():
        for text in texts:
            yield _line(analyzer, text, rule=rule)
    for text in TYPED_TEXTS:
        yield _line(analyzer, text, SourceKind.TIKA, rule="readings: thousands in display order")
    for word in specimen_words():
        yield _line(analyzer, word)


def specimen_words() -> list[str]:
    """Return every distinct word of the specimens, as it is written there, sorted."""
    analyzer = Analyzer()
    words: set[str] = set()
    for path in SPECIMENS.glob("*.txt"):
        text = decode(path.read_bytes()).text
        words.update(text[token.start : token.end] for token in analyzer.tokens(text))
    return sorted(words)


def _line(
    analyzer: Analyzer, text: str, source_kind: SourceKind = SourceKind.TEXT, **about: str
) -> str:
    tokens = [
        [
            token.exact,
            token.stem,
            " ".join(token.family),
            " ".join(token.alias),
            token.position,
            token.start,
            token.end,
        ]
        for token in analyzer.tokens(text, source_kind)
    ]
    source = {} if source_kind is SourceKind.TEXT else {"source": str(source_kind)}
    return json.dumps({**about, "text": text, **source, "tokens": tokens}, ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
