"""The `grader` command, and `python -m grader`: settle what comes in from outside, then run."""

from __future__ import annotations

import sys

from grader import outside

_FAULT = 3


def main() -> int:
    """Run the command in surroundings that can't change a grade."""
    if problem := outside.settle():
        if sys.stderr is not None:
            sys.stderr.write(f"grader: {problem}\n")
        return _FAULT
    from grader.cli import main as command

    return command()


if __name__ == "__main__":
    sys.exit(main())
