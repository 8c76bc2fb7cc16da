"""Edits that add a step: an absolute value, a square, a half, a mean, a maximum with zero."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ....wire import EditKind
from ..answer import Answer, Written
from ..edits import Edit
from ..scope import Function, Site, assigned, is_read, parameters
from ..source import Source, is_atom
from .calls import name_of

# What comes out of these is a part of what goes in, and the rest is of use too.
_LIMITING = frozenset({"minimum", "min", "clip_by_value", "clip", "maximum"})
_STEPS = (ast.Name, ast.BinOp, ast.Call, ast.Attribute, ast.Subscript, ast.UnaryOp)


def steps(answer: Answer, written: Written, site: Site) -> Iterator[Edit]:
    """One more step on the value of an expression."""
    node, source = site.node, written.source
    if not _is_value(answer, site):
        return
    # Where a value is used once the step belongs to where it is made, if it stands nowhere else.
    more = 4 * _is_used_once(site)
    for kind, cost, text, atom in _added(answer, source, site):
        yield answer.put(kind, cost + more, source, site, text, atom=atom)
    if isinstance(site.parent, ast.Return | ast.Assign | ast.Call):
        unused = answer.unused if isinstance(site.parent, ast.Return) else []
        for name in [*_helpers(answer, site), *unused]:
            text = f"{name}({source.segment(node)})"
            yield answer.put("added step", 18, source, site, text, atom=True)
    if isinstance(node, ast.Compare):
        cast = answer.called("cast")
        text = f"{cast}({source.segment(node)}, 'float32')"
        yield answer.put("type", 15, source, site, text, atom=True)


def _added(answer: Answer, source: Source, site: Site) -> Iterator[tuple[EditKind, int, str, bool]]:
    node, scope = site.node, site.scope
    if isinstance(node, ast.Compare):
        return
    text, inner = source.segment(node), source.inner(node)
    spread = not isinstance(node, ast.Name | ast.Attribute)
    absolute = answer.called("abs") if answer.familiar("abs(") else "abs"
    sign = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub)
    yield "added step", 12 if sign or not spread else 16, f"{absolute}({text})", True
    # A square of both terms at once is right by chance, where labels are 0 or 1.
    both = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add)
    if not both:
        yield "added step", 12, f"{_square(answer, node, text)}", False
    yield "added step", 12, f"{inner} / 2", False
    yield "added step", 13 if sign else 18, f"{answer.called('maximum')}({text}, 0.0)", True
    if isinstance(site.parent, ast.Return | ast.Assign | ast.Lambda | ast.Call):
        mean = answer.called("reduce_mean", "mean")
        yield "added step", 12 if spread else 14, f"{mean}({text})", True
    for name in answer.hypers(scope)[:3]:
        yield "added step", 16, f"{name} * {inner}", False
        yield "added step", 20, f"({inner} - {name} / 2)", False
        yield "added step", 22, f"({name} - {inner})", False
    if not answer.hypers(scope):
        yield "added step", 20, f"({inner} - 0.5)", False
    if isinstance(node, ast.Name):
        for whole in _cut_from(scope.functions[-1], node.id):
            if answer.familiar(f"{whole} - {text}"):
                continue  # there is a variable for it, and another name is the likelier slip
            yield "added step", 11, f"({whole} - {text})", True
    for name in scope.arguments[:1]:
        if text == name:
            yield "labels", 15, f"(1 - {name})", False
        else:
            yield "added step", 18, f"{name} * {inner}", False
            yield "added step", 18, f"(1 - {name}) * {inner}", False
    if spread or site.field == "args":
        yield "added step", 22, f"{answer.called('sqrt')}({text})", True
    if isinstance(node, ast.Name) and node.id in scope.arguments:
        yield "type", 16, f"{answer.called('cast')}({text}, 'float32')", True
        yield "type", 18, f"{answer.called('squeeze')}({text})", True


def _is_used_once(site: Site) -> bool:
    """Whether it is a variable that is given a value, and read here alone."""
    node, functions = site.node, site.scope.functions
    if not isinstance(node, ast.Name) or node.id not in assigned(functions[-1]):
        return False
    return sum(is_read(each) and each.id == node.id for each in ast.walk(functions[-1])) == 1


def _cut_from(function: Function, name: str) -> list[str]:
    """What the variable is the smaller or larger part of: `whole` in `minimum(whole, 1)`."""
    return [
        ast.unparse(each)
        for node in ast.walk(function)
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Call)
        and name_of(node.value) in _LIMITING
        and any(isinstance(target, ast.Name) and target.id == name for target in node.targets)
        for each in node.value.args
        if isinstance(each, ast.Call)
        or (isinstance(each, ast.Name) and each.id in assigned(function) and each.id != name)
    ]


def _helpers(answer: Answer, site: Site) -> list[str]:
    """Functions of the answer's own that take one value, and can be seen from here."""
    outer = [each.node for each in answer.written]
    inner = [each for function in site.scope.functions for each in ast.walk(function)]
    return [
        each.name
        for each in [*outer, *inner]
        if isinstance(each, ast.FunctionDef)
        and len(parameters(each)) == 1
        and each not in site.scope.functions
        and each.name != answer.name
    ]


