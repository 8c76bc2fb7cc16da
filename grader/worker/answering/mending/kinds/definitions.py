"""Edits of how functions and classes are defined: parameters, methods, bases, `super`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ..answer import Answer, Written, headline, insertion, stretch
from ..edits import Edit, Piece
from ..scope import FUNCTIONS, Place, attributes, parameters
from ..source import Source
from .names import alike

_METHODS = frozenset({"__init__", "call", "get_config", "from_config"})
_CALLED = ("__call__", "forward", "Call", "loss", "compute", "compute_loss", "calculate")


def parameter_edits(answer: Answer, written: Written, place: Place) -> Iterator[Edit]:
    """A parameter under another name, in another place, with a default, forgotten."""
    source = written.source
    for function in _functions_in(place.node):
        given = [*function.args.posonlyargs, *function.args.args]
        method = place.scope.home is not None or isinstance(place.parent, ast.ClassDef)
        own = 1 if method and given and given[0].arg == "self" else 0
        wanted = dict.fromkeys([*_unknown_in(answer, written, function)])
        if answer.form != "function":
            wanted[answer.parameter] = None
        for each in given[own:]:
            for new in wanted:
                if new != each.arg and new not in parameters(function):
                    yield from _renamed(answer, source, function, each, new)
        for one, other in zip(given[own:], given[own + 1 :], strict=False):
            pieces = (
                Piece(source.cell, *_name_span(source, one), other.arg),
                Piece(source.cell, *_name_span(source, other), one.arg),
            )
            yield Edit("parameter", 12, pieces)
        yield from (
            _moved_last(source, each, after, given[-1], function.args)
            for each, after in zip(given[own:], given[own + 1 :], strict=False)
        )
        if own and len(given) > own + 2:
            yield _taken_from_self(answer, source, place, function, given[-1])
        undefaulted = given[own : len(given) - len(function.args.defaults)]
        for each in undefaulted[-1:]:
            end = source.span(each)[1]
            yield Edit("parameter", 16, (insertion(source, end, "=1.0"),), (stretch(source, each),))
    if isinstance(place.node, ast.FunctionDef) and isinstance(place.parent, ast.ClassDef):
        yield from _self_forgotten(answer, source, place.node)


def _taken_from_self(
    answer: Answer,
    source: Source,
    place: Place,
    method: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda,
    parameter: ast.arg,
) -> Edit:
    """The last parameter left out, and read from the object instead."""
    start, end = source.span(parameter)
    comma = source.text.rfind(",", 0, start)
    pieces = [Piece(source.cell, comma, end, "")]
    pieces += [
        answer.piece(source, node, f"self.{parameter.arg}")
        for node in ast.walk(method)
        if isinstance(node, ast.Name) and node.id == parameter.arg
    ]
    return Edit("parameter", 12, tuple(pieces), (stretch(source, parameter),))


def _moved_last(
    source: Source, parameter: ast.arg, after: ast.arg, last: ast.arg, given: ast.arguments
) -> Edit:
    """The parameter behind all others, and with a default."""
    start, end = source.span(parameter)[0], source.span(after)[0]
    behind = source.span(given.defaults[-1] if given.defaults else last)[1]
    pieces = (
        Piece(source.cell, start, end, ""),
        insertion(source, behind, f", {parameter.arg}=None"),
    )
    return Edit("parameter", 14, pieces, (stretch(source, parameter),))


def _functions_in(node: ast.stmt) -> list[ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda]:
    """The definition itself, or lambdas that stand in a simple statement."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return [node]
    if isinstance(node, ast.Assign | ast.Return | ast.Expr):
        return [each for each in ast.walk(node) if isinstance(each, ast.Lambda)]
    return []


def _unknown_in(answer: Answer, written: Written, function: ast.AST) -> list[str]:
    return [
        site.node.id
        for site in written.parts.sites
        if isinstance(site.node, ast.Name)
        and function in site.scope.functions
        and answer.is_unknown(site.node.id, site.scope)
    ]


def _renamed(
    answer: Answer,
    source: Source,
    function: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda,
    parameter: ast.arg,
    new: str,
) -> Iterator[Edit]:
    """The parameter alone, and with all that is read of it."""
    span = _name_span(source, parameter)
    look = (stretch(source, parameter),)
    body = function.body if isinstance(function.body, list) else [function.body]
    uses = [
        node
        for statement in body
        for node in ast.walk(statement)
        if isinstance(node, ast.Name) and node.id == parameter.arg
    ]
    shadowed = any(
        parameter.arg in parameters(inner)
        for statement in body
        for inner in ast.walk(statement)
        if isinstance(inner, FUNCTIONS)
    )
    cost = 3 if alike(parameter.arg, new) >= 0.6 else 10
    yield Edit("parameter", cost + 1, (Piece(source.cell, *span, new),), look)
    if uses and not shadowed:
        pieces = (Piece(source.cell, *span, new), *(answer.piece(source, u, new) for u in uses))
        yield Edit("parameter", cost + 2, pieces, look)


def _name_span(source: Source, parameter: ast.arg) -> tuple[int, int]:
    start = source.span(parameter)[0]
    return start, start + len(parameter.arg)


def _self_forgotten(answer: Answer, source: Source, method: ast.FunctionDef) -> Iterator[Edit]:
    given = method.args.args
    if method.decorator_list or (given and given[0].arg in {"self", "cls"}):
        return
    start = source.offset(method.lineno, method.col_offset)
    at = source.text.find("(", start) + 1
    text = "self, " if given else "self"
    yield Edit("self", 5, (insertion(source, at, text),), (headline(source, method),))


