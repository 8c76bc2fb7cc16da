"""For any small program: a slice leaves a name as running everything would have left it."""

from __future__ import annotations

import ast
import textwrap
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.worker.cells import run

NUMBERS, LISTS, FUNCTIONS = ("a", "b", "c", "d"), ("L", "M", "N"), ("p", "q", "r")
# Everything is bound once, so that no order of statements leaves a name unbound.
START = """
from functools import reduce as fold
import operator, math as m
a = b = c = d = 1
L, M, N = [1], [2], [3]
D = {"t": 1}
class C:
    t = 1
def p(): return 1
def q(): return 2
def r(): return 3
"""

number = st.sampled_from(NUMBERS)
some_list = st.sampled_from(LISTS)


def expression(callable_names: tuple[str, ...] = FUNCTIONS) -> st.SearchStrategy[str]:
    """An expression that gives a whole number and never fails."""
    leaves = [
        st.integers(0, 9).map(str),
        number,
        st.sampled_from(["len({})", "sum({})"]).flatmap(lambda f: some_list.map(f.format)),
        st.sampled_from(["D['t']", "C.t", "m.floor(2.5)", "fold(operator.add, [1, 2])"]),
    ]
    if callable_names:
        leaves.append(st.sampled_from(callable_names).map("{}()".format))
    leaf = st.one_of(leaves)
    both = st.tuples(leaf, leaf)
    return st.one_of(
        leaf, both.map("({0[0]} + {0[1]}) % 97".format), both.map("min({0[0]}, {0[1]})".format)
    )


def expressions_in(text: str, *parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """`text` with its braces filled."""
    return st.tuples(*parts).map(lambda found: text.format(*found))


def indented(text: str) -> str:
    """The text as a block."""
    return textwrap.indent(text, "    ")


def function(name: str) -> st.SearchStrategy[str]:
    """A definition; it calls only functions of earlier names, so no call is endless."""
    earlier = FUNCTIONS[: FUNCTIONS.index(name)]
    value = expression(earlier)
    return st.one_of(
        expressions_in(f"def {name}(): return {{}}", value),
        expressions_in(f"def {name}(z={{}}): return z + {{}}", value, value),
        expressions_in(
            f"def {name}():\n    global {{0}}\n    {{0}} = {{1}}\n    return 1", number, value
        ),
        expressions_in(f"def {name}():\n    {{}}.append({{}})\n    return 1", some_list, value),
        expressions_in(f"def {name}(z=2):\n    D['t'] = {{}}\n    return z", value),
        expressions_in(f"{name} = lambda: {{}}", value),
    )


simple = st.one_of(
    expressions_in("{} = {}", number, expression()),
    expressions_in("{} += {}", number, expression()),
    expressions_in("{} = {} = {}", number, number, expression()),
    expressions_in("{}, {} = {}, {}", number, some_list, expression(), some_list),
    expressions_in("({} := {})", number, expression()),
    expressions_in("[{} := z for z in range({})]", number, expression()),
    expressions_in("{} = [{}]", some_list, expression()),
    expressions_in("{} = {}", some_list, some_list),
    expressions_in("{} = {} + [1]", some_list, some_list),
    expressions_in("{}.append({})", some_list, expression()),
    expressions_in("{} += [{}]", some_list, expression()),
    expressions_in("{}[0] = {}", some_list, expression()),
    expressions_in("for z in ({}, {}): z.append({})", some_list, some_list, expression()),
    expressions_in("D['t'] = {}", expression()),
    expressions_in("D.update(t={})", expression()),
    expressions_in("D = {{'t': {}}}", expression()),
    expressions_in("C.t = {}", expression()),
    expressions_in("setattr(C, 't', {})", expression()),
    expressions_in("class C:\n    t = {}", expression()),
    expressions_in("globals()['{}'] = {}", number, expression()),
    expressions_in("def fill(z): z.append({})\nfill({})", expression(()), some_list),
    expressions_in("from errno import EINTR as {}, errorcode", number),
    st.sampled_from(FUNCTIONS).map("{}()".format),
    st.sampled_from(FUNCTIONS).flatmap(function),
)


def compound(inner: st.SearchStrategy[str], counter: str) -> st.SearchStrategy[str]:
    """Blocks around statements; none of them is endless, none fails outside a `try`."""
    body = st.lists(inner, min_size=1, max_size=3).map("\n".join).map(indented)
    ending = st.sampled_from(["pass", "break", "continue"])
    value = expression()
    return st.one_of(
        expressions_in("if {} % 2:\n{}\nelse:\n{}", value, body, body),
        expressions_in(
            "for {} in range(3):\n{}\n    if {} % 2: {}\n{}", number, body, value, ending, body
        ),
        expressions_in("for {} in range(2):\n{}\nelse:\n{}", number, body, body),
        expressions_in("try:\n{}\n    1 / 0\nexcept ZeroDivisionError as e:\n{}", body, body),
        expressions_in(
            "try:\n{}\nexcept ValueError:\n    pass\nelse:\n{}\nfinally:\n{}", body, body, body
        ),
        expressions_in(
            f"{counter} = 0\nwhile {counter} < 3:\n    {counter} += 1\n{{}}\n{{}} = {counter}",
            body,
            number,
        ),
        expressions_in(
            "match {1}:\n    case {0} if {0} > 2:\n        pass\n    case _:\n{2}",
            number,
            value,
            body.map(indented),
        ),
    )


statement = st.one_of(simple, simple, compound(st.one_of(simple, compound(simple, "j")), "i"))
programs = st.lists(statement, min_size=1, max_size=12)


def everything(program: str) -> dict[str, Any]:
    """Run each statement from top to bottom, going on after one that fails."""
    space: dict[str, Any] = {"__name__": "__main__"}
    for node in ast.parse(program).body:
        try:
            exec(compile(ast.Module([node], []), "<all>", "exec", dont_inherit=True), space)
        except (ArithmeticError, ValueError):
            continue
    return space


def seen(space: dict[str, Any], name: str) -> object:
    """A value that can be compared: what a function gives, and what a class holds."""
    value = space[name]
    if isinstance(value, type):
        return {key: item for key, item in vars(value).items() if not key.startswith("__")}
    return value() if callable(value) else value


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(programs, st.sampled_from([*NUMBERS, *LISTS, *FUNCTIONS, "D", "C"]), st.integers(1, 4))
def test_a_slice_gives_what_everything_gives(program: list[str], name: str, step: int) -> None:
    """Whatever the program, and however it is cut into cells."""
    parts = [START, *program]
    cells = ["\n".join(parts[i : i + step]) for i in range(0, len(parts), step)]
    ran = run(*cells, names=(name,))
    assert seen(ran.namespace.globals, name) == seen(everything("\n".join(parts)), name)
