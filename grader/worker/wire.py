"""The messages between judge and child, and nothing else.

Both sides use this module; it is all that the judge imports from inside the wall.
A message is a MessagePack value of one of the closed types below, behind its length in
four bytes (big endian). An array is (dtype, shape, bytes) out of a closed set of dtypes.
No pickle, no code, no object that decides for itself how it is read.

The judge treats each reply as foreign data: the length is compared with the cap before a
byte of the body is read, types are checked by the decoder, and an array's size must
be what its shape and dtype say.
"""

from __future__ import annotations

import math
import struct
from typing import Annotated, Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

HEADER = struct.Struct(">I")
MAX_REQUEST = 80 * 2**20
MAX_REPLY = 16 * 2**20
MAX_DIMENSIONS = 8
MAX_TEXT = 4000
MAX_NAME = 200
MAX_UNBOUND = 20
MAX_WORDS = 256
MAX_EDITS = 1000
MAX_SPANS = 8
MAX_CALLS = 500
MAX_GIVEN = 12
MAX_INPUTS = 8
MAX_FORBIDDEN = 64

Dtype = Literal["bool", "int8", "int32", "int64", "float16", "bfloat16", "float32", "float64"]
Text = Annotated[str, msgspec.Meta(max_length=MAX_TEXT)]
Name = Annotated[str, msgspec.Meta(max_length=MAX_NAME)]
Size = Annotated[int, msgspec.Meta(ge=0, le=2**31)]
Count = Annotated[int, msgspec.Meta(ge=0, le=2**31)]


class WireError(Exception):
    """The bytes that came are no message of this protocol."""


class Array(msgspec.Struct, frozen=True):
    """A dense array in C order, little endian. `bfloat16` travels widened to float32 bytes."""

    dtype: Dtype
    shape: Annotated[tuple[Size, ...], msgspec.Meta(max_length=MAX_DIMENSIONS)]
    data: bytes


class Spot(msgspec.Struct, frozen=True):
    """A line of the notebook: cell and line both counted from 1."""

    cell: Count
    line: Count


# Requests: judge -> child -----------------------------------------------------------------


class Open(msgspec.Struct, tag=True, frozen=True):
    """Read this notebook and say what it defines: the first message to a child.

    Answered by Contents or Unreadable.
    names: the names to look for.
    show_cells: whether the cells' sources are wanted in the answer (for a feedback page).
    forbidden: functions of libraries, as "module:function", that lose their code here.
    """

    notebook: bytes
    names: tuple[str, ...]
    show_cells: bool = False
    forbidden: Annotated[tuple[str, ...], msgspec.Meta(max_length=MAX_FORBIDDEN)] = ()


class Define(msgspec.Struct, tag=True, frozen=True):
    """Execute what these names need. Answered by Defined.

    switches: whether the notebook's global settings are put in force as well.
    """

    names: tuple[str, ...]
    switches: bool = False


class Hyper(msgspec.Struct, frozen=True):
    """How to make a loss out of a wrapper or class.

    value: threshold or margin; an int stays one; None for what is made with nothing. keyword: pass
    it by this keyword; positionally if empty.
    """

    value: int | float | None
    keyword: str = ""


class Call(msgspec.Struct, tag=True, frozen=True):
    """Call a loss. Answered by Value or Failure.

    make: the losses to make first, all of them, in this order, out of a wrapper or class
        (empty for a plain function).
    use: which of those is then called.
    mode: "eager"; "graph": in a tf.function whose first dimension is unknown; "gradient":
        the gradient of the sum of the result with respect to the last input.
    inputs: what it is called with, in their order.
    """

    name: str
    inputs: Annotated[tuple[Array, ...], msgspec.Meta(min_length=1, max_length=MAX_INPUTS)]
    mode: Literal["eager", "graph", "gradient"] = "eager"
    make: tuple[Hyper, ...] = ()
    use: int = 0


class Calls(msgspec.Struct, tag=True, frozen=True):
    """Make several calls, one after the other. Answered by Values."""

    calls: Annotated[tuple[Call, ...], msgspec.Meta(max_length=MAX_CALLS)]


