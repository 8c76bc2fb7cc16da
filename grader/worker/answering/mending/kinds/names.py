"""Edits of names: one for another, with and without `self.`, misspelt, gone, never imported."""

from __future__ import annotations

import ast
import builtins
import difflib
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from ..answer import Answer, Written, has
from ..edits import Edit, Piece
from ..scope import Scope, Site, is_read
from ..source import Source

# Names that everybody uses for the same things.
IMPORTS = {
    "tf": "import tensorflow as tf",
    "tnp": "import tensorflow.experimental.numpy as tnp",
    "tensorflow": "import tensorflow",
    "np": "import numpy as np",
    "numpy": "import numpy",
    "math": "import math",
    "keras": "from tensorflow import keras",
    "K": "from tensorflow.keras import backend as K",
    "backend": "from tensorflow.keras import backend",
    "ops": "from keras import ops",
    "Loss": "from tensorflow.keras.losses import Loss",
    "partial": "from functools import partial",
    "functools": "import functools",
}
# Where functions live that people look for elsewhere.
_HOMES = ("tf", "K", "tf.math", "tf.nn")
_OTHER_NAMES = {
    "mean": "reduce_mean",
    "sum": "reduce_sum",
    "max": "maximum",
    "min": "minimum",
    "power": "pow",
    "fabs": "abs",
    "absolute": "abs",
    "average": "reduce_mean",
    "sqr": "square",
    "squared": "square",
    "clip": "clip_by_value",
    "less_than": "less",
    "greater_than": "greater",
    "if_else": "where",
    "select": "where",
}
_MAX_NAMES = 4000
# Functions that answers are made of.
_COMMON = (
    "abs", "square", "where", "maximum", "minimum", "reduce_mean", "mean", "cast", "sqrt", "pow",
    "relu", "reduce_sum",
)  # fmt: skip


def alike(one: str, other: str) -> float:
    """How alike two names look, from 0 to 1; upper case and underscores count little."""
    first, second = (each.casefold().replace("_", "") for each in (one, other))
    if first == second:
        return 0.99
    return difflib.SequenceMatcher(None, first, second, autojunk=False).ratio()


def names(answer: Answer, written: Written, site: Site) -> Iterator[Edit]:
    """Another name for a name or attribute of `self`, at this place."""
    node, source, scope = site.node, written.source, site.scope
    if isinstance(node, ast.Attribute) and _is_called(site) and is_read(node.value):
        yield from _for_module(answer, source, site, node, node.value.id)
    if _is_own_attribute(node, scope) and _is_called(site) and scope.home is not None:
        methods = [each.name for each in scope.home.body if isinstance(each, ast.FunctionDef)]
        for name in methods:
            old = node.attr  # type: ignore[attr-defined]
            if old not in methods and alike(name, old) >= 0.6:
                yield Edit("spelling", 5, (answer.piece(source, node, f"{scope.own}.{name}"),))
    if isinstance(node, ast.Name) and _is_called(site) and _is_own_method(answer, site, node.id):
        yield Edit("self", 4, (answer.piece(source, node, f"{scope.own}.{node.id}"),))
    if _is_called(site) or not isinstance(getattr(node, "ctx", None), ast.Load):
        return
    if _is_of_the_class(node, scope):
        yield answer.put("self", 6, source, site, f"{scope.own}.{node.attr}", atom=True)  # type: ignore[attr-defined]
    if isinstance(node, ast.Name) and node.id != scope.own:
        yield from _for_name(answer, source, site, node.id)
    elif _is_own_attribute(node, scope):
        yield from _for_name(answer, source, site, ast.unparse(node))


def _for_module(
    answer: Answer, source: Source, site: Site, node: ast.Attribute, old: str
) -> Iterator[Edit]:
    """A module for a variable, where a function of that module is called."""
    for name, module in answer.modules.items():
        if old in site.scope.locals and has(module, node.attr):
            yield Edit("name", 10, (answer.piece(source, node.value, name),))


def _for_name(answer: Answer, source: Source, site: Site, old: str) -> Iterator[Edit]:
    scope = site.scope
    if old in answer.modules:
        return
    unknown = "." not in old and answer.is_unknown(old, scope)
    for new in answer.values(scope):
        if new == old:
            continue
        close = alike(old.rpartition(".")[2], new.rpartition(".")[2])
        if close == 0.99 and ("." in old) != ("." in new):
            yield answer.put("self", 5, source, site, new, atom=True)
            continue
        cost = 15 if close < 0.6 else 10
        if unknown:
            cost = 10 if close < 0.6 else 4
        kind = "spelling" if unknown and close >= 0.6 else "name"
        yield answer.put(kind, cost, source, site, new, atom=True)  # type: ignore[arg-type]


