"""Executing a slice: every statement for itself, and where things went wrong."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import pytest

from grader.worker.answering.defining.execution import place_of
from grader.worker.wire import Spot
from tests.worker.cells import run


class TestFailures:
    """A statement that fails costs what it would have bound."""

    @pytest.mark.parametrize(
        ("failing", "error"),
        [
            pytest.param("f = 1 / 0", "ZeroDivisionError: division by zero", id="an error"),
            pytest.param("import sys\nf = sys.exit(3)", "SystemExit: 3", id="sys.exit"),
            pytest.param("f = exit()", "SystemExit: None", id="exit"),
            pytest.param("f = (_ for _ in ()).throw(KeyboardInterrupt)", "KeyboardInterrupt: ",
                         id="an interrupt"),
            pytest.param("class E(BaseException): pass\nf = (_ for _ in ()).throw(E)", "E: ",
                         id="an exception of their own"),
            pytest.param("def g(): return g()\nf = g()", "RecursionError: "
                         "maximum recursion depth exceeded", id="endless recursion"),
            pytest.param("f = utils.x", "NameError: name 'utils' is not defined", id="a name"),
            pytest.param("import missing_\nf = missing_.x", "ModuleNotFoundError: "
                         "No module named 'missing_' (imported in cell 1, line 1)", id="a module"),
            pytest.param("f = !ls", None, id="a magic, not used"),
        ],
    )  # fmt: skip
    def test_the_next_statement_runs(self, failing: str, error: str | None) -> None:
        """What failed is remembered, the rest is there."""
        ran = run(failing + "\ndef g(): return 2", names=("f", "g"))
        assert ran["g"]() == 2
        assert "f" not in ran.namespace.globals
        if error is not None:
            assert ran.error("f").startswith(error)

    @pytest.mark.slow
    @pytest.mark.parametrize(
        "work",
        [
            pytest.param("while True: steps.append(len(steps))", id="a training without end"),
            pytest.param("import time\nsteps.append(time)\ntime.sleep(1000)", id="sleep"),
            pytest.param(
                "while True:\n    try: steps.append(1)\n    except Exception: pass",
                id="one that catches exceptions",
            ),
        ],
    )
    def test_long_work_is_interrupted(self, work: str) -> None:
        """A loss that reads what a training also writes to is not lost to the training."""
        ran = run(f"steps = []\n{work}\nsteps.append('after')\ndef f(): return steps[-1]")
        assert ran["f"]() == "after"

    @pytest.mark.slow
    def test_what_long_work_should_have_given_is_missed(self) -> None:
        """And it can be told why."""
        ran = run("f = sum(x for x in iter(int, 1))")
        assert ran.error("f").startswith("TimeoutError: ")

    @pytest.mark.slow
    def test_there_is_time_left_for_the_next(self) -> None:
        """However many never end."""
        endless = "while True: steps.append(1)"
        ran = run("steps = []", *[endless] * 6, "def f(): return len(steps)")
        assert ran["f"]() > 0

    @pytest.mark.parametrize(
        "context",
        [
            pytest.param("open('data.csv') as file", id="a file"),
            pytest.param("missing_.device() as device", id="a device"),
        ],
    )
    def test_what_is_defined_under_a_with_that_fails(self, context: str) -> None:
        """The definitions need it no more than the next cell does."""
        ran = run(f"with {context}:\n    x = 1\n    def f(): return 1\n    class g: pass")
        assert ran["f"]() == 1
        assert "x" not in ran.namespace.globals

    def test_a_with_that_got_somewhere_stands_as_it_is(self) -> None:
        """Its definitions are not made a second time."""
        ran = run("made = []\nwith open('/dev/null'):\n    def f(): return 1\n    f = f() / 0")
        assert ran["f"]() == 1
        assert ran.error("f") == "ZeroDivisionError: division by zero"

    def test_an_earlier_definition_stays(self) -> None:
        """As in a notebook whose later cell failed."""
        ran = run("def f(): return 1", "f = f() / 0")
        assert ran["f"]() == 1
        assert ran.error("f") == "ZeroDivisionError: division by zero"

    def test_a_later_definition_forgets_the_failure(self) -> None:
        """The last one counts."""
        ran = run("f = g", "def f(): return 1")
        assert (ran["f"](), ran.namespace.failures) == (1, {})

    def test_a_later_definition_is_not_undone_by_waiting(self) -> None:
        """The first cell runs when `g` is there at last, but the second is the later one."""
        ran = run("f = g(1)", "def f(): return 2", "def g(x): return x", "h = f", names=("h", "f"))
        assert ran["f"]() == 2

    def test_what_waited_runs_in_order(self) -> None:
        """Of two definitions that waited, the second counts."""
        ran = run("f = [g, 1]", "f = [g, 2]", "g = 0")
        assert ran["f"] == [0, 2]

    def test_a_change_that_waited(self) -> None:
        """A method may be attached above its class."""
        ran = run("C.t = 2", "class C: pass", "def f(): return C.t")
        assert ran["f"]() == 2


USES = [
    pytest.param("missing_.x", id="attribute"),
    pytest.param("missing_()", id="call"),
    pytest.param("missing_[0]", id="item"),
    pytest.param("missing_ + 1", id="sum"),
    pytest.param("1 * missing_", id="product"),
    pytest.param("list(missing_)", id="iteration"),
    pytest.param("not missing_", id="truth"),
    pytest.param("missing_ < 1", id="comparison"),
    pytest.param("1 in missing_", id="membership"),
    pytest.param("float(missing_)", id="number"),
    pytest.param("setattr(missing_, 'x', 1)", id="assignment"),
]


class TestMissingModules:
    """What can't be imported says so when it is used."""

    @pytest.mark.parametrize("use", USES)
    @pytest.mark.parametrize(
        ("line", "error"),
        [
            ("import missing_", "No module named 'missing_' (imported in cell 1, line 1)"),
            ("from os import missing_", "cannot import name 'missing_' from 'os' (imported in"),
            ("from . import missing_", "attempted relative import with no known parent package"),
            ("missing_ = !ls", "a magic or shell command gives this value"),
        ],
    )
    def test_use(self, line: str, error: str, use: str) -> None:
        """Whatever is done with it."""
        ran = run(line, f"def f(): return {use}")
        with pytest.raises(ImportError) as caught:
            ran["f"]()
        assert str(caught.value).startswith(error)
        assert place_of(caught.value) == Spot(2, 1)

    @pytest.mark.parametrize(
        "definition",
        [
            pytest.param("class f(missing_.Loss): pass", id="a base class"),
            pytest.param("class f(missing_): pass", id="a base class, itself"),
            pytest.param("@missing_\ndef f(): pass", id="a decorator"),
            pytest.param("def f(t=missing_.T): pass", id="a default"),
        ],
    )
    def test_a_definition_that_needs_it_fails(self, definition: str) -> None:
        """The failure names the module."""
        ran = run("import missing_", definition)
        assert ran.error("f").startswith("ModuleNotFoundError: No module named 'missing_'")
        assert place_of(ran.namespace.failures["f"]) is not None

    def test_passing_it_on_is_no_use(self) -> None:
        """Names may be copied, compared by identity and printed."""
        ran = run("import missing_\ng = missing_", "def f(): return g is missing_, repr(g)")
        text = "<missing: No module named 'missing_' (imported in cell 1, line 1)>"
        assert ran["f"]() == (True, text)

    def test_named_in_an_annotation_by_an_alias(self) -> None:
        """The alias is not there either, and nobody needs it."""
        ran = run("import missing_", "T = missing_.Tensor", "def f(x: T) -> T: return 1")
        assert ran["f"](0) == 1

    def test_inside_an_if(self) -> None:
        """A block goes on after an import that failed."""
        ran = run(
            "if True:\n    import missing_\n    T = 2", "def f(x): return x and missing_.y or T"
        )
        assert ran["f"](0) == 2
        with pytest.raises(ModuleNotFoundError):
            ran["f"](1)

    def test_ipython_is_quiet(self) -> None:
        """Calls that a notebook makes of Jupyter do nothing."""
        ran = run("get_ipython().system('ls')\ndef f():\n    !ls\n    display(1)\n    return 2")
        assert ran["f"]() == 2