def class_edits(answer: Answer, written: Written, place: Place) -> Iterator[Edit]:
    """What makes a class a loss of Keras: its base, its methods' names, `super`, what it keeps."""
    source, node = written.source, place.node
    if not isinstance(node, ast.ClassDef):
        return
    yield from _bases(answer, source, node)
    methods = {each.name: each for each in node.body if isinstance(each, ast.FunctionDef)}
    yield from _method_names(answer, source, node, methods)
    if constructor := methods.get("__init__"):
        yield from _super(answer, source, node, constructor)
        yield from _kept(answer, source, node, constructor)


def _bases(answer: Answer, source: Source, node: ast.ClassDef) -> Iterator[Edit]:
    base = _loss(answer)
    head = headline(source, node)
    looks = (head,)
    if node.bases:
        for each in node.bases:
            if source.segment(each) != base:
                piece = answer.piece(source, each, base)
                yield Edit("base class", 12, (piece,))
        return
    name = re.compile(rf"\b{re.escape(node.name)}\b\s*(\(\s*\))?").search(source.text, head.start)
    if name is None:
        return
    end = head.start + len(re.match(r"class\s+\w+", source.text[head.start :])[0])  # type: ignore[index]
    yield Edit("base class", 12, (Piece(source.cell, end, name.end(), f"({base})"),), looks)


def _loss(answer: Answer) -> str:
    """How the answer would write the class Loss of Keras."""
    for name, value in answer.given.items():
        if isinstance(value, type) and value.__name__ == "Loss" and _is_keras(value):
            return name
    for name, module in answer.modules.items():
        if module.__name__ == "tensorflow":
            return f"{name}.keras.losses.Loss"
    return "__import__('tensorflow').keras.losses.Loss"


def _is_keras(value: type) -> bool:
    return value.__module__.startswith("keras")


def _method_names(
    answer: Answer, source: Source, node: ast.ClassDef, methods: dict[str, ast.FunctionDef]
) -> Iterator[Edit]:
    if "call" in methods and "__call__" in methods:
        method = methods["__call__"]
        piece = answer.piece(source, method, "pass")
        yield Edit("method", 6, (piece,), (headline(source, method),))
    read = {each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)}
    lacking = sorted(read - set(methods) - set(attributes(node)))
    functions = [each for each in node.body if isinstance(each, ast.FunctionDef)]
    for method in functions:
        name = method.name
        at = source.text.index(name, source.offset(method.lineno, method.col_offset) + 3)
        head = (headline(source, method),)
        for wanted in lacking:
            if wanted != "__init__" and name not in read and alike(name, wanted) >= 0.6:
                yield Edit("spelling", 5, (Piece(source.cell, at, at + len(name), wanted),))
        twice = sum(each.name == name for each in functions) > 1
        for wanted in ("__init__", "call"):
            if wanted in methods:
                continue
            close = twice or alike(name, wanted) >= 0.6
            close = close or (wanted == "call" and name in _CALLED)
            if not close and (name in _METHODS or wanted == "__init__"):
                continue
            pieces = [Piece(source.cell, at, at + len(name), wanted)]
            for each in ast.walk(node) if not twice else ():
                if isinstance(each, ast.Attribute) and each.attr == name:
                    end = source.span(each)[1]
                    pieces.append(Piece(source.cell, end - len(name), end, wanted))
            yield Edit("method", 5 if close else 10, tuple(pieces), head)


def _super(
    answer: Answer, source: Source, node: ast.ClassDef, constructor: ast.FunctionDef
) -> Iterator[Edit]:
    """`super().__init__()` put in where it is nowhere, or in the place of what stands for it."""
    calls = [
        each
        for each in ast.walk(constructor)
        if isinstance(each, ast.Attribute) and each.attr == "__init__"
    ]
    first = constructor.body[0]
    start = source.span(first)[0]
    indent = source.indent(start)
    own = (parameters(constructor) or ["self"])[0]
    text = f"super({node.name}, {own}).__init__()"
    if not calls and indent is not None:
        piece = insertion(source, start, f"{text}\n{indent}")
        yield Edit("super", 5, (piece,), (headline(source, constructor),))
    for statement in ast.walk(constructor):
        old = source.segment(statement) if isinstance(statement, ast.Expr) else ""
        if "super" in old and old not in {"super().__init__()", text}:
            yield Edit("super", 9, (answer.piece(source, statement, text),))


def _kept(
    answer: Answer, source: Source, node: ast.ClassDef, constructor: ast.FunctionDef
) -> Iterator[Edit]:
    """A parameter of `__init__` kept on the object, at its end."""
    last = constructor.body[-1]
    end = source.span(last)[1]
    indent = source.indent(source.span(last)[0])
    own, *given = parameters(constructor) or ["self"]
    if indent is None:
        return
    read = [
        each.attr
        for each in ast.walk(node)
        if isinstance(each, ast.Attribute)
        and isinstance(each.value, ast.Name)
        and isinstance(each.ctx, ast.Load)
        and each.value.id == own
    ]
    written = {
        each.attr
        for each in ast.walk(constructor)
        if isinstance(each, ast.Attribute) and isinstance(each.ctx, ast.Store)
    }
    stored = {
        each.value.id
        for each in ast.walk(constructor)
        if isinstance(each, ast.Assign) and isinstance(each.value, ast.Name)
    }
    for name in given:
        for attribute in dict.fromkeys(read):
            if attribute in written:
                continue
            cost = 7 if alike(attribute, name) >= 0.6 else 12
            cost += 5 * (name in stored)
            piece = insertion(source, end, f"\n{indent}{own}.{attribute} = {name}")
            yield Edit("store", cost, (piece,), (headline(source, constructor),))
