"""Of what form a definition is, by its syntax tree: read before any of it is executed.

A function or one that makes functions, what it takes and gives back, whether a class sets up
the part of it that is Keras', and whether what a loss is made with is read where it counts.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence

from ... import wire
from .pruning import Statement

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_SCOPES = (*_FUNCTIONS, ast.ClassDef, ast.Lambda)
_Function = ast.FunctionDef | ast.AsyncFunctionDef
_Callable = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
_MOST_METHODS = 12
# A name, and the line where it stands.
_Seen = tuple[str, int]


def form_of(name: str, statements: Iterable[Statement]) -> wire.Form | None:
    """The form of the last definition of `name`; None if no `def`, `class` or lambda binds it."""
    known = list(statements)
    constants = {
        target.id
        for each in known
        if isinstance(each.node, ast.Assign | ast.AnnAssign)
        for target in ast.walk(each.node)
        if isinstance(target, ast.Name) and isinstance(target.ctx, ast.Store)
    }
    for each in reversed(known):
        node = each.node
        if isinstance(node, (*_FUNCTIONS, ast.ClassDef)) and node.name == name:
            if isinstance(node, ast.ClassDef):
                return _class(node, constants)
            return _function(node, constants)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda):
            named = [each.id for each in node.targets if isinstance(each, ast.Name)]
            if name in named:
                return _function(node.value, constants)
    return None


def gives_nothing(function: ast.AST) -> bool:
    """Whether a function has no `return` with a value."""
    if not isinstance(function, _FUNCTIONS):
        return False
    own = list(_own(function))
    return not any(
        (isinstance(each, ast.Return) and each.value is not None)
        or isinstance(each, ast.Yield | ast.YieldFrom | ast.Raise)
        for each in own
    )


# Functions --------------------------------------------------------------------------------


def _function(function: _Callable, constants: set[str]) -> wire.Form:
    inner = _returned_function(function)
    takes = _parameters(function)
    if inner is None:
        return wire.Form(
            what="function",
            takes=_names(takes),
            required=_required(function),
            gives=_gives(function),
        )
    hyper = takes[0] if takes else ""
    use, place = _use_in(inner, hyper, constants)
    return wire.Form(
        what="maker",
        takes=_names(takes),
        required=_required(function),
        gives="function",
        inner=_names(_parameters(inner)),
        inner_line=inner.lineno,
        use=use,
        used=_cut(place[0]) if place else "",
        at=place[1] if place else 0,
    )


def _returned_function(function: _Callable) -> _Callable | None:
    """The inner function that a function gives back, if it does."""
    if isinstance(function, ast.Lambda):
        return function.body if isinstance(function.body, ast.Lambda) else None
    inner = {each.name: each for each in _own(function) if isinstance(each, _FUNCTIONS)}
    for each in _own(function):
        if isinstance(each, ast.Assign) and isinstance(each.value, ast.Lambda):
            inner |= {t.id: each.value for t in each.targets if isinstance(t, ast.Name)}  # type: ignore[misc]
    for each in _own(function):
        if isinstance(each, ast.Return):
            if isinstance(each.value, ast.Lambda):
                return each.value
            if isinstance(each.value, ast.Name) and each.value.id in inner:
                return inner[each.value.id]
    return None


def _gives(function: _Callable) -> wire.Gives:
    if isinstance(function, ast.Lambda):
        return _kind_of(function.body)
    own = list(_own(function))
    returns = [each for each in own if isinstance(each, ast.Return)]
    if not any(each.value is not None for each in returns):
        return "nothing"
    for each in returns:
        if each.value is not None and (kind := _kind_of(each.value)) != "value":
            return kind
    # What could be the loss: a helper of one value is none.
    inner = {each.name for each in own if isinstance(each, _FUNCTIONS) and _required(each) > 1}
    if any(isinstance(each, ast.Call) and _names_one_of(inner, each.func) for each in own):
        return "called"
    return "value"


def _names_one_of(names: set[str], value: ast.expr) -> bool:
    return isinstance(value, ast.Name) and value.id in names


def _kind_of(value: ast.expr) -> wire.Gives:
    match value:
        case ast.Tuple(elts=[_]):
            return "row of one"
        case ast.Tuple():
            return "pair"
        case ast.List() | ast.ListComp():
            return "list"
        case ast.Constant(value=str()):
            return "text"
        case ast.Constant(value=None):
            return "nothing"
        case ast.Lambda():
            return "function"
    return "value"


# Classes ----------------------------------------------------------------------------------


def _class(node: ast.ClassDef, constants: set[str]) -> wire.Form:
    methods = [each for each in node.body if isinstance(each, _FUNCTIONS)]
    by_name = {each.name: each for each in methods}
    init, call = by_name.get("__init__"), by_name.get("call")
    use: wire.Use = ""
    place: _Seen | None = None
    if init is not None:
        use, place = _use_in_class(init, [each for each in methods if each is not init], constants)
    return wire.Form(
        what="class",
        takes=_names(_parameters(init)[1:]) if init is not None else (),
        required=max(_required(init) - 1, 0) if init is not None else 0,
        inner=_names(_parameters(call)) if call is not None else (),
        gives=_gives(call) if call is not None else "",
        methods=_names([each.name for each in methods][:_MOST_METHODS]),
        bases=_names([_dotted(each) for each in node.bases]),
        sets_up=_sets_up(init),
        line=init.lineno if init is not None else 0,
        inner_line=call.lineno if call is not None else 0,
        use=use,
        used=_cut(place[0]) if place else "",
        at=place[1] if place else 0,
    )


def _sets_up(init: _Function | None) -> wire.SetsUp:
    """How `__init__` calls that of the base class."""
    if init is None:
        return ""
    for node in ast.walk(init):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if node.func.attr != "__init__":
            continue
        base = node.func.value
        if isinstance(base, ast.Name) and base.id == "super":
            return "not called"
        given = [each for each in node.args if not isinstance(each, ast.Starred)]
        if not given or not isinstance(base, ast.Call):
            return "right"
        own = _parameters(init)[:1]
        first = given[0]
        return "with self" if isinstance(first, ast.Name) and [first.id] == own else "with values"
    return "missing"


def _use_in_class(
    init: _Function, others: Sequence[_Function], constants: set[str]
) -> tuple[wire.Use, _Seen | None]:
    """What becomes of the first parameter of `__init__`."""
    names = _parameters(init)
    if len(names) < 2:
        return "", None
    own, hyper = names[0], names[1]
    kept: set[str] = set()
    for each in ast.walk(init):
        if isinstance(each, ast.Assign | ast.AnnAssign) and each.value is not None:
            targets = each.targets if isinstance(each, ast.Assign) else [each.target]
            if _reads(each.value, hyper):
                kept |= {attr for target in targets if (attr := _attribute_of(target, own))}
    if not kept:
        return "not kept", (hyper, init.lineno)
    read = {
        each.attr
        for method in others
        for each in ast.walk(method)
        if isinstance(each, ast.Attribute) and isinstance(each.ctx, ast.Load)
    }
    if kept & read:
        return "read", None
    name = min(kept)
    outside = _global_read(others, constants)
    if outside is not None:
        return "another read", outside
    return "not read", (name, init.lineno)


def _attribute_of(target: ast.AST, own: str) -> str:
    """The attribute of the object that is given a value; empty if it is something else."""
    match target:
        case ast.Attribute(value=ast.Name(id=name), attr=attr) if name == own:
            return attr
    return ""


# What is read -----------------------------------------------------------------------------


def _use_in(inner: _Callable, hyper: str, constants: set[str]) -> tuple[wire.Use, _Seen | None]:
    """What becomes of what a maker was given, in the function that it gives back."""
    if not hyper:
        return "", None
    if hyper in _parameters(inner):
        return "taken again", (hyper, inner.lineno)
    for each in ast.walk(inner):
        if isinstance(each, ast.Name) and each.id == hyper and isinstance(each.ctx, ast.Store):
            return "given anew", (hyper, each.lineno)
    if _reads(inner, hyper):
        return "read", None
    outside = _global_read([inner], constants)
    return ("another read", outside) if outside is not None else ("not read", (hyper, inner.lineno))


def _global_read(functions: Iterable[_Callable], constants: set[str]) -> _Seen | None:
    """The first constant of the notebook that is read in the functions, and in which line."""
    for function in functions:
        bound = {each.id for each in ast.walk(function)
                 if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}  # fmt: skip
        for each in ast.walk(function):
            if not isinstance(each, ast.Name) or each.id not in constants:
                continue
            if each.id not in bound | set(_parameters(function)):
                return each.id, each.lineno
    return None


def _reads(node: ast.AST, name: str) -> bool:
    return any(
        isinstance(each, ast.Name) and each.id == name and isinstance(each.ctx, ast.Load)
        for each in ast.walk(node)
    )


# Small things -----------------------------------------------------------------------------


def _own(function: _Function) -> Iterator[ast.AST]:
    """The nodes of a function's own body, not of what is defined in it."""
    pending: list[ast.AST] = list(function.body)
    while pending:
        node = pending.pop(0)
        yield node
        if not isinstance(node, _SCOPES):
            pending = [*ast.iter_child_nodes(node), *pending]


def _parameters(function: _Callable) -> list[str]:
    return [each.arg for each in (*function.args.posonlyargs, *function.args.args)]


def _required(function: _Callable) -> int:
    return len(_parameters(function)) - len(function.args.defaults)


def _dotted(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=attr):
            return f"{_dotted(value)}.{attr}"
    return ""


def _names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(_cut(each) for each in names)[: wire.MAX_GIVEN]


def _cut(text: str) -> str:
    return text[: wire.MAX_NAME].encode("utf-8", "backslashreplace").decode()[: wire.MAX_NAME]
