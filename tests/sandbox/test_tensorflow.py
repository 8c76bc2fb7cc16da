"""Behind the walls TensorFlow does all that honest notebooks may ask of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.sandbox import Child, Limit, Sandbox, Tier, start
from tests.sandbox.asking import lost, value
from tests.sandbox.tiers import need

pytestmark = [pytest.mark.wall, pytest.mark.slow]

AMPLE = Limit(cpu_seconds=100, wall_seconds=300)
START = "import tensorflow as tf, numpy as np\nfrom tensorflow import keras\n"


@pytest.fixture(scope="module", params=list(Tier))
def with_tensorflow(
    request: pytest.FixtureRequest, folder_with_tensorflow: Path
) -> Iterator[Sandbox]:
    """A sandbox with the real TensorFlow in each tier that works here."""
    with start(need(request.param), folder_with_tensorflow) as started:
        yield started


@pytest.fixture
def child(with_tensorflow: Sandbox) -> Iterator[Child]:
    """A fresh child."""
    with with_tensorflow.open() as opened:
        yield opened


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("result = float(tf.reduce_sum(tf.ones((3, 3)))) == 9", id="an operation"),
        pytest.param(
            "x = tf.Variable(3.0)\n"
            "with tf.GradientTape() as tape: y = x * x\n"
            "result = float(tape.gradient(y, x)) == 6",
            id="a gradient",
        ),
        pytest.param(
            "@tf.function\n"
            "def f(x):\n"
            "    if tf.reduce_sum(x) > 0: return x\n"
            "    return -x\n"
            "result = float(f(tf.constant(-2.0))) == 2",
            id="a graph",
        ),
        pytest.param(
            "@tf.function(jit_compile=True)\n"
            "def f(x): return x * 2 + 1\n"
            "result = float(f(tf.constant(2.0))) == 5",
            id="a compiled graph",
        ),
        pytest.param(
            "model = keras.Sequential([keras.layers.Dense(1)])\n"
            "model.compile(optimizer='sgd', loss='mse')\n"
            "history = model.fit(np.ones((8, 1)), np.ones((8, 1)), epochs=3, verbose=1)\n"
            "result = len(history.history['loss']) == 3",
            id="compile and fit",
        ),
        pytest.param(
            "shape = (8, 8, 1)\n"
            "model = keras.Sequential([keras.Input(shape), keras.layers.Conv2D(2, 3), "
            "keras.layers.BatchNormalization(), keras.layers.Flatten(), keras.layers.Dropout(0.5), "
            "keras.layers.Dense(1)])\n"
            "model.compile(optimizer='adam', loss='mse')\n"
            "model.fit(np.ones((4, *shape)), np.ones((4, 1)), verbose=0)\n"
            "result = model.predict(np.ones((1, *shape)), verbose=0).shape == (1, 1)",
            id="a convolution",
        ),
        pytest.param(
            "model = keras.Sequential([keras.Input((5, 2)), keras.layers.LSTM(3)])\n"
            "result = model(np.ones((1, 5, 2))).shape == (1, 3)",
            id="a recurrent layer",
        ),
        pytest.param(
            "data = tf.data.Dataset.range(100).shuffle(10).map(lambda x: x * 2, 2)"
            ".batch(10).prefetch(2)\n"
            "result = sum(int(tf.reduce_sum(batch)) for batch in data) == 9900",
            id="a data pipeline with threads",
        ),
        pytest.param(
            "result = float(tf.py_function(lambda x: x + 1, [1.0], tf.float32)) == 2",
            id="Python inside a graph",
        ),
        pytest.param(
            "model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])\n"
            "model.save_weights('x.weights.h5'); model.load_weights('x.weights.h5')\n"
            "result = True",
            id="weights on disk",
        ),
        pytest.param(
            "import tempfile, threading, json, random, math, statistics, collections, datetime\n"
            "with tempfile.TemporaryFile() as stream: stream.write(b'x')\n"
            "thread = threading.Thread(target=lambda: None); thread.start(); thread.join()\n"
            "result = datetime.datetime.now() is not None and random.random() < 1",
            id="the standard library",
        ),
        pytest.param(
            "import matplotlib; matplotlib.use('Agg')\n"
            "import matplotlib.pyplot as plt\n"
            "plt.plot([1, 2]); plt.savefig('x.png')\n"
            "result = True",
            id="a plot",
        ),
    ],
)
def test_honest_work_goes_through(child: Child, source: str) -> None:
    """No wall is in its way, and none complains."""
    assert value(child, START + source, AMPLE) is True
    assert "Operation not permitted" not in child.output
    assert "Permission denied" not in child.output


def test_nothing_is_loaded_for_pictures(child: Child) -> None:
    """That costs as much as a notebook, at each start of a worker; who wants it still can."""
    source = "import sys; before = 'matplotlib' in sys.modules; import matplotlib; "
    assert value(child, START + source + "result = not before", AMPLE) is True


def test_a_tensor_larger_than_memory(child: Child) -> None:
    """TensorFlow says so itself, soon."""
    source = (
        "try: tf.ones((2**30, 100)); result = 'made'\n"
        "except tf.errors.ResourceExhaustedError: result = 'exhausted'"
    )
    assert value(child, START + source, AMPLE) == "exhausted"


def test_an_endless_operation_is_ended(child: Child) -> None:
    """A loop inside a graph hears no signal and holds no Python lock."""
    source = "tf.while_loop(lambda i: i >= 0, lambda i: tf.constant(1), [tf.constant(0)])"
    graph = f"@tf.function\ndef f(): return {source}\nf()"
    assert lost(child, START + graph, Limit(2, 60)).reason == "timeout"


def test_children_give_the_same_bits(with_tensorflow: Sandbox) -> None:
    """Seeded training is the same in each child, to the last bit."""
    source = (
        "keras.utils.set_random_seed(1)\n"
        "model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(8, 'relu'), "
        "keras.layers.Dropout(0.2), keras.layers.Dense(1)])\n"
        "model.compile(optimizer='adam', loss='mse')\n"
        "x = np.arange(60.0).reshape(20, 3) / 60\n"
        "model.fit(x, x[:, :1] ** 2, epochs=5, verbose=0)\n"
        "result = b''.join(w.tobytes() for w in model.get_weights())"
    )
    weights = set()
    for _ in range(3):
        with with_tensorflow.open() as child:
            weights.add(value(child, START + source, AMPLE))
    assert len(weights) == 1
