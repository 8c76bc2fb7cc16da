"""The hidden checks: plain pytest functions, with the oracle and inputs they use.

A check is a function `test_<name>(attempt)` with a docstring (the title that students
read) and the marker `points`, which says for each exercise what it is worth:

    @pytest.mark.points(my_huber_loss=3, MyHuberLoss=2)
    def test_large_errors(attempt: Attempt) -> None:
        '''large errors grow linearly'''
        ...

It passes, or raises `CheckFailed` with words for the student (`attempt.fail`). A plain
`assert condition, "words"` does as well. The points of each exercise add up to the number
in `exercises.py`.
"""
