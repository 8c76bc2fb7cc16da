"""Whatever the bytes and whatever the cells, reading ends in an answer."""

from __future__ import annotations

import json

from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.worker.reading import slicing
from grader.worker.reading.documents.notebook import NotANotebook, read
from tests.worker.cells import notebook_of

VALID = json.dumps(
    {"cells": [{"cell_type": "code", "source": ["a = 1\n"], "outputs": []}], "nbformat": 4}
).encode()
PIECES = [
    "def f(", "):", "\n", "    ", "\t", "return f", "class f", ":", "=", "f", "x", "(", ")", "[",
    "]", "'", '"""', "\\", "%", "%%", "%%bash\n", "!", "?", "import ", "from ", "*", "as ", "del ",
    "if ", "else:", "try:", "except ", "for ", " in ", "while ", "with ", "match ", "case ", "@",
    "await ", "async ", "yield ", "lambda ", "global ", ":=", "1", "\x00", "\x0c", "\r", "\ufeff",
    "é", "\ud800", "µ", "# ", ">>> ", "In [1]: ", ";", "/", ",", "...", "{", "}", "f'{", "\u2028",
]  # fmt: skip

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["cells", "worksheets", "source", "input", "cell_type", "x"]), inner
        )
    ),
    max_leaves=12,
)


def answer(data: bytes) -> None:
    """Read a file and survey it: either works, or it is no notebook."""
    try:
        book = read(data)
    except NotANotebook:
        return
    assert slicing.survey(book, ["f"]).findings[0].name == "f"


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=60) | json_values.map(lambda value: json.dumps(value).encode()))
@example(b"\xef\xbb\xbf")
@example(b'{"cells": [{"cell_type": "code", "source": "\\ud800"}]}')
def test_any_bytes(data: bytes) -> None:
    """A notebook, or one line that says why not."""
    answer(data)


@settings(deadline=None, max_examples=200)
@given(st.integers(0, len(VALID) - 1), st.binary(max_size=3))
def test_a_damaged_notebook(place: int, damage: bytes) -> None:
    """Some bytes in the middle are others."""
    answer(VALID[:place] + damage + VALID[place + len(damage) :])


@settings(deadline=None, max_examples=300)
@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), max_size=3))
def test_any_cells(cells: list[str]) -> None:
    """Every name gets an answer, every slice is compiled."""
    survey = slicing.survey(notebook_of(*cells), ["f", "x"])
    assert [finding.name for finding in survey.findings] == ["f", "x"]
    for statement in slicing.slice_for(survey, ["f", "x"]):
        assert statement.cell <= len(cells)
