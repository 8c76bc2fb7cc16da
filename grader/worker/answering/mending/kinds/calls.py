"""Edits of calls: left out, made or not made, of another function, with other arguments."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import combinations
from typing import TypeGuard

from ..answer import Answer, Written
from ..edits import Edit, Piece
from ..scope import Site, is_read
from ..source import Source, is_atom
from .names import alike

# Functions that are taken for each other.
_FAMILIES = (
    ("reduce_mean", "reduce_sum", "reduce_max", "reduce_min", "reduce_prod", "reduce_std"),
    ("mean", "sum", "max", "min", "prod", "std"),
    ("maximum", "minimum"),
    ("max", "min"),
    ("abs", "square", "sqrt", "relu"),
    ("abs", "negative", "sign"),
    ("square", "exp", "log"),
    ("add", "subtract", "multiply", "divide", "pow"),
    ("less_equal", "greater_equal", "less", "greater", "equal", "not_equal"),
    ("logical_and", "logical_or"),
    ("ones_like", "zeros_like"),
    ("ones", "zeros"),
    ("all", "any"),
    ("reduce_all", "reduce_any"),
    ("float32", "float16", "float64", "bfloat16", "int32", "int64", "int8", "double", "half"),
)
# Those of which one is most often taken for another.
_CORE = frozenset({"reduce_mean", "reduce_sum", "reduce_max", "mean", "sum", "maximum", "minimum"})
# For a function of one module, a function of another that does the same to tensors.
_TENSORS_OWN = {
    "max": "maximum",
    "min": "minimum",
    "sum": "reduce_sum",
    "abs": "abs",
    "round": "identity",
    "int": "identity",
    "float": "identity",
    "pow": "pow",
    "all": "reduce_all",
    "any": "reduce_any",
}
# Methods of PyTorch's or NumPy's tensors, and the function that does the same.
_METHODS = {
    "mean": "reduce_mean",
    "sum": "reduce_sum",
    "abs": "abs",
    "square": "square",
    "sqrt": "sqrt",
    "relu": "nn.relu",
}
# What is mostly given second, where there has to be a second argument.
_SECOND = {"maximum": "0.0", "minimum": "0.0", "max": "0", "min": "0", "pow": "2", "power": "2"}
# Keywords of the functions that answers are made of.
_KEYWORDS = (
    "axis", "keepdims", "dtype", "reduction", "name", "x", "y", "condition", "clip_value_min",
    "clip_value_max", "threshold", "margin", "delta",
)  # fmt: skip
_DTYPES = re.compile(r"""["'](?:float16|float64|bfloat16|int8|int32|int64|half|double)["']""")


def dropped(answer: Answer, written: Written, site: Site) -> Iterator[Edit]:
    """A call left out, so that one of its arguments stands alone; or what it is called on."""
    node, source = site.node, written.source
    if not isinstance(node, ast.Call):
        return
    given = [each for each in node.args if not isinstance(each, ast.Starred)]
    given += [each.value for each in node.keywords if each.arg and not given]
    for rank, argument in enumerate(given[:4]):
        text, atom = source.inner(argument), is_atom(argument)
        yield answer.put("dropped step", 13 + 3 * rank, source, site, text, atom=atom)
    if isinstance(node.func, ast.Attribute) and not answer.is_of_a_module(node.func.value):
        text = source.inner(node.func.value)
        yield answer.put("dropped step", 14, source, site, text, atom=True)
    inner = given[0] if given else None
    if isinstance(inner, ast.Call):
        # A step and what it needs: two calls around one value.
        within = inner.args[0] if inner.args else inner.func
        within = within.value if isinstance(within, ast.Attribute) else within
        text, atom = source.inner(within), is_atom(within)
        yield answer.put("dropped step", 19, source, site, text, atom=atom)


def dropped_everywhere(answer: Answer, written: Written) -> Iterator[Edit]:
    """The same call left out in all of its places, whatever it is called with first."""
    groups: dict[tuple[str, str], list[ast.Call]] = {}
    for site in written.parts.sites:
        node = site.node
        if isinstance(node, ast.Call) and node.args and not isinstance(node.args[0], ast.Starred):
            rest = [ast.unparse(each) for each in node.args[1:]]
            rest += [ast.unparse(each.value) for each in node.keywords]
            groups.setdefault((ast.unparse(node.func), ",".join(rest)), []).append(node)
    for nodes in groups.values():
        if len(nodes) > 1:
            pieces = [
                answer.piece(written.source, node, written.source.inner(node.args[0]))
                for node in nodes
            ]
            yield Edit("dropped step", 12, tuple(pieces))
    yield from _subscripts_everywhere(answer, written)


def _subscripts_everywhere(answer: Answer, written: Written) -> Iterator[Edit]:
    groups: dict[str, list[ast.Subscript]] = {}
    for site in written.parts.sites:
        if isinstance(site.node, ast.Subscript) and isinstance(site.node.ctx, ast.Load):
            groups.setdefault(ast.unparse(site.node.slice), []).append(site.node)
    source = written.source
    for nodes in groups.values():
        pieces = tuple(answer.piece(source, node, source.inner(node.value)) for node in nodes)
        if len(pieces) > 1:
            yield Edit("dropped step", 12, pieces)


def arguments(answer: Answer, written: Written, site: Site) -> Iterator[Edit]:
    """Arguments exchanged, left out, or put in another order."""
    node, source = site.node, written.source
    if not isinstance(node, ast.Call):
        return
    given = [each for each in node.args if not isinstance(each, ast.Starred)]
    for (at, one), (other_at, other) in combinations(enumerate(given[:4]), 2):
        pieces = (
            answer.piece(source, one, source.segment(other)),
            answer.piece(source, other, source.segment(one)),
        )
        last_two = (at, other_at) == (1, 2)
        yield Edit("exchange", 10 if last_two else 13, pieces)
    if name_of(node) == "partial" and len(given) > 1 and isinstance(given[-1], ast.Name):
        # By its place it goes to the first parameter, which is another one's.
        text = f"{given[-1].id}={given[-1].id}"
        yield Edit("argument", 9, (answer.piece(source, given[-1], text),))
    if not node.args and not node.keywords and name_of(node) in {"float", "int", "abs"}:
        end = source.span(node)[1] - 1
        for name in site.scope.locals[:4]:
            yield Edit("argument", 8, (Piece(source.cell, end, end, name),))
    if len(given) == 1 and (second := _SECOND.get(name_of(node))):
        end = source.span(given[0])[1]
        yield Edit("argument", 8, (Piece(source.cell, end, end, f", {second}"),))
    for keyword in node.keywords:
        yield from _keyword(source, keyword)
        if piece := _without(source, node, keyword):
            yield Edit("argument", 12, (piece,))
    for each in given:
        several = len(given) + len(node.keywords) > 1
        if (several or _is_super_init(node)) and (piece := _without(source, node, each)):
            yield Edit("argument", 15, (piece,))


def name_of(node: ast.Call) -> str:
    """The name of the function that is called, without its module."""
    return getattr(node.func, "attr", None) or getattr(node.func, "id", None) or ""


def _keyword(source: Source, keyword: ast.keyword) -> Iterator[Edit]:
    """A keyword that is misspelt."""
    at = source.span(keyword)[0]
    for known in _KEYWORDS:
        name = keyword.arg
        if name and name != known and alike(name, known) >= 0.7:
            yield Edit("spelling", 6, (Piece(source.cell, at, at + len(name), known),))


def _is_super_init(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Attribute) and node.func.attr == "__init__"


def _without(source: Source, call: ast.Call, part: ast.expr | ast.keyword) -> Piece | None:
    """The call without one of its arguments, and without the comma before or after it."""
    start, end = source.span(part)
    after = re.compile(r"\s*,\s*").match(source.text, end)
    before = re.compile(r",\s*\Z").search(source.text[source.span(call.func)[1] : start])
    if after:
        return Piece(source.cell, start, after.end(), "")
    if before:
        return Piece(source.cell, source.span(call.func)[1] + before.start(), end, "")
    return Piece(source.cell, start, end, "")


def families(answer: Answer, written: Written) -> Iterator[Edit]:
    """Another function of the family, at one place and in all."""
    places: dict[str, list[Piece]] = {}
    source = written.source
    for site in written.parts.sites:
        node = site.node
        if isinstance(node, ast.Attribute):
            name, end = node.attr, source.span(node)[1]
        elif isinstance(node, ast.Name) and node.id not in site.scope.locals:
            name, end = node.id, source.span(node)[1]
        else:
            if isinstance(node, ast.Constant) and _DTYPES.fullmatch(source.segment(node)):
                start, end = source.span(node)
                piece = Piece(source.cell, start, end, '"float32"')
                places.setdefault("dtype", []).append(piece)
                yield Edit("type", 9, (piece,))
            continue
        for new in _family(name):
            cost = 9 if name in _FAMILIES[-1] else 11 if name in _CORE else 15
            kind = "type" if name in _FAMILIES[-1] else "function"
            piece = Piece(source.cell, end - len(name), end, new)
            places.setdefault(f"{name} {new}", []).append(piece)
            yield Edit(kind, cost, (piece,))  # type: ignore[arg-type]
    for key, pieces in places.items():
        if len(pieces) > 1:
            kind = "type" if key == "dtype" or key.endswith("float32") else "function"
            yield Edit(kind, 12, tuple(pieces))  # type: ignore[arg-type]


def used_elsewhere(answer: Answer, written: Written) -> Iterator[Edit]:
    """A function of a module replaced by another one that the answer uses of it."""
    source = written.source
    places: dict[str, list[ast.Attribute]] = {}
    for site in written.parts.sites:
        node = site.node
        if not isinstance(node, ast.Attribute) or site.field != "func":
            continue
        if answer.is_of_a_module(node.value):
            places.setdefault(source.segment(node.value), []).append(node)
    for nodes in places.values():
        for new in dict.fromkeys(node.attr for node in nodes):
            for node in nodes:
                if node.attr != new:
                    end = source.span(node)[1]
                    yield Edit(
                        "function", 16, (Piece(source.cell, end - len(node.attr), end, new),)
                    )


def _family(name: str) -> list[str]:
    found = [new for family in _FAMILIES if name in family for new in family if new != name]
    if name in _FAMILIES[-1]:
        return ["float32"] if name != "float32" else []
    return list(dict.fromkeys(found))


def of_tensors(answer: Answer, written: Written, site: Site) -> Iterator[Edit]:
    """TensorFlow's function for one of Python or NumPy, or for what it does by itself."""
    node, source = site.node, written.source
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and not node.args:
        # A method of other libraries' tensors.
        new = _METHODS.get(node.func.attr)
        if new is not None and not answer.is_of_a_module(node.func.value):
            text = f"{answer.called(new)}({source.segment(node.func.value)})"
            yield answer.put("gone", 8, source, site, text, atom=True)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        name = node.func.id
        if name in _TENSORS_OWN and name not in site.scope.locals:
            new = answer.called(_TENSORS_OWN[name])
            yield Edit("function", 8, (answer.piece(source, node.func, new),))
        if name == "len" and len(node.args) == 1:
            yield _size(answer, source, site, source.segment(node.args[0]), "0")
    if isinstance(node, ast.Subscript) and _is_shape(node.value):
        text, axis = source.segment(node.value.value), source.segment(node.slice)
        yield _size(answer, source, site, text, axis)
        whole = f"{answer.called('shape')}({text})[{axis}]"
        yield Edit("shape", 8, (answer.piece(source, node, whole),))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        root = node.func.value
        if isinstance(root, ast.Name) and _is_numpy(answer, root.id):
            new = answer.called(node.func.attr)
            if not new.startswith("__import__"):
                yield Edit("function", 12, (answer.piece(source, node.func, new),))


def _is_shape(node: ast.expr) -> TypeGuard[ast.Attribute]:
    return isinstance(node, ast.Attribute) and node.attr == "shape"


def _size(answer: Answer, source: Source, site: Site, of: str, axis: str) -> Edit:
    cast, shape = answer.called("cast"), answer.called("shape")
    text = f"{cast}({shape}({of})[{axis}], 'float32')"
    return Edit("shape", 8, (answer.piece(source, site.node, text),))


def _is_numpy(answer: Answer, name: str) -> bool:
    return name in answer.modules and answer.modules[name].__name__ == "numpy"


def made(answer: Answer, written: Written, site: Site) -> Iterator[Edit]:
    """Called where it is only named, named where it is called; taken out of a list or a text."""
    node, source, scope = site.node, written.source, site.scope
    match node:
        case ast.Call(func=ast.Name(id=name)) if name in scope.locals or name in answer.top_level:
            cost = 9 if isinstance(site.parent, ast.Return) else 12
            yield Edit("call", cost, (Piece(source.cell, source.span(node.func)[1],
                                          source.span(node)[1], ""),))  # fmt: skip
        case ast.Name(id="super") if not (
            isinstance(site.parent, ast.Call) and site.field == "func"
        ):
            yield Edit("super", 5, (answer.piece(source, node, "super()"),))
        case ast.Attribute(attr="__init__" | "_init_" | "init") if site.field != "func":
            yield Edit("super", 6, (answer.piece(source, node, source.segment(node) + "()"),))
        case ast.Name(id=name) if name in scope.locals and isinstance(node.ctx, ast.Load):
            if site.field != "func" and isinstance(site.parent, ast.Return):
                yield Edit("call", 22, (answer.piece(source, node, f"{name}()"),))
        case ast.Constant(value=str(text)) if text.isidentifier():
            if text in scope.locals or text in answer.top_level:
                yield answer.put("name", 5, source, site, text, atom=True)
        case ast.Subscript(ctx=ast.Load()):
            text, atom = source.inner(node.value), is_atom(node.value)
            yield answer.put("dropped step", 15, source, site, text, atom=atom)
            for name in answer.hypers(scope):
                yield answer.put("name", 11, source, site, name, atom=True)
        case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Set(elts=parts):
            if isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
                yield from _taken_out(answer, source, site, parts)
        case ast.Dict(values=parts):
            yield from _taken_out(answer, source, site, parts)
        case ast.IfExp(body=body, orelse=orelse):
            yield from _taken_out(answer, source, site, [body, orelse])
            pieces = (
                answer.piece(source, body, source.segment(orelse)),
                answer.piece(source, orelse, source.segment(body)),
            )
            yield Edit("exchange", 11, pieces)
        case ast.Lambda(body=body):
            yield from _taken_out(answer, source, site, [body])
        case ast.JoinedStr(values=parts):
            formatted = [each.value for each in parts if isinstance(each, ast.FormattedValue)]
            for each in formatted:
                yield answer.put("dropped step", 15, source, site, ast.unparse(each))


def _taken_out(answer: Answer, source: Source, site: Site, parts: list[ast.expr]) -> Iterator[Edit]:
    for rank, part in enumerate(parts[:3]):
        text, atom = source.inner(part), is_atom(part)
        yield answer.put("dropped step", 13 + rank, source, site, text, atom=atom)


def labels(answer: Answer, written: Written) -> Iterator[Edit]:
    """A parameter taken the other way round: 1 - y for y in all places, where it is used."""
    groups: dict[tuple[str, int], list[Site]] = {}
    for site in written.parts.sites:
        node, scope = site.node, site.scope
        if is_read(node) and node.id in scope.arguments[:1] and scope.functions:
            groups.setdefault((node.id, id(scope.functions[-1])), []).append(site)
    source = written.source
    for (name, _), sites in groups.items():
        pieces = tuple(_turned(answer, source, name, site) for site in sites)
        if len(pieces) > 1:
            yield Edit("labels", 11, pieces)


def _turned(answer: Answer, source: Source, name: str, site: Site) -> Piece:
    parent = site.parent
    if (
        isinstance(parent, ast.BinOp)
        and isinstance(parent.op, ast.Sub)
        and isinstance(parent.left, ast.Constant)
        and parent.left.value == 1
    ):
        return answer.piece(source, parent, name)
    return answer.piece(source, site.node, f"(1 - {name})")
