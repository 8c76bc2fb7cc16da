"""Global settings that a notebook changes at its top level.

They are no part of any slice: a mixed-precision policy in one cell must not cost the exercises
in the others. But a definition may be right only with one of them in force, so that the judge
can ask for all of them together with what it needs.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from .linking import Links
from .mutation import root
from .outline import Unit

# What changes how TensorFlow, Keras and NumPy compute. That functions run eagerly is none of
# it: a loss has to work in a graph.
_CALLS = frozenset(
    {
        "enable_numpy_behavior",
        "experimental_enable_numpy_behavior",
        "enable_numpy_methods_on_tensor",
        "enable_numpy_style_slicing",
        "enable_numpy_style_type_promotion",
        "enable_tensor_equality",
        "disable_tensor_equality",
        "set_dtype_conversion_mode",
        "set_dtype_policy",
        "set_epsilon",
        "set_floatx",
        "set_global_dtype_policy",
        "set_global_policy",
        "set_policy",
        "set_experimental_policy",
        "set_prefer_float32",
    }
)
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


def switches(links: Links) -> list[Unit]:
    """The statements that change a setting, or put something else in place of a library's."""
    through = {
        unit.node.name
        for unit in links.units
        if isinstance(unit.node, ast.FunctionDef) and any(map(_is_switch, ast.walk(unit.node)))
    }
    return [
        unit
        for unit in links.units
        if not (unit.problem or unit.is_import or unit.is_compound)
        and any(
            _is_switch(node) or _calls(node) in through or _patches(node, links)
            for node in _at_once(unit.node)
        )
    ]


def _is_switch(node: ast.AST) -> bool:
    return _calls(node) in _CALLS


def _calls(node: ast.AST) -> str | None:
    """The last part of the name that is called."""
    if not isinstance(node, ast.Call):
        return None
    function = node.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else None


def _patches(node: ast.AST, links: Links) -> bool:
    """Whether it sets an attribute of something that was imported: `K.square = tf.square`."""
    target: ast.expr | None = None
    if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
        target = node.value
    elif _calls(node) == "setattr" and isinstance(node, ast.Call) and node.args:
        target = node.args[0]
    name = root(target)
    if name is None:
        return False
    binders = links.binders(name)
    return bool(binders) and all(unit.is_import and not unit.is_written for unit in binders)


def _at_once(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a statement that run with it, and not only when something is called."""
    pending = [node]
    while pending:
        part = pending.pop()
        if isinstance(part, _DEFINITIONS):
            continue
        yield part
        pending += ast.iter_child_nodes(part)
