"""Cells as Python: what is a magic, and that every line keeps its number."""

from __future__ import annotations

import ast
import time

import pytest

from grader.worker.reading.cells.python_cells import parse

# Each case: the cell, and the same cell as Python.
MAGICS = [
    pytest.param("%matplotlib inline\nx = 1", "pass\nx = 1", id="a line magic"),
    pytest.param("!pip install a 'b\nx = 1", "pass\nx = 1", id="shell with an odd quote"),
    pytest.param("!!ls\nx = 1", "pass\nx = 1", id="shell with capture"),
    pytest.param(
        "try:\n  %tensorflow_version 2.x\nexcept Exception:\n  pass",
        "try:\n  pass\nexcept Exception:\n  pass",
        id="alone inside a try",
    ),
    pytest.param("if 1:\n\t!ls\n\tx = 1", "if 1:\n\tpass\n\tx = 1", id="indented by a tab"),
    pytest.param("!pip install a \\\n  b \\\n  c\nx = 1", "pass\n\n\nx = 1", id="over three lines"),
    pytest.param("x?\n?x\nx??\nx.y?\ny = 1", "pass\npass\npass\npass\ny = 1", id="help"),
    pytest.param("%time x = 1\ny = 2", "pass\ny = 2", id="a timed line"),
    pytest.param("\n\n%cd a\nx = 1", "\n\npass\nx = 1", id="blank lines in front"),
    pytest.param("%%time\nx = 1", "\nx = 1", id="a timed cell"),
    pytest.param("\n%%capture out --no-stderr\n%%time\nx = 1", "\n\n\nx = 1", id="two headers"),
    pytest.param("%%timeit -n 1\nx = 1", "\nx = 1", id="timeit"),
    pytest.param("%%time?\nx = 1", "pass\nx = 1", id="help on a cell magic"),
    pytest.param(">>> x = 1\n>>> if x:\n...     y = 2", "x = 1\nif x:\n    y = 2", id="prompts"),
    pytest.param("In [1]: x = 1\n   ...: y = 2", "x = 1\ny = 2", id="numbered prompts"),
    pytest.param("  x = 1\n  !ls\n  y = 2", "x = 1\npass\ny = 2", id="a common indent"),
    pytest.param(
        "s = '''\n%matplotlib\nWhy so?\n'''\n!ls", "s = '''\n%matplotlib\nWhy so?\n'''\npass",
        id="text is no magic",
    ),
    pytest.param(
        "!echo '''\nx = 1\ns = '''\nWhy so?\n'''", "pass\nx = 1\ns = '''\nWhy so?\n'''",
        id="an open quote swallows nothing",
    ),
    pytest.param(
        "%matplotlib\nx = '" + "a" * 100_000 + "'", "pass\nx = '" + "a" * 100_000 + "'",
        id="beside a picture in a string",
    ),
    pytest.param("x = (7\n% 4)\n%ls", "x = (7\n% 4)\npass", id="a remainder is no magic"),
]  # fmt: skip

AS_IT_STANDS = [
    pytest.param("x = 1\r\ny = 2", id="other line ends"),
    pytest.param("if 1:\n  x = 1\n  if 2:\n    y = 2", id="two spaces"),
    pytest.param("x = 1\n\x0c\ny = 2", id="a form feed"),
    pytest.param("# coding: latin-1\nx = 'é'", id="an encoding cookie"),
    pytest.param("x = 1 + \\\n  2\n", id="a backslash"),
    pytest.param("x = '\\d' is 1", id="what the compiler warns of"),
    pytest.param("", id="nothing"),
    pytest.param("# only a comment", id="a comment"),
    pytest.param("'%matplotlib inline'", id="a magic in a string"),
]


class TestPython:
    """What is Python, or becomes it."""

    @pytest.mark.parametrize(("source", "python"), MAGICS)
    def test_magics_become_pass_and_lines_stay(self, source: str, python: str) -> None:
        """Line for line the same cell, without what only Jupyter understands."""
        cell = parse(1, source)
        assert cell.problem is None
        assert cell.text.rstrip("\n") == python
        assert cell.statements

    @pytest.mark.parametrize("source", AS_IT_STANDS)
    def test_python_is_taken_as_it_stands(self, source: str) -> None:
        """Nothing is done to what Python can read."""
        cell = parse(1, source)
        assert (cell.text, cell.problem) == (source, None)

    @pytest.mark.parametrize(
        "source", ["x = %env HOME", "x = !ls 'a", "x = !ls \\\n -l", "if 1:\n  x = %who_ls"]
    )
    def test_a_magic_that_is_assigned_binds_its_name(self, source: str) -> None:
        """The name is there; using it says that no magic was run."""
        cell = parse(1, source)
        assert cell.problem is None
        assert "x = get_ipython()" in cell.text
        assert cell.text.count("\n") == source.count("\n") or not source.endswith("\n")


