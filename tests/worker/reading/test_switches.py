"""Global settings of a notebook: found, left out of every slice, and put in force on demand."""

from __future__ import annotations

import ast

import pytest

from grader.worker.reading import slicing
from tests.worker.cells import survey_of

F = "def f(x):\n    return x"


def switches(*sources: str) -> list[str]:
    """The statements that are taken for settings."""
    return [ast.unparse(unit.node) for unit in survey_of(*sources).switches]


@pytest.mark.parametrize(
    "cell",
    [
        "from tensorflow.python.ops.numpy_ops import np_config\nnp_config.enable_numpy_behavior()",
        "import tensorflow.experimental.numpy as tnp\ntnp.experimental_enable_numpy_behavior()",
        "tf.experimental.numpy.experimental_enable_numpy_behavior(prefer_float32=True)",
        "tf.keras.backend.set_floatx('float64')",
        "keras.mixed_precision.set_global_policy('mixed_float16')",
        "import tensorflow as tf\ntf.mean = tf.reduce_mean",
        "import keras\nfrom keras import backend as K\nK.square = keras.ops.square",
        "import tensorflow as tf\nsetattr(tf.Tensor, 'astype', tf.cast)",
        "try:\n    np_config.enable_numpy_behavior()\nexcept Exception:\n    pass",
        "def setup():\n    K.set_floatx('float64')\nsetup()",
    ],
)
def test_what_changes_a_setting(cell: str) -> None:
    """It is executed only if asked for, with the imports that it needs."""
    (switch,) = switches(cell, F)
    survey = survey_of(cell, F)
    for asked in (False, True):
        statements = slicing.slice_for(survey, ("f",), switches=asked)
        text = "\n".join(ast.unparse(statement.node) for statement in statements)
        assert (switch in text) is asked


@pytest.mark.parametrize(
    "cell",
    [
        "import tensorflow as tf\ntf.random.set_seed(1)",
        "tf.config.run_functions_eagerly(True)",
        "model.fit(x, y)",
        "import os\nos.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'",
        "class A:\n    pass\nA.b = 1",
        "def unused():\n    K.set_floatx('float64')",
        "import matplotlib.pyplot as plt\nplt.plot([1])",
    ],
)
def test_what_changes_none(cell: str) -> None:
    assert switches(cell, F) == []