class Train(msgspec.Struct, tag=True, frozen=True):
    """Compile a small model with the loss and train it. Answered by Trained or Failure.

    network: "line": Dense(units=kernel columns) on x; "siamese": a Dense shared by the two
        rows of x (batch, 2, features), then the Euclidean distance of the pair (batch, 1).
    kernel, bias: initial weights.
    optimizer: "sgd" or "rmsprop", with `learning_rate`. steps: full-batch steps.
    """

    name: str
    network: Literal["line", "siamese"]
    x: Array
    y: Array
    kernel: Array
    bias: Array
    optimizer: Literal["sgd", "rmsprop"]
    learning_rate: float
    steps: int
    make: tuple[Hyper, ...] = ()


class Propose(msgspec.Struct, tag=True, frozen=True):
    """Say which small edits of the student's own code may be tried for one name.

    form: what the name is to be. parameter: what its hyperparameter is called. switches: with
    the global settings in force that the notebook changes. taken: names that are spelled as
    they should be, since something else is asked for by them. Answered by Proposals, the same
    for the same bytes.
    """

    name: str
    form: Literal["function", "wrapper", "class"]
    parameter: str
    switches: bool = False
    taken: Annotated[tuple[Name, ...], msgspec.Meta(max_length=MAX_WORDS)] = ()


class Try(msgspec.Struct, tag=True, frozen=True):
    """Call the name with each of these edits, one at a time. Answered by Tried.

    edits: their numbers, counted from 1 in the Proposals; 0 is the answer as it stands.
    calls: made in this order with each edit, until one gives no value. bare: call as quickly as
    can be, without what Keras does around a method `call`, and without tracing anything.
    """

    name: str
    edits: tuple[int, ...]
    calls: tuple[Call, ...]
    bare: bool = False


class Mend(msgspec.Struct, tag=True, frozen=True):
    """Define the name anew, with an edit in it, for all that follows. Answered by Defined."""

    name: str
    edit: int


Request = Open | Define | Call | Calls | Train | Propose | Try | Mend

# Replies: child -> judge ------------------------------------------------------------------


class Cell(msgspec.Struct, frozen=True):
    """One cell as the notebook has it; source capped. Outputs are never sent."""

    kind: Literal["code", "markdown", "raw"]
    source: str


class Finding(msgspec.Struct, frozen=True):
    """What was found of one name.

    state: "found"; "missing": bound nowhere; "broken": only in a cell that is not Python.
    cells: the code cells that the name and what it needs use.
    spot: the line of its last definition.
    hint: for a name that is not found: why that may be, for a person.
    code: a hash, the same where the code is but for names, comments and blanks.
    """

    name: Name
    state: Literal["found", "missing", "broken"]
    cells: Annotated[tuple[Count, ...], msgspec.Meta(max_length=10_000)] = ()
    spot: Spot | None = None
    hint: Text = ""
    code: Annotated[str, msgspec.Meta(max_length=16)] = ""


class Contents(msgspec.Struct, tag=True, frozen=True):
    """What the notebook holds.

    switches: whether it changes global settings, which are not in force unless asked for.
    """

    findings: Annotated[tuple[Finding, ...], msgspec.Meta(max_length=100)]
    notes: Annotated[tuple[Text, ...], msgspec.Meta(max_length=200)]
    cells: Annotated[tuple[Cell, ...], msgspec.Meta(max_length=10_000)] = ()
    switches: bool = False


class Unreadable(msgspec.Struct, tag=True, frozen=True):
    """The bytes are no notebook; `reason` is a line for a person."""

    reason: Text


# What stands in the code, by its syntax tree; "test": of an `if`, `and` and the like.
Node = Literal[
    "attribute",
    "call",
    "class",
    "comparison",
    "import",
    "loop",
    "name",
    "operator",
    "other",
    "subscript",
    "test",
    "unpacking",
]
# Of which kind a value is; empty if that can't be told without computing it. "places": what
# `where` gives for a condition alone.
Thing = Literal[
    "",
    "called",
    "class",
    "function",
    "list",
    "module",
    "nothing",
    "number",
    "object",
    "pair",
    "places",
    "tensor",
    "text",
    "truth",
    "truths",
    "whole number",
    "whole numbers",
]