def everywhere(answer: Answer, written: Written) -> Iterator[Edit]:
    """The same name replaced in all of its places in one function: one slip."""
    groups: dict[tuple[str, int], list[Site]] = {}
    for site in written.parts.sites:
        node = site.node
        simple = isinstance(node, ast.Name) or _is_own_attribute(node, site.scope)
        if simple and isinstance(getattr(node, "ctx", None), ast.Load) and not _is_called(site):
            home = id(site.scope.functions[-1]) if site.scope.functions else 0
            groups.setdefault((ast.unparse(node), home), []).append(site)
    for (old, _), sites in groups.items():
        scope = sites[0].scope
        if len(sites) < 2 or old in answer.modules or old == scope.own:
            continue
        unknown = "." not in old and answer.is_unknown(old, scope)
        for new in answer.values(scope):
            close = alike(old.rpartition(".")[2], new.rpartition(".")[2])
            if new == old:
                continue
            if close == 0.99 and ("." in old) != ("." in new):
                cost = 6
            elif unknown:
                cost = 11 if close < 0.6 else 5
            else:
                cost = 16
            same = close == 0.99
            kind = "self" if same else "spelling" if unknown and close >= 0.6 else "name"
            pieces = tuple(answer.piece(written.source, each.node, new) for each in sites)
            yield Edit(kind, cost, pieces)  # type: ignore[arg-type]


def unknown_names(answer: Answer, written: Written) -> Iterator[Edit]:
    """For names that nothing binds: the import that is missing, or the module before it."""
    groups: dict[str, list[Site]] = {}
    for site in written.parts.sites:
        node = site.node
        if isinstance(node, ast.Name) and answer.is_unknown(node.id, site.scope):
            groups.setdefault(node.id, []).append(site)
    source = written.source
    for name, sites in groups.items():
        looks = sites[0].node
        if name in IMPORTS:
            at = source.line_start(source.span(written.node)[0])
            if source.indent(source.span(written.node)[0]) is not None:
                piece = Piece(source.cell, at, at, IMPORTS[name] + "\n")
                span = source.span(looks)
                yield Edit("import", 3, (piece,), (_stretch(source, span),))
        for text in _found_in_modules(answer, name):
            pieces = tuple(answer.piece(source, each.node, text) for each in sites)
            yield Edit("gone", 6, pieces)
        if all(isinstance(each.parent, ast.Attribute) for each in sites):
            # It stands where a module stands elsewhere.
            for other in answer.modules:
                pieces = tuple(answer.piece(source, each.node, other) for each in sites)
                yield Edit("name", 9, pieces)
        for other in answer.elsewhere | answer.modules.keys() | set(answer.constants):
            if alike(name, other) >= 0.6:
                pieces = tuple(answer.piece(source, each.node, other) for each in sites)
                yield Edit("spelling", 7, pieces)
        for rank, other in enumerate(_builtin(name)):
            pieces = tuple(answer.piece(source, each.node, other) for each in sites)
            yield Edit("spelling", 7 + rank, pieces)
        for text in _glued(answer, name, sites[0].scope):
            pieces = tuple(answer.piece(source, each.node, text) for each in sites)
            yield Edit("character", 6, pieces)
        for other in _defined(answer):
            if alike(name, other) >= 0.4:
                pieces = tuple(answer.piece(source, each.node, other) for each in sites)
                yield Edit("spelling", 8, pieces)


def _builtin(name: str) -> list[str]:
    """Names of Python itself that look like this one."""
    return difflib.get_close_matches(name, dir(builtins), n=2, cutoff=0.75)


def _glued(answer: Answer, name: str, scope: Scope) -> list[str]:
    """The name with a point in it, where the point was forgotten: `tfabs`."""
    heads = [*answer.modules, scope.own]
    rests = [(head, name.removeprefix(head).lstrip("_")) for head in heads]
    return [f"{head}.{rest}" for head, rest in rests if rest and name.startswith(head)]


def called(answer: Answer, written: Written, site: Site) -> Iterator[Edit]:
    """Another function of the answer called in the place of one."""
    node, scope = site.node, site.scope
    if not (isinstance(node, ast.Name) and _is_called(site)) or node.id in answer.modules:
        return
    if node.id in scope.locals or node.id in answer.top_level:
        others = [*scope.locals, *_defined(answer)]
        for new in dict.fromkeys(others):
            if new != node.id and new not in {answer.name, *scope.arguments}:
                yield answer.put("name", 17, written.source, site, new, atom=True)


def _defined(answer: Answer) -> list[str]:
    return [each.node.name for each in answer.written if hasattr(each.node, "name")]


def _stretch(source: Source, span: tuple[int, int]) -> Any:
    from ..edits import Stretch

    return Stretch(source.cell, *span)


