"""Of a name that is not there."""

from __future__ import annotations

from grader.kit.cause import Cause
from grader.kit.exercises import Kind

_F, _C = Kind.FUNCTION, Kind.CLASS
_GONE = (
    r"abs|all|any|argmax|binary_crossentropy|categorical_crossentropy|clip|concatenate|constant"
    r"|cos|dot|equal|exp|expand_dims|flatten|greater|greater_equal|less|less_equal|log|max"
    r"|maximum|mean|min|minimum|not_equal|ones|ones_like|pow|prod|relu|reshape|round|shape|sigmoid"
    r"|sign|sin|softplus|sqrt|square|squeeze|std|sum|switch|tanh|transpose|var|zeros|zeros_like"
)
_KNOWN_LIBRARIES = r"tf|tensorflow|np|numpy|K|keras|math|Loss|losses|layers|backend|ops|tfa"

# fmt: off
NAMES = (
    Cause(
        "called too early",
        "There are no tensors yet while the loss is made: the function itself is to be returned, "
        "without calling it.",
        raised=("NameError",), name=r"y_true|y_pred", when=("made",), kinds=(Kind.WRAPPER,),
        what=("function",), gives=("called",),
    ),
    Cause(
        "no function inside",
        "`{exercise}` is made with the {hyper} alone, and no tensors are there yet. What takes "
        "y_true and y_pred, and works with them, has to be a function of its own.",
        raised=("NameError",), name=r"y_true|y_pred", when=("made",), kinds=(Kind.WRAPPER,),
        what=("function",),
    ),
    Cause(
        "no tensors yet",
        "There are no tensors yet while the loss is made. What works with y_true and y_pred "
        "belongs into what is called with them later.",
        raised=("NameError",), name=r"y_true|y_pred", when=("made",),
    ),
    Cause(
        "torch",
        "`{name}` is PyTorch, or a part of it, and knows nothing of TensorFlow's tensors. "
        "TensorFlow has functions of its own for each step.",
        raised=("NameError", "ModuleNotFoundError", "ImportError"),
        name=r"(?:torch|F|nn)(?:\.\w+)*",
    ),
    Cause(
        "import missing",
        "Nothing in the notebook imports `{name}`. It takes a line of its own.",
        raised=("NameError",), name=_KNOWN_LIBRARIES,
    ),
    Cause(
        "not in that module",
        "The module that it is to come from has no such name. Compare the name with what is meant, "
        "capital letters too, and see where that lives in today's version.",
        raised=("ImportError",), text=r"cannot import name",
    ),
    Cause(
        "a library that is not there",
        "`{name}` is imported, but that library is not there when grading. The loss needs "
        "nothing but TensorFlow and NumPy.",
        raised=("ModuleNotFoundError", "ImportError"), name=r"[\w.]+",
    ),
    Cause(
        "name of a parameter",
        "`{name}` is known inside `__init__` alone, whose parameter it is. What an object keeps is "
        "read through `self`.",
        raised=("NameError",), name=r"threshold|margin", kinds=(_C,),
    ),
    Cause(
        "name without a value",
        "Nothing gives `{name}` a value: the plain function takes y_true and y_pred alone, and the "
        "exercise says which {hyper} it has.",
        raised=("NameError",), name=r"threshold|margin|delta", kinds=(_F,),
    ),
    Cause(
        "init of nothing",
        "`{name}` stands here by itself. It belongs to what `super()` gives, and is reached from "
        "there by a sign: look at what stands before it.",
        raised=("NameError",), name=r"__?init__?", kinds=(_C,),
    ),
    Cause(
        "method without self",
        "`{name}` is a method of the class, and what belongs to the object is reached through "
        "`self` alone.",
        raised=("NameError",), kinds=(_C,), method=True,
    ),
    Cause(
        "name of nothing",
        "No line gives `{name}` a value before this one. Compare it letter by letter with the "
        "names that you have given; if it is none of them, the line that defines it is missing.",
        raised=("NameError",), node=("name",),
    ),
    Cause(
        "used too early",
        "`{name}` is used before it gets its value, or gets it on some paths alone.",
        raised=("UnboundLocalError",), node=("name",),
    ),
    Cause(
        "numpy in a graph",
        "While a model is trained a tensor stands for values that come later, so NumPy and "
        ".numpy() have nothing to read. Stay with TensorFlow's operations.",
        text=r"'SymbolicTensor' object has no attribute 'numpy'|Cannot convert a symbolic",
    ),
    Cause(
        "method of another library",
        "TensorFlow's tensors have no such method, as those of PyTorch or NumPy do: `{name}`. "
        "TensorFlow has a function for it that takes the tensor.",
        raised=("AttributeError",), node=("attribute",), given=("tensor", "truths"),
    ),
    Cause(
        "method of another library",
        "TensorFlow's tensors have no such method, as those of PyTorch or NumPy do. TensorFlow has "
        "a function for it that takes the tensor.",
        raised=("AttributeError",), node=("attribute",),
        text=r"(?:EagerTensor|SymbolicTensor)' object has no attribute",
    ),
    Cause(
        "gone from the backend",
        "That is about the function's name alone, which Keras 3 took out of this module. "
        "TensorFlow itself has a function for it.",
        raised=("AttributeError",), module=r".*keras.*backend", name=rf".*\.(?:{_GONE})",
    ),
    Cause(
        "name in TensorFlow",
        "TensorFlow has no `{name}`: its functions that make one number of many begin with "
        "reduce_, and those that choose between two have their full name.",
        raised=("AttributeError",), module=r"tensorflow\Z",
        name=r"\w+\.(?:mean|sum|max|min|prod|average|avg)",
    ),
    Cause(
        "another module's",
        "`{name}` does not exist: that function stands in another module. TensorFlow itself has "
        "one for each step of the formula.",
        raised=("AttributeError",), module=r".*keras", name=rf".*\.(?:{_GONE}|Loss)",
    ),
    Cause(
        "misspelt function",
        "`{name}` does not exist. Compare it letter by letter with what is meant.",
        raised=("AttributeError",), module=r".+",
    ),
    Cause(
        "nothing is kept",
        "`{name}` is read here, and `__init__` keeps nothing of what it is given in the object. "
        "Where should it do so?",
        raised=("AttributeError",), node=("attribute",), given=("object",), kinds=(_C,),
        use=("not kept",),
    ),
    Cause(
        "attribute of the object",
        "`{name}` is read here, and the object keeps nothing under that name. Compare it letter by "
        "letter with what `__init__` gives it.",
        raised=("AttributeError",), node=("attribute",), given=("object",), kinds=(_C,),
    ),
    Cause(
        "attribute",
        "`{name}` does not exist. Compare it letter by letter with what is meant.",
        raised=("AttributeError",), node=("attribute",),
    ),
)
# fmt: on