class Stands(msgspec.Struct, frozen=True):
    """What stands in the code where something was raised.

    name: what is called or read, as it is written, or the sign of an operator. module: which
    module its first name stands for. given: of which kinds the things are that are called with,
    compared or computed with, or the bases of a class. keywords: of a call. nothing: a function
    of the notebook that is called here and gives nothing back. empty: a variable that holds None.
    """

    node: Node
    name: Name = ""
    module: Name = ""
    given: Annotated[tuple[Thing, ...], msgspec.Meta(max_length=MAX_GIVEN)] = ()
    keywords: Annotated[tuple[Name, ...], msgspec.Meta(max_length=MAX_GIVEN)] = ()
    nothing: Name = ""
    empty: Name = ""


class Raised(msgspec.Struct, frozen=True):
    """An exception of the student's code.

    kind: the exception's type. text: its message. spot: the innermost line in the notebook.
    own: whether the student's own `raise` threw it. stands: what stands there.
    """

    kind: Name
    text: Text
    spot: Spot | None = None
    own: bool = False
    stands: Stands | None = None


class Unbound(msgspec.Struct, frozen=True):
    """A name that a statement should have bound, and what that statement raised."""

    name: Name
    raised: Raised


# What a function gives back, by its syntax tree: what stands behind `return`.
# "called": a value, and a function of its own that could be the loss is called at once.
Gives = Literal["", "called", "function", "list", "nothing", "pair", "row of one", "text", "value"]
# What becomes of the number that a loss is made with: "not kept" by the object; "taken again"
# as a parameter of the loss itself; "given anew", another value; "another read" in its place.
Use = Literal["", "another read", "given anew", "not kept", "not read", "read", "taken again"]

# How a class's `__init__` calls that of its base; empty if it has none of its own.
SetsUp = Literal["", "missing", "not called", "right", "with self", "with values"]


class Form(msgspec.Struct, frozen=True):
    """Of what form a definition is, by its syntax tree.

    what: "maker" of functions, if it is a function that gives back another one. takes: its
    parameters, or those of `__init__` after the first; required: how many have no default.
    gives: what it, or the method `call`, gives back. inner: the parameters of the function that
    a maker gives back, or of `call`. methods, bases: of a class; sets_up: how its `__init__` calls
    that of its base. use: what becomes of the number it is made with; used: the name in
    question; at: its line in the cell of the definition. line, inner_line: where `__init__` and
    where `call` or the function that is given back begin there.
    """

    what: Literal["class", "function", "maker"]
    takes: Annotated[tuple[Name, ...], msgspec.Meta(max_length=MAX_GIVEN)] = ()
    required: Count = 0
    gives: Gives = ""
    inner: Annotated[tuple[Name, ...], msgspec.Meta(max_length=MAX_GIVEN)] = ()
    methods: Annotated[tuple[Name, ...], msgspec.Meta(max_length=MAX_GIVEN)] = ()
    bases: Annotated[tuple[Name, ...], msgspec.Meta(max_length=MAX_GIVEN)] = ()
    sets_up: SetsUp = ""
    use: Use = ""
    used: Name = ""
    at: Count = 0
    line: Count = 0
    inner_line: Count = 0


# What is done to a value: what an edit adds or takes away.
Step = Literal[
    "",
    "absolute value",
    "choice",
    "division",
    "maximum",
    "mean",
    "minimum",
    "power",
    "product",
    "root",
    "shape",
    "sum",
    "type",
]


class Change(msgspec.Struct, frozen=True):
    """What an edit is about.

    adds, takes: the step that comes in, or goes. name: the name or sign that stood there, or the
    function that was called. swapped: nothing changes but the order; order: it is that of y_true
    and y_pred; comma: it is that of a comma. unparted: a comma goes. between: nothing stood there.
    invisible: a character goes that nobody sees; numbered: numbers in front of lines go; glued:
    words are parted; given: a number makes room for a name. places: how many it changes.
    """

    adds: Step = ""
    takes: Step = ""
    name: Name = ""
    swapped: bool = False
    order: bool = False
    comma: bool = False
    unparted: bool = False
    between: bool = False
    invisible: bool = False
    numbered: bool = False
    glued: bool = False
    given: bool = False
    places: Count = 0