def _square(answer: Answer, node: ast.expr, text: str) -> str:
    square = answer.called("square")
    if answer.familiar("square(") or not is_atom(node):
        return f"{square}({text})"
    return f"{text} ** 2"


def roots(answer: Answer, written: Written, site: Site) -> Iterator[Edit]:
    """The absolute value for the root of a square, however it is written."""
    source = written.source
    inner = _rooted(site.node)
    squared = _squared(inner) if inner is not None else None
    if squared is not None:
        text = f"{answer.called('abs')}({source.segment(squared)})"
        yield answer.put("function", 10, source, site, text, atom=True)


def _rooted(node: ast.expr) -> ast.expr | None:
    """What a root is taken of."""
    match node:
        case ast.Call(args=[inner]) if name_of(node) == "sqrt":
            return inner
        case ast.Call(args=[inner, ast.Constant(value=0.5)]) if name_of(node) in {"pow", "power"}:
            return inner
        case ast.BinOp(left=inner, op=ast.Pow(), right=ast.Constant(value=0.5)):
            return inner
    return None


def _squared(node: ast.expr) -> ast.expr | None:
    """What a square is taken of."""
    match node:
        case ast.Call(args=[inner]) if name_of(node) == "square":
            return inner
        case ast.Call(args=[inner, ast.Constant(value=2)]) if name_of(node) in {"pow", "power"}:
            return inner
        case ast.BinOp(left=inner, op=ast.Pow(), right=ast.Constant(value=2)):
            return inner
    return None


def everywhere(answer: Answer, written: Written) -> Iterator[Edit]:
    """The absolute value of a variable in all of its places: one slip."""
    groups: dict[tuple[str, int], list[Site]] = {}
    for site in written.parts.sites:
        node = site.node
        if not isinstance(node, ast.Name) or not _is_value(answer, site):
            continue
        if node.id in site.scope.locals and node.id not in site.scope.arguments:
            groups.setdefault((node.id, id(site.scope.functions[-1])), []).append(site)
    for (name, _), sites in groups.items():
        if len(sites) > 1:
            absolute = answer.called("abs")
            for step in (f"{absolute}({name})", f"({name} ** 2)"):
                pieces = tuple(answer.piece(written.source, each.node, step) for each in sites)
                yield Edit("added step", 17, pieces)


def _is_value(answer: Answer, site: Site) -> bool:
    """Whether the expression is a number or tensor that a step can be done to."""
    node, parent = site.node, site.parent
    if site.field in {"func", "slice", "decorator_list"} or not site.scope.functions:
        return False
    if isinstance(parent, ast.Attribute | ast.Subscript | ast.Starred | ast.Expr):
        return False
    if isinstance(getattr(node, "ctx", None), ast.Store | ast.Del):
        return False
    if isinstance(node, ast.Compare):
        return isinstance(parent, ast.BinOp | ast.Assign)
    if not isinstance(node, _STEPS):
        return False
    root: ast.expr = node
    while isinstance(root, ast.Attribute):
        root = root.value
    if isinstance(root, ast.Name):
        if root.id in answer.modules or (root is node and root.id == site.scope.own):
            return False
        return root.id not in answer.top_level or root.id in answer.constants
    return True
