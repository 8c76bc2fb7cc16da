"""Ways to write one step of a loss, a line each: all of them mean the same.

In braces stand the parts. What needs more than a line, or a choice of its own, is in
`right_answers`.
"""

from __future__ import annotations


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.strip().splitlines())


CAST = _lines("""
    {x}
    tf.cast({x}, {like}.dtype)
    tf.cast({x}, tf.float32)
    K.cast({x}, 'float32')
    ops.cast({x}, 'float32')
    tf.convert_to_tensor({x})
""")

MINUS = _lines("""
    {a} - {b}
    tf.subtract({a}, {b})
    -({b} - {a})
    ops.subtract({a}, {b})
    tf.math.subtract({a}, {b})
    {a} + (-{b})
""")

SIZE = _lines("""
    tf.abs({x})
    tf.math.abs({x})
    K.abs({x})
    ops.abs({x})
    abs({x})
    tnp.abs({x})
    tf.maximum({x}, -{x})
    {x} * tf.sign({x})
    tf.where({x} < 0, -{x}, {x})
    tf.nn.relu({x}) + tf.nn.relu(-{x})
    tf.where({x} == 0.0, 0.0, tf.sqrt(tf.where({x} == 0.0, 1.0, {x} * {x})))
""")

SQUARE = _lines("""
    tf.square({x})
    tf.math.square({x})
    K.square({x})
    ops.square({x})
    tnp.square({x})
    {x} ** 2
    {x} ** 2.0
    {x} * {x}
    tf.pow({x}, 2)
    tf.math.pow({x}, 2.0)
    K.pow({x}, 2)
    tf.multiply({x}, {x})
""")

HALF = _lines("""
    {x} / 2
    0.5 * {x}
    {x} * (1 / 2)
    tf.divide({x}, 2)
    tf.constant(0.5) * {x}
    tf.multiply(0.5, {x})
    {x} * np.float32(0.5)
    {x} - {x} / 2
""")

SMALLER = _lines("""
    tf.minimum({a}, {b})
    tf.math.minimum({a}, {b})
    K.minimum({a}, {b})
    ops.minimum({a}, {b})
    tf.where({a} < {b}, {a}, {b})
    -tf.maximum(-{a}, -{b})
""")

POSITIVE = _lines("""
    tf.maximum({x}, 0.0)
    tf.maximum({x}, 0)
    tf.maximum(0.0, {x})
    tf.nn.relu({x})
    tf.keras.activations.relu({x})
    K.maximum({x}, 0.0)
    ops.maximum({x}, 0.0)
    ops.relu({x})
    tf.where({x} > 0, {x}, 0.0)
    {x} * tf.cast({x} > 0, tf.float32)
    -tf.minimum(-{x}, 0.0)
    tf.clip_by_value({x}, 0.0, 1e6)
    ({x} + tf.abs({x})) / 2
""")

CHOSEN = _lines("""
    tf.where({condition}, {yes}, {no})
    K.switch({condition}, {yes}, {no})
    ops.where({condition}, {yes}, {no})
    tnp.where({condition}, {yes}, {no})
    tf.where(tf.logical_not({condition}), {no}, {yes})
    tf.cast({condition}, tf.float32) * ({yes}) + (1 - tf.cast({condition}, tf.float32)) * ({no})
    ({no}) + tf.cast({condition}, tf.float32) * (({yes}) - ({no}))
""")

MEAN = _lines("""
    tf.reduce_mean({x})
    tf.math.reduce_mean({x})
    K.mean({x})
    ops.mean({x})
    tnp.mean({x})
    tf.reduce_sum({x}) / tf.cast(tf.size({like}), tf.float32)
    tf.reduce_sum(({x}) / tf.cast(tf.size({like}), tf.float32))
    K.sum({x}) / K.cast(tf.size({like}), 'float32')
    tf.math.divide_no_nan(tf.reduce_sum({x}), tf.cast(tf.size({like}), tf.float32))
    tf.reduce_mean(tf.reshape({x}, [-1]))
    tf.reduce_mean(tf.reduce_mean({x}, axis=-1))
""")

# Huber: {t} is the threshold, {a} the size of the error, {e} the error, {cut} the smaller of
# the size and the threshold, {clipped} the error kept between the two thresholds.

NEAR = _lines("""
    {a} <= {t}
    {a} < {t}
    tf.less_equal({a}, {t})
    tf.less({a}, {t})
    {a} - {t} <= 0
    tf.logical_not({a} > {t})
    tf.logical_and({e} <= {t}, {e} >= -{t})
""")

LINEAR = _lines("""
    {t} * ({a} - {t} / 2)
    {t} * {a} - 0.5 * {t} * {t}
    ({t} * (2 * {a} - {t})) / 2
    0.5 * {t} ** 2 + {t} * ({a} - {t})
    {t} * {a} - {t} ** 2 / 2
""")

OF_CUT = _lines("""
    0.5 * {cut} ** 2 + {t} * ({a} - {cut})
    {cut} * ({a} - {cut} / 2)
    {cut} * {a} - 0.5 * tf.square({cut})
""")

CLIPPED = _lines("""
    tf.clip_by_value({e}, -{t}, {t})
    K.clip({e}, -{t}, {t})
    ops.clip({e}, -{t}, {t})
    tf.maximum(tf.minimum({e}, {t}), -{t})
""")

OF_CLIPPED = _lines("""
    {clipped} * ({e} - {clipped} / 2)
    {clipped} * {e} - 0.5 * {clipped} ** 2
""")

THREE_STRETCHES = (
    "tf.where({e} > {t}, {t} * {e} - {t} * {t} / 2,"
    " tf.where({e} < -{t}, -{t} * {e} - {t} * {t} / 2, {middle}))"
)

ONE_BY_ONE = """\
def _element(a):
    return tf.cond(tf.abs(a) <= {t},
                   lambda: 0.5 * a * a, lambda: {t} * tf.abs(a) - 0.5 * {t} * {t})
"""

# Contrastive: {y} is the label, {d} the distance, {m} the margin.

OTHER = _lines("""
    (1 - {y})
    (1.0 - {y})
    tf.subtract(1.0, {y})
    (1 + (-{y}))
""")

SIMILAR = _lines("""
    {y} == 1
    {y} > 0.5
    tf.equal({y}, 1.0)
    tf.cast({y}, tf.bool)
    tf.not_equal({y}, 0.0)
""")

EXPANDED = "tf.where({d} < {m}, {m} * {m} - 2 * {m} * {d} + {d} * {d}, 0.0)"

# Around a class: {base} is what it is a subclass of, {name} its own name.

BEGIN = _lines("""
    super().__init__()
    super({name}, self).__init__()
    super().__init__(name='mine')
    super().__init__(**kwargs)
    {base}.__init__(self)
    super().__init__(reduction='sum_over_batch_size')
""")