class Definition(msgspec.Struct, frozen=True):
    """How the definition of one name went.

    what: "function", "class", "other callable", or "no callable" with `type_name` saying what.
    loss_base: for a class: "keras" if it is a subclass of Keras' Loss, "legacy" for the
        one of tensorflow.python.keras, "none" otherwise.
    raised: what the definition raised, if the name is not bound for that reason.
    unbound: other names that were to be there by then, and are not. words: the names that stand in
    the statements it needs, each once: what may be quoted of an exception later. form: of its
    definition, if a `def`, `class` or lambda binds it. change: what the edit in it is about.
    """

    name: Name
    what: Literal["function", "class", "other callable", "no callable", "unbound"]
    type_name: Name = ""
    loss_base: Literal["keras", "legacy", "none"] = "none"
    raised: Raised | None = None
    unbound: Annotated[tuple[Unbound, ...], msgspec.Meta(max_length=MAX_UNBOUND)] = ()
    words: Annotated[tuple[Name, ...], msgspec.Meta(max_length=MAX_WORDS)] = ()
    form: Form | None = None
    change: Change | None = None


class Defined(msgspec.Struct, tag=True, frozen=True):
    """The definitions were executed."""

    definitions: Annotated[tuple[Definition, ...], msgspec.Meta(max_length=100)]


class Value(msgspec.Struct, tag=True, frozen=True):
    """What a loss returned.

    container: "tensor", "numpy" or "number" (a plain Python number).
    via: "call" when calling the object as Keras does failed (`refused` says how) and its
        method `call` gave the value instead; "object" otherwise.
    is_keras_loss: whether what was called is an instance of Keras' Loss.
    """

    array: Array
    container: Literal["tensor", "numpy", "number"]
    via: Literal["object", "call"] = "object"
    refused: Raised | None = None
    is_keras_loss: bool = False


class Failure(msgspec.Struct, tag=True, frozen=True):
    """A call that gave no value.

    reason: "raised"; "making": raised while the wrapper or class made the loss; "builtin":
        the work was handed to a built-in loss; "not a value": returned what is no number
        (`detail` names its type); "not a loss": the wrapper returned what can't be called;
        "no gradient": the result does not depend on the last input for TensorFlow; "too large".
    refused: where an object has a method `call`: how Keras' own call of the object failed, if
        not by what is told of the method itself.
    """

    reason: Literal[
        "raised", "making", "builtin", "not a value", "not a loss", "no gradient", "too large"
    ]
    detail: Text = ""
    raised: Raised | None = None
    refused: Raised | None = None


class Values(msgspec.Struct, tag=True, frozen=True):
    """What came of the first of several calls; those that are not answered were not made.

    A call may be left out to save time or space, and can be made by itself.
    """

    replies: Annotated[tuple[Value | Failure, ...], msgspec.Meta(max_length=MAX_CALLS)]


class Trained(msgspec.Struct, tag=True, frozen=True):
    """The weights after training, and the loss of each step as Keras computed it."""

    kernel: Array
    bias: Array
    losses: Array


# What an edit does, which is what a slip was.
EditKind = Literal[
    "added step",
    "argument",
    "base class",
    "brackets",
    "call",
    "cell",
    "character",
    "comparison",
    "constant",
    "definition",
    "deleted",
    "dropped step",
    "exchange",
    "function",
    "gone",
    "import",
    "indent",
    "labels",
    "method",
    "name",
    "operator",
    "parameter",
    "raise",
    "return",
    "self",
    "shape",
    "spelling",
    "statement",
    "store",
    "super",
    "type",
]


class Span(msgspec.Struct, frozen=True, order=True):
    """A stretch of a cell: lines and columns counted from 1, end_column one past the last."""

    cell: Count
    line: Count
    column: Count
    end_line: Count
    end_column: Count


