"""A memo forgets what was not asked for, and never tells anything else than its function."""

from fihris.index.analysis.memo import Memo


def test_a_memo_never_holds_more_than_its_size() -> None:
    memo = Memo(str, 50)
    for number in range(500):
        assert memo[number] == str(number)
        assert len(memo) + len(memo._older) <= 50


def test_what_is_asked_for_again_and_again_is_made_once() -> None:
    made: list[int] = []

    def double(number: int) -> int:
        made.append(number)
        return 2 * number

    memo = Memo(double, 8)
    for number in range(1, 100):
        assert memo[1] == 2
        assert memo[number] == 2 * number
    assert made.count(1) == 1