class TestPieces:
    """Of a cell that is no Python as a whole, what is Python by itself."""

    @pytest.mark.parametrize(
        ("source", "kept"),
        [
            pytest.param("x = 1\ndef f(:\n    pass\ny = 2", ["x = 1", "y = 2"], id="a definition"),
            pytest.param("import a\nprint 'x'\n", ["import a"], id="Python 2"),
            pytest.param("x = (5\ny = 2", ["y = 2"], id="an open bracket"),
            pytest.param("x = (1,\n2,\n)\ny = = 2", ["x = (1, 2)"], id="brackets at the margin"),
            pytest.param("s = '''a\nb = 1\n'''\nx x", ["s = 'a\\nb = 1\\n'"], id="a text"),
            pytest.param(
                "if a:\n    b\nelse:\n    c\nx x", ["if a:\n    b\nelse:\n    c"], id="an else"
            ),
            pytest.param(
                "@g\n# why\n@h(1)\ndef f():\n    pass\nx x", ["@g\n@h(1)\ndef f():\n    pass"],
                id="decorators",
            ),
            pytest.param("%matplotlib inline\nx = 1\nx x", ["pass", "x = 1"], id="a magic"),
            pytest.param("This is no code.\nNor is this.", [], id="prose"),
        ],
    )  # fmt: skip
    def test_pieces_are_kept(self, source: str, kept: list[str]) -> None:
        """And the cell still has a problem, which is told."""
        cell = parse(1, source)
        assert cell.problem is not None
        assert [ast.unparse(statement) for statement in cell.statements] == kept

    def test_lines_keep_their_numbers(self) -> None:
        """In the pieces too."""
        (kept,) = parse(1, "x x\n\ndef f():\n    return 1").statements
        assert (kept.lineno, kept.end_lineno) == (3, 4)

    @pytest.mark.parametrize("count", [20, 40])
    def test_a_long_cell_full_of_magics(self, count: int) -> None:
        """More than IPython's tokenizer is asked to read: line by line then."""
        line = "x = 'a long line that has to be read again for each of the magics in its cell'\n"
        cell = parse(1, '!pip install "x>=1"\n' * count + line * 500)
        assert cell.problem is None
        assert len(cell.statements) == count + 500


class TestNotPython:
    """What is no Python, and what is said of it."""

    @pytest.mark.parametrize(
        ("source", "magic"),
        [
            pytest.param("%%bash\nls", "%%bash", id="shell"),
            pytest.param("%%writefile a.py\nx = 1", "%%writefile", id="a file"),
            pytest.param("\n%%html\n<p>", "%%html", id="after a blank line"),
            pytest.param("%%time\n%%bash\nls", "%%bash", id="under a Python magic"),
            pytest.param("pip install tensorflow", "pip", id="a magic without its percent sign"),
            pytest.param("cd ..", "cd", id="another one"),
        ],
    )
    def test_other_languages(self, source: str, magic: str) -> None:
        """They are left out, and are no mistake."""
        cell = parse(1, source)
        assert (cell.statements, cell.magic, cell.problem) == ((), magic, None)

    @pytest.mark.parametrize(
        ("source", "words"),
        [
            pytest.param("x = (5", "line 1: '(' was never closed.", id="an open bracket"),
            pytest.param("x = 1\nif x\n  y", "line 2: expected ':'.", id="no colon"),
            pytest.param("def f():\nreturn 1", "line 2: expected an indented block after function "
                         "definition on line 1.", id="no indent"),
            pytest.param("if 1:\n\tx = 1\n        y = 2", "line 3: inconsistent use of tabs and "
                         "spaces in indentation.", id="tabs and spaces"),
            pytest.param("%matplotlib\nx = (5", "line 2: '(' was never", id="after a magic"),
            pytest.param("print 'x'", "line 1: Missing parentheses", id="Python 2"),
            pytest.param("x = '\ud800'", "it holds characters that are no text.", id="surrogates"),
            pytest.param("\x00", "null bytes.", id="a NUL"),
            pytest.param("(" * 100_000, "too many nested parentheses.", id="100,000 brackets"),
            pytest.param("-" * 100_000 + "1", "nested too deeply.", id="100,000 signs"),
            pytest.param("x = " + "9" * 5000, "Exceeds the limit", id="a number of 5,000 digits"),
            pytest.param("+".join("1" * 100_000), "nested too deeply.", id="100,000 terms"),
        ],
    )  # fmt: skip
    def test_says_why(self, source: str, words: str) -> None:
        """The compiler's words, with the line in the cell."""
        problem = parse(1, source).problem
        assert words in str(problem)

    @pytest.mark.slow
    @pytest.mark.parametrize(
        "source",
        [
            pytest.param("!echo '\n" * 3000, id="3,000 odd quotes"),
            pytest.param("!echo \n" * 3000, id="3,000 open texts"),
            pytest.param("%a\n" * 20_000, id="20,000 magics"),
            pytest.param("x = '" + "a" * 5_000_000 + "'", id="a literal of five megabytes"),
            pytest.param("x = 1\n" * 30_000 + "(", id="30,000 lines and a mistake"),
        ],
    )
    def test_large_cells_end(self, source: str) -> None:
        """A cell made to be slow costs seconds, not hours."""
        start = time.process_time()
        parse(1, source)
        assert time.process_time() - start < 15