class TestNamespace:
    """What student code sees around itself."""

    def test_it_is_main(self) -> None:
        """`if __name__ == "__main__":` runs, as in Jupyter."""
        assert run('if __name__ == "__main__":\n    T = 2', "def f(): return T")["f"]() == 2

    def test_dataclasses_with_text_annotations(self) -> None:
        """They look their module up in `sys.modules`."""
        ran = run(
            "from __future__ import annotations\nimport dataclasses\n"
            "@dataclasses.dataclass\nclass C:\n    t: int = 2",
            "def f(): return C().t",
        )
        assert ran["f"]() == 2

    def test_nothing_of_the_worker_is_in_it(self) -> None:
        """Only what the notebook bound."""
        ran = run("def f(): return sorted(globals())")
        assert list(ran.namespace.globals) == ["f"]
        assert ran["f"]() == ["__builtins__", "__doc__", "__loader__", "__name__", "__package__",
                              "__spec__", "display", "f", "get_ipython"]  # fmt: skip

    def test_futures_are_the_notebooks_own(self) -> None:
        """This project's own `from __future__` lines do not leak in."""
        ran = run("def f(t: int): return f.__annotations__")
        assert ran["f"](1) == {"t": int}

    def test_inspect_finds_the_source(self) -> None:
        """AutoGraph needs it."""
        ran = run("!ls\n\ndef f():\n    return 2")
        assert inspect.getsource(ran["f"]) == "def f():\n    return 2\n"


