"""What is asked of static searches: stated queries and phrases, and what phrases must find.

They are common words and turns of law. What a phrase must find is worked out by looking through all
texts, with a folding that is neither engine's own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

#: Words, neighbours and phrases, rare ones and common ones, as short as most people ask.
QUERIES = tuple(
    """
رخصة
العقوبات
المنشطات
الجمارك
الموظفين
تأشيرة
الصيد
بطاقة شخصية
حقوق العامل
رسوم التسجيل
المحكمة المختصة
حماية المستهلك
البلدية
السجل التجاري
ترخيص مزاولة المهنة
المتاحف
التأمين الاجتماعي
مواقف السيارات
الإيجار
حوادث المرور
"الجريدة الرسمية"
"مجلس الوزراء"
المطبوعات
"حسن النية"
""".split("\n")[1:-1]
)

#: Phrases, the last nine of them parts of longer queries.
PHRASES = tuple(
    """
"حسن النية"
"الخطأ الجسيم"
"القوة القاهرة"
"النظام العام"
"السجل العقاري"
"الحبس الاحتياطي"
"الأمن الغذائي"
"التجارة الإلكترونية"
"الحجر الصحي"
"براءة الاختراع"
"المياه الجوفية"
"الصيد البحري"
"الدفاع المدني"
"على نفقة المخالف"
"من تلقاء نفسه"
"النظام العام" "الآداب"
"القوة القاهرة" "عقد"
"السجل العقاري" -"رسوم"
"حسن النية" OR "سوء النية"
"المياه الجوفية" OR "المياه الإقليمية"
"الدفاع المدني" "وزارة الداخلية"
"الحجر الصحي" "النباتات"
"التجارة الإلكترونية" -"المعاملات"
"الأمن الغذائي" "البلدية"
""".split("\n")[1:-1]
)

#: A phrase of words that half of all texts have.
STOP_WORDS = '"من في"'

_FOLDED = str.maketrans("أإآٱىة", "اااايه", "\u0640")
_QUOTED = re.compile(r'(-?)"([^"]*)"')
# What is a word for everybody: letters, or digits with the signs that hold numbers together.
_WORD = re.compile(r"[^\W\d_]+|\d+(?:[./,]\d+)*")


def folded_words(text: str) -> str:
    """Return the words of *text*, each between two spaces, in one spelling."""
    plain = "".join(
        char
        for char in unicodedata.normalize("NFKC", text)
        if unicodedata.category(char) not in ("Mn", "Cf")
    )
    return f" {' '.join(_WORD.findall(plain.translate(_FOLDED).lower()))} "


def phrase_test(query: str) -> Callable[[str], bool]:
    """Return what tells whether folded words answer *query*, which has nothing but phrases.

    >>> phrase_test('"ب ج" -"د"')(folded_words("أ ب ج"))
    True
    """
    quoted: list[tuple[str, str]] = _QUOTED.findall(query)
    wanted = [folded_words(phrase) for sign, phrase in quoted if not sign]
    unwanted = [folded_words(phrase) for sign, phrase in quoted if sign]
    enough = any if " OR " in query else all

    def answers(words: str) -> bool:
        has = enough(phrase in words for phrase in wanted)
        return has and not any(phrase in words for phrase in unwanted)

    return answers


def right_places(query: str, texts: list[str]) -> Iterator[int]:
    """Yield the places of those of folded *texts* that answer *query*."""
    answers = phrase_test(query)
    return (place for place, words in enumerate(texts) if answers(words))
