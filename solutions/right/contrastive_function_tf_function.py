# /// variant
# exercises = ["contrastive_loss"]
# says = "tf.function with reduce_retracing, type hints and a docstring"
# ///
from __future__ import annotations

import tensorflow as tf

@tf.function(reduce_retracing=True)
def contrastive_loss(y_true: tf.Tensor, y_pred: tf.Tensor) -> tf.Tensor:
    """Pulls similar pairs together, pushes the others apart up to the margin."""
    margin = tf.constant(1.0)
    similar = y_true * tf.square(y_pred)
    dissimilar = (1.0 - y_true) * tf.square(tf.maximum(margin - y_pred, 0.0))
    return tf.reduce_mean(similar + dissimilar)
