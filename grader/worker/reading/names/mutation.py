"""What a statement changes without binding it: `D["t"] = 1`, `D.update(...)`, `setattr(C, ...)`.

The compiler does not know of these, so they are read from the syntax tree. Which object
an expression changes is said by the name at its root: `a.b[c].append(d)` changes `a`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Calling these changes nothing; everything else called on an object may change it.
_HARMLESS = _words(
    "get items keys values copy format join split strip lower upper startswith endswith index "
    "count numpy astype reshape mean sum min max head describe summary"
)
# These change their first argument.
_IN_PLACE = _words(
    "setattr delattr shuffle heappush heappop heapify heapreplace insort insort_left "
    "insort_right copyto put fill_diagonal next update_wrapper setitem delitem"
)
# Methods that change their object, whatever it is.
_CHANGING = _words(
    "append extend insert remove pop popitem clear sort reverse update setdefault add discard "
    "assign assign_add assign_sub __setitem__ __setattr__"
)
# These give what their object holds.
_GIVING = _words("get items keys values setdefault pop")
# Calls whose result is, or holds, their argument.
_THROUGH = frozenset({"vars", "getattr", "iter", "list", "tuple", "zip", "enumerate", "reversed"})
_NAMESPACES = frozenset({"globals", "locals", "vars"})
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_WITH_PARTS = (ast.expr, ast.stmt, ast.arguments, ast.arg, ast.comprehension, ast.pattern)


@dataclass(slots=True)
class Changes:
    """What one statement changes at once.

    roots: names whose objects it may change. surely: those of them changed by assignment
    or by a method known to change. binds: names bound through `globals()`. calls: names
    that are called, each with the names that are its positional arguments and keywords.
    """

    roots: set[str] = field(default_factory=set)
    surely: set[str] = field(default_factory=set)
    binds: set[str] = field(default_factory=set)
    calls: list[tuple[str, dict[int | str, str]]] = field(default_factory=list)


def changes(statement: ast.AST, *, deep: bool = False) -> Changes:
    """What the statement changes when it runs; with `deep` also what its functions do."""
    found = Changes()
    pending: list[ast.AST] = [statement]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Call):
            _called(node, found)
        elif isinstance(node, ast.Attribute | ast.Subscript):
            if not isinstance(node.ctx, ast.Load):
                _assigned(node, found)
        elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            # `M = L; M += [1]` changes `L` too.
            _add(node.target, found, surely=True)
        elif isinstance(node, (*_FUNCTIONS, ast.ClassDef)):
            for decorator in node.decorator_list:
                if isinstance(decorator, ast.Name):
                    found.calls.append((decorator.id, {}))
        if isinstance(node, (*_FUNCTIONS, ast.Lambda)) and not deep:
            pending += getattr(node, "decorator_list", ())
            pending += node.args.defaults
            pending += [default for default in node.args.kw_defaults if default]
        else:
            pending += _children(node)
    return found


def _children(node: ast.AST) -> Iterator[ast.AST]:
    """As `ast.iter_child_nodes`, which takes twice as long, without the leaves."""
    for name in node._fields:
        value = getattr(node, name, None)
        if isinstance(value, list):
            for item in value:
                if isinstance(item, ast.AST):
                    yield item
        elif isinstance(value, _WITH_PARTS):
            yield value


def _assigned(node: ast.Attribute | ast.Subscript, found: Changes) -> None:
    if isinstance(node, ast.Subscript) and _is_namespace(node.value):
        if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str):
            found.binds.add(node.slice.value)
        return
    _add(node.value, found, surely=True)


def _called(node: ast.Call, found: Changes) -> None:
    function = node.func
    name = ""
    if isinstance(function, ast.Name):
        name = function.id
        arguments: dict[int | str, str] = {
            place: argument.id
            for place, argument in enumerate(node.args)
            if isinstance(argument, ast.Name)
        }
        for keyword in node.keywords:
            if keyword.arg and isinstance(keyword.value, ast.Name):
                arguments[keyword.arg] = keyword.value.id
        found.calls.append((name, arguments))
    elif isinstance(function, ast.Attribute):
        name = function.attr
        if name == "update" and _is_namespace(function.value):
            found.binds |= _update_keys(node)
        elif name not in _HARMLESS:
            _add(function.value, found, surely=name in _CHANGING)
    if name in _IN_PLACE and node.args:
        _add(node.args[0], found, surely=True)


def _update_keys(node: ast.Call) -> set[str]:
    keys = {keyword.arg for keyword in node.keywords if keyword.arg}
    for argument in node.args:
        if isinstance(argument, ast.Dict):
            keys |= {
                key.value
                for key in argument.keys
                if isinstance(key, ast.Constant) and isinstance(key.value, str)
            }
    return keys


def _add(expression: ast.expr, found: Changes, *, surely: bool) -> None:
    name = root(expression)
    if name:
        found.roots.add(name)
        if surely:
            found.surely.add(name)


def _is_namespace(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in _NAMESPACES
        and not node.args
    )


def root(expression: ast.expr | None) -> str | None:
    """The name at the root of an expression, if there is one."""
    node = expression
    while node is not None:
        if isinstance(node, ast.Name):
            return node.id
        if isinstance(node, ast.Attribute | ast.Subscript | ast.Starred | ast.Await):
            node = node.value
        elif isinstance(node, ast.NamedExpr):
            node = node.target
        elif isinstance(node, ast.Call):
            through = isinstance(node.func, ast.Name) and node.func.id in _THROUGH
            node = node.args[0] if through and node.args else node.func
        else:
            return None
    return None


def aliases(statement: ast.AST) -> tuple[frozenset[str], bool]:
    """Names whose objects the targets of this assignment or loop share.

    The flag is set if the target is the object or a plain attribute of it: `K = tf.keras`.
    """
    if isinstance(statement, ast.Assign | ast.AnnAssign | ast.NamedExpr):
        value = statement.value
    elif isinstance(statement, ast.For | ast.AsyncFor):
        value = statement.iter
    else:
        return frozenset(), False
    node = value
    while isinstance(node, ast.Attribute):
        node = node.value
    if isinstance(node, ast.Name) and not isinstance(statement, ast.For | ast.AsyncFor):
        return frozenset({node.id}), True
    names = _held(value)
    if isinstance(statement, ast.Assign) and len(statement.targets) > 1:
        names |= {target.id for target in statement.targets if isinstance(target, ast.Name)}
    return frozenset(names), False


def _held(value: ast.expr | None) -> set[str]:
    """Names whose objects a value may be or hold."""
    names: set[str] = set()
    pending = [value]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Tuple | ast.List | ast.Set):
            pending += node.elts
        elif isinstance(node, ast.Dict):
            pending += node.values
        elif isinstance(node, ast.IfExp):
            pending += [node.body, node.orelse]
        elif isinstance(node, ast.BoolOp):
            pending += node.values
        elif isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name) and node.func.id in _THROUGH:
                pending += node.args
            elif isinstance(node.func, ast.Attribute) and node.func.attr in _GIVING:
                pending.append(node.func.value)
        elif node is not None and (name := root(node)):
            names.add(name)
    return names


def changed_inside(definition: ast.AST) -> frozenset[str]:
    """The names whose objects a function or class surely changes when it is called.

    `for part in D.values(): part["t"] = 1` changes `D` too.
    """
    changed = changes(definition, deep=True).surely
    held = [
        (target, aliases(node)[0])
        for node in ast.walk(definition)
        if isinstance(node, ast.Assign | ast.For)
        for target in _targets(node)
    ]
    # Last to first: what is held is usually bound above.
    for target, sources in reversed(held):
        if target in changed:
            changed |= sources
    return frozenset(changed)


def _targets(node: ast.Assign | ast.For) -> Iterator[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    for target in targets:
        for part in ast.walk(target):
            if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
                yield part.id


def parameters_changed(function: ast.AST) -> frozenset[int | str]:
    """The parameters, by place and by name, whose arguments a function surely changes."""
    if not isinstance(function, _FUNCTIONS):
        return frozenset()
    changed = changed_inside(function)
    arguments = function.args
    places = [argument.arg for argument in arguments.posonlyargs + arguments.args]
    names = {*places, *(argument.arg for argument in arguments.kwonlyargs)} & changed
    return frozenset(names) | {place for place, name in enumerate(places) if name in names}
