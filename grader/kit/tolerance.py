"""When an answer counts as the expected one."""

from __future__ import annotations

import numpy as np

from grader.kit.interface import Floats

ABSOLUTE_TOLERANCE = 1e-6
RELATIVE_TOLERANCE = 1e-5

# Half precision is wrong, but one check alone is about that: the others allow for its rounding.
_COARSE = {"float16": 4e-3, "bfloat16": 3e-2}


def close(got: Floats, want: Floats, dtype: str = "float32") -> bool:
    """Whether both have one shape and agree within the tolerance; NaN agrees with nothing.

    dtype: of the answer. Values that come in half precision are allowed its rounding.
    """
    # One number is the same one in any shape; what shape it comes in is for another check.
    if got.size == want.size == 1:
        got, want = got.reshape(()), want.reshape(())
    if got.shape != want.shape:
        return False
    coarse = _COARSE.get(dtype, 0.0)
    absolute, relative = ABSOLUTE_TOLERANCE + coarse, RELATIVE_TOLERANCE + coarse
    return bool(np.all(np.abs(got - want) <= absolute + relative * np.abs(want)))
