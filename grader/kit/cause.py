"""What a cause of an exception is: which facts have to hold, and what is said then.

A table of them is read from the top, and the first that fits is the cause. Facts are what the
exception is, where it was raised, what stands there in the code, and what the exercise asks
for. The text of an exception is one fact among others, and only where a library says the same
sentence of a known few things.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from grader.kit.exercises import ExerciseSpec, Kind
from grader.worker import wire

When = Literal["defined", "made", "called"]
_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Situation:
    """What is known of an exercise whose code has raised something.

    when: while the definition was executed, while the loss was made, or in a call of it. spec:
    what the exercise asks for; form: of what form the definition is; bound: what its name stands
    for in the end, as the worker said it. own: causes of its assignment alone.
    """

    when: When = "called"
    spec: ExerciseSpec | None = None
    form: wire.Form | None = None
    bound: str = ""
    own: tuple[Cause, ...] = ()


@dataclass(frozen=True)
class Cause:
    """One cause, and what a teaching assistant would say about it. What is empty may be anything.

    id: stable. raised: types of exceptions. text: a pattern for what the exception says. node,
    name, module, given: what stands there (`wire.Stands`); name is a pattern for all of it, given
    a thing that is among those, least and most how many those are. nothing, empty: a function there
    gives nothing back, a variable holds nothing. method: what stands there is the name of a method
    of the class. outside: whether no line of the notebook was at work.
    kinds, topic: what the exercise asks for. bound: what its name stands for. what, gives,
    sets_up, use: of the definition's form (`wire.Form`); required, inner: the least numbers of
    its parameters and of the loss's, first: the first of the latter; lacks, has: a method that
    the class has not, or has.
    words: one or two sentences, in which {name}, {nothing}, {empty}, {used}, {hyper}, {exercise},
    {line} and {inner_line} may stand; they are only said where that is known and may be quoted.
    """

    id: str
    words: str
    raised: tuple[str, ...] = ()
    text: str = ""
    when: tuple[When, ...] = ()
    node: tuple[wire.Node, ...] = ()
    name: str = ""
    module: str = ""
    given: tuple[wire.Thing, ...] = ()
    least: int = 0
    most: int = 0
    nothing: bool = False
    empty: bool = False
    method: bool = False
    outside: bool | None = None
    kinds: tuple[Kind, ...] = ()
    topic: str = ""
    bound: str = ""
    what: tuple[str, ...] = ()
    gives: tuple[wire.Gives, ...] = ()
    sets_up: tuple[str, ...] = ()
    use: tuple[wire.Use, ...] = ()
    required: int = 0
    inner: int = 0
    first: str = ""
    lacks: str = ""
    has: str = ""

    def fits(self, raised: wire.Raised, situation: Situation) -> bool:
        """Whether all of its facts hold."""
        return (
            (not self.raised or raised.kind in self.raised)
            and (not self.text or re.search(self.text, raised.text) is not None)
            and (not self.when or situation.when in self.when)
            and (self.outside is None or self.outside == (raised.spot is None))
            and self._stands(raised.stands)
            and self._asked(situation)
            and self._formed(situation.form)
            and (not self.method or _is_method(raised.stands, situation.form))
        )

    def _stands(self, stands: wire.Stands | None) -> bool:
        if not (
            self.node
            or self.name
            or self.module
            or self.given
            or self.nothing
            or self.least
            or self.most
            or self.empty
        ):
            return True
        return stands is not None and (
            (not self.node or stands.node in self.node)
            and (not self.name or re.fullmatch(self.name, stands.name) is not None)
            and (not self.module or re.match(self.module, stands.module) is not None)
            and (not self.given or any(each in self.given for each in stands.given))
            and len(stands.given) >= self.least
            and (not self.most or len(stands.given) <= self.most)
            and (not self.nothing or bool(stands.nothing))
            and (not self.empty or bool(stands.empty))
        )

    def _asked(self, situation: Situation) -> bool:
        if self.bound and situation.bound != self.bound:
            return False
        if not self.kinds and not self.topic:
            return True
        spec = situation.spec
        return spec is not None and (
            (not self.kinds or spec.kind in self.kinds)
            and (not self.topic or spec.topic == self.topic)
        )

    def _formed(self, form: wire.Form | None) -> bool:
        asked = self.what, self.gives, self.sets_up, self.use, self.first, self.lacks, self.has
        if not any(asked) and not (self.required or self.inner):
            return True
        return form is not None and (
            (not self.what or form.what in self.what)
            and (not self.gives or form.gives in self.gives)
            and (not self.sets_up or form.sets_up in self.sets_up)
            and (not self.use or form.use in self.use)
            and form.required >= self.required
            and len(form.inner) >= self.inner
            and (not self.first or form.inner[:1] == (self.first,))
            and (not self.lacks or self.lacks not in form.methods)
            and (not self.has or self.has in form.methods)
        )

    def said(self, names: Mapping[str, str]) -> str | None:
        """Its words with the names in place; None if one of them may not be said."""
        asked = _PLACE.findall(self.words)
        if not all(names.get(each) for each in asked):
            return None
        return _PLACE.sub(lambda place: names[place[1]], self.words)


def _is_method(stands: wire.Stands | None, form: wire.Form | None) -> bool:
    return stands is not None and form is not None and stands.name in form.methods
