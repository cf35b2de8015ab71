"""The dictionary holds what texts repeat, and stays the same while texts are added."""

from __future__ import annotations

from fihris.web.shards.dictionary import dictionary
from fihris.web.shards.packing import packed, single_bytes
from tests.web.shards.unpacking import text_of

STOCK = "يعمل بهذا النظام من تاريخ نشره في جريدة الواحة الرسمية"


def texts(count: int) -> list[str]:
    """Return texts of which every second has the stock phrase, and that else repeat nothing."""
    words = (f"كلمة{number}" for number in range(40 * count))
    return [
        " ".join([*(next(words) for _ in range(40)), *([STOCK] if number % 2 else [])])
        for number in range(count)
    ]


def test_it_holds_what_is_repeated_and_nothing_else():
    known = text_of(dictionary(texts(64)))
    assert STOCK in known
    assert len(known) < 3 * len(STOCK)


def test_texts_take_less_room_with_it():
    known = dictionary(texts(64))
    one = single_bytes(texts(2)[1])
    assert len(packed(one, dictionary=known)) < len(packed(one))


def test_texts_at_the_end_leave_it_alone_until_there_are_twice_as_many():
    known = dictionary(texts(64))
    more = [*texts(64), *(f"عبارة أخرى تماما تتكرر كثيرا هنا {number}" for number in range(63))]
    assert dictionary(more) == known
    assert dictionary([*more, "نص"]) != known


def test_the_commonest_stands_at_the_end():
    rare = "تسري أحكام هذه اللائحة على جميع آبار الواحة وعيونها"
    known = text_of(dictionary([*(f"{rare} {word}" for word in "ابتثجحخد"), *texts(56)]))
    assert 0 <= known.index(rare) < known.index(STOCK)


def test_it_is_small_beside_the_texts():
    assert len(dictionary([STOCK] * 20)) <= 20 * len(STOCK) // 50
    assert len(dictionary([f"{STOCK} {number}" for number in range(5000)])) <= 8_000


def test_without_texts_or_repetitions_it_is_empty():
    assert dictionary([]) == b""
    assert dictionary(["نص واحد لا يعيد شيئا"]) == b""