class Proposal(msgspec.Struct, frozen=True):
    """An edit that may be tried. cost: how far-fetched it is. spans: where it changes something."""

    kind: EditKind
    cost: Annotated[int, msgspec.Meta(ge=-1000, le=1000)]
    spans: Annotated[tuple[Span, ...], msgspec.Meta(max_length=MAX_SPANS)]


class Proposals(msgspec.Struct, tag=True, frozen=True):
    """The edits that may be tried, the least far-fetched first.

    switches: whether the notebook changes global settings.
    """

    switches: bool
    proposals: Annotated[tuple[Proposal, ...], msgspec.Meta(max_length=MAX_EDITS)] = ()


Answers = Annotated[tuple[Value | Failure, ...], msgspec.Meta(max_length=100)]


class Tried(msgspec.Struct, tag=True, frozen=True):
    """For each edit the answers to the calls; fewer edits if some ran on and on.

    An edit with fewer answers than calls gave no value at the last of them, or no code at all.
    """

    results: Annotated[tuple[Answers, ...], msgspec.Meta(max_length=MAX_EDITS)]


class Fault(msgspec.Struct, tag=True, frozen=True):
    """The worker's own code failed. Believed only before any student code has run."""

    text: Text


Reply = (
    Contents | Unreadable | Defined | Value | Values | Failure | Trained | Proposals | Tried | Fault
)

# Encoding ---------------------------------------------------------------------------------

_encoder = msgspec.msgpack.Encoder()
_request_decoder: msgspec.msgpack.Decoder[Request] = msgspec.msgpack.Decoder(Request)
_reply_decoder: msgspec.msgpack.Decoder[Reply] = msgspec.msgpack.Decoder(Reply)


def encode(message: Request | Reply) -> bytes:
    """The message as bytes, its length in front.

    Raises WireError if it is larger than its kind may be.
    """
    body = _encoder.encode(message)
    cap = MAX_REQUEST if isinstance(message, Request) else MAX_REPLY
    if len(body) > cap:
        raise WireError(f"a message of {len(body)} bytes is over the cap of {cap}")
    return HEADER.pack(len(body)) + body


def decode_request(body: bytes) -> Request:
    """The request in `body`. Raises WireError if it is none."""
    try:
        return _request_decoder.decode(body)
    except (msgspec.MsgspecError, RecursionError, UnicodeError) as error:
        raise WireError(str(error)) from None


def decode_reply(body: bytes) -> Reply:
    """The reply in `body`. Raises WireError if it is none."""
    try:
        return _reply_decoder.decode(body)
    except (msgspec.MsgspecError, RecursionError, UnicodeError) as error:
        raise WireError(str(error)) from None


_STORAGE = {"bfloat16": "float32"}


def pack(array: NDArray[np.generic], dtype: Dtype | None = None) -> Array:
    """The NumPy array as a message part. `dtype` names it where NumPy has no such type."""
    name = dtype or array.dtype.name
    stored = np.ascontiguousarray(array, dtype=np.dtype(_STORAGE.get(name, name)).newbyteorder("<"))
    return Array(name, tuple(array.shape), stored.tobytes())  # type: ignore[arg-type]


def unpack(array: Array) -> NDArray[np.generic]:
    """The array as NumPy. Raises WireError if its bytes are not what shape and dtype say."""
    dtype = np.dtype(_STORAGE.get(array.dtype, array.dtype)).newbyteorder("<")
    expected = math.prod(array.shape) * dtype.itemsize
    if len(array.data) != expected:
        raise WireError(f"an array of {len(array.data)} bytes where its shape says {expected}")
    # An empty array may have a shape that NumPy can't even describe: (0, 2**31, 2**31).
    if math.prod(max(size, 1) for size in array.shape) > MAX_REPLY:
        raise WireError("an array of an impossible shape")
    if array.dtype == "bool" and array.data.strip(b"\x00\x01"):
        raise WireError("a bool array with bytes other than 0 and 1")
    return np.frombuffer(array.data, dtype=dtype).reshape(array.shape)