def error_of(call: Callable[[], Any]) -> BaseException:
    """What the call raises."""
    try:
        call()
    except BaseException as error:  # noqa: BLE001 - students raise anything
        return error
    raise AssertionError("nothing was raised")


class TestPlaces:
    """Where in the notebook an exception came from."""

    def test_the_innermost_line_of_the_notebook(self) -> None:
        """Of a helper in another cell."""
        ran = run("def g(x):\n\n    return 1 / x", "%time 1\ndef f(x): return g(x)")
        assert place_of(error_of(lambda: ran["f"](0))) == Spot(1, 3)

    def test_a_line_that_calls_a_library(self) -> None:
        """The last line of the notebook, not of the library."""
        ran = run("import json\ndef f():\n    return json.loads('{')")
        assert place_of(error_of(ran["f"])) == Spot(1, 3)

    def test_a_cause(self) -> None:
        """An error raised outside because of one in the notebook."""
        ran = run("def f():\n    return 1 / 0")

        def outside() -> None:
            try:
                ran["f"]()
            except ZeroDivisionError as error:
                raise ValueError("outside").with_traceback(None) from error

        assert place_of(error_of(outside)) == Spot(1, 2)

    def test_none(self) -> None:
        """What the notebook had no part in."""
        assert place_of(error_of(lambda: 1 / 0)) is None

    def test_an_exception_that_lies(self) -> None:
        """Classes of student code may do anything when asked."""
        ran = run(
            "class E(Exception):\n"
            "    def __str__(self): raise SystemError\n"
            "    def __getattr__(self, name): raise ValueError\n"
            "def f(): return E()"
        )
        assert place_of(ran["f"]()) is None

    @pytest.mark.slow
    def test_inside_tensorflow(self) -> None:
        """In a function that AutoGraph rewrote, in a Keras loss, and in a graph that runs."""
        import tensorflow as tf

        ran = run(
            "import tensorflow as tf",
            "def g(x):\n    return tf.reshape(x, [2, 2])\n\n"
            "def f(a, b):\n    if tf.reduce_sum(b) > 0:\n        b = b + 1\n    return g(b)",
            "class h(tf.keras.losses.Loss):\n    def call(self, a, b):\n        return tf.gone(b)",
            names=("f", "h"),
        )
        x = tf.ones([3])
        unknown = [tf.TensorSpec([None])] * 2
        places = [
            place_of(error_of(lambda: ran["f"](x, x))),
            place_of(error_of(lambda: tf.function(ran["f"])(x, x))),
            place_of(error_of(lambda: tf.function(ran["f"], input_signature=unknown)(x, x))),
            place_of(error_of(lambda: ran["h"]()(x, x))),
        ]
        assert places == [Spot(2, 2), Spot(2, 2), Spot(2, 2), Spot(3, 3)]