def gone(answer: Answer, written: Written) -> Iterator[Edit]:
    """For functions that their module does not have: spelled otherwise, or in another module."""
    source = written.source
    groups: dict[str, list[ast.Attribute]] = {}
    for site in written.parts.sites:
        node = site.node
        if isinstance(node, ast.Attribute):
            module = _module(answer, node.value)
            if module is not None and not has(module, node.attr):
                groups.setdefault(ast.unparse(node.value), []).append(node)
    for prefix, nodes in groups.items():
        module = _module(answer, nodes[0].value)
        assert module is not None  # noqa: S101 - grouped by it
        yield from _spelled(source, module, nodes)
        missing = list(dict.fromkeys(node.attr for node in nodes))
        bare = [name for name in missing if hasattr(builtins, name)]
        if len(bare) == len(missing):
            pieces = tuple(answer.piece(source, node, node.attr) for node in nodes)
            yield Edit("gone", 9, pieces)
        # All names that the module has lost, in all places: one slip.
        for home in _HOMES:
            other = _home(answer, home)
            found = [other_name(other, name) for name in missing]
            if all(found):
                new = dict(zip(missing, found, strict=True))
                prefix_text = _prefix(answer, home)
                pieces = tuple(
                    answer.piece(source, node, f"{prefix_text}.{new[node.attr]}") for node in nodes
                )
                spelled = prefix_text == prefix
                yield Edit("gone", 6 if spelled else 8, pieces)


def _spelled(source: Source, module: ModuleType, nodes: list[ast.Attribute]) -> Iterator[Edit]:
    """The nearest names that the module does have."""
    known = [name for name in dir(module) if not name.startswith("_")][:_MAX_NAMES]
    for node in nodes:
        end = source.span(node)[1]
        for text in _apart(module, node.attr):
            yield Edit("character", 5, (Piece(source.cell, end - len(node.attr), end, text),))
    for name in dict.fromkeys(node.attr for node in nodes):
        places = [node for node in nodes if node.attr == name]
        ends = [source.span(node)[1] for node in places]
        for common in _COMMON:
            if has(module, common):
                pieces = [Piece(source.cell, end - len(name), end, common) for end in ends]
                yield Edit("function", 12, tuple(pieces))
        for rank, near in enumerate(difflib.get_close_matches(name, known, n=3, cutoff=0.6)):
            pieces = []
            for node in places:
                end = source.span(node)[1]
                pieces.append(Piece(source.cell, end - len(name), end, near))
            yield Edit("spelling", 5 + rank, tuple(pieces))


def _apart(module: ModuleType, name: str) -> Iterator[str]:
    """The name with a point in it, where the module has what stands before and after that."""
    for cut in range(1, len(name)):
        inner = getattr(module, name[:cut], None) if has(module, name[:cut]) else None
        if isinstance(inner, ModuleType) and has(inner, name[cut:]):
            yield f"{name[:cut]}.{name[cut:]}"


def other_name(module: Any, name: str) -> str:
    """What a module calls the function that is looked for by this name; empty if it has none."""
    for spelled in (name, _OTHER_NAMES.get(name, ""), f"reduce_{name}"):
        if spelled and has(module, spelled):
            return spelled
    return ""


def _home(answer: Answer, name: str) -> Any:
    import tensorflow as tf

    return {"tf": tf, "K": tf.keras.backend, "tf.math": tf.math, "tf.nn": tf.nn}[name]


def _prefix(answer: Answer, home: str) -> str:
    """How the answer would write the name of a module."""
    if home == "K":
        return "__import__('tensorflow').keras.backend"
    known = [n for n, module in answer.modules.items() if module.__name__ == "tensorflow"]
    return home.replace("tf", known[0] if known else "__import__('tensorflow')", 1)


def _found_in_modules(answer: Answer, name: str) -> list[str]:
    """The name as a function of a module that the answer has imported, or of TensorFlow."""
    tensors = [n for n, m in answer.modules.items() if not m.__name__.startswith("numpy")]
    found = [f"{n}.{s}" for n in tensors if (s := other_name(answer.modules[n], name))]
    if not found and (spelled := other_name(_home(answer, "tf"), name)):
        found = [f"__import__('tensorflow').{spelled}"]
    return found[:3]


def _module(answer: Answer, node: ast.expr) -> ModuleType | None:
    """The module that an expression such as `tf.math` names."""
    if isinstance(node, ast.Name):
        value: Any = answer.modules.get(node.id)
    elif isinstance(node, ast.Attribute):
        outer = _module(answer, node.value)
        value = getattr(outer, node.attr, None) if outer is not None else None
    else:
        return None
    return value if isinstance(value, ModuleType) else None


def _is_called(site: Site) -> bool:
    return isinstance(site.parent, ast.Call) and site.field == "func"


def _is_own_method(answer: Answer, site: Site, name: str) -> bool:
    """Whether a name that nothing binds is that of a method of the class around."""
    home = site.scope.home
    return (
        home is not None
        and answer.is_unknown(name, site.scope)
        and any(isinstance(each, ast.FunctionDef) and each.name == name for each in home.body)
    )


def _is_of_the_class(node: ast.AST, scope: Scope) -> bool:
    """Whether an attribute is read of the class itself, which all of its objects share."""
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and scope.home is not None
        and scope.method is not None
        and node.value.id == scope.home.name
    )


def _is_own_attribute(node: ast.AST, scope: Scope) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and scope.home is not None
        and node.value.id == scope.own
    )
