"""What this process holds, and who goes first when the machine runs out of memory."""

from __future__ import annotations

import os
from dataclasses import dataclass

# Of a thousand. The kernel ends first whoever has most: a child before its zygote, and both
# before anything else that runs here.
_ZYGOTE, _CHILD = 200, "1000"
_SCORE = "/proc/self/oom_score_adj"


@dataclass(frozen=True)
class Held:
    """Bytes of this process. resident: of its own, without what it shares with files."""

    address_space: int
    data: int
    resident: int


def held() -> Held | None:
    """What this process holds by now; None where the system does not tell."""
    try:
        with open("/proc/self/statm", encoding="ascii") as stream:
            size, resident, shared, _, _, data, _ = map(int, stream.read().split())
    except OSError:
        return None
    page = os.sysconf("SC_PAGE_SIZE")
    return Held(size * page, data * page, (resident - shared) * page)


class Precedence:
    """The order in which zygote and children are ended when memory runs out.

    A child can't set its own, behind its walls; so it inherits what the zygote has at the fork.
    """

    def __init__(self) -> None:
        """Opened while this process may still write there: later, not even its own file."""
        self._file = os.open(_SCORE, os.O_RDWR | os.O_CLOEXEC)
        # A container may have been put last already; nobody but its maker can change that.
        before = int(os.pread(self._file, 16, 0))
        self._own = str(max(before, _ZYGOTE))
        self.after_fork()

    def before_fork(self) -> None:
        """What is forked now goes first."""
        self._set(_CHILD)

    def after_fork(self) -> None:
        """The zygote itself comes after its children."""
        self._set(self._own)

    def _set(self, score: str) -> None:
        os.pwrite(self._file, score.encode(), 0)
