# /// variant
# exercises = ["contrastive_loss"]
# says = "tf.math throughout, each step with a name"
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    pull_together = tf.math.multiply(y_true, tf.math.square(y_pred))
    distance_to_margin = tf.math.maximum(tf.math.subtract(1.0, y_pred), 0.0)
    push_apart = tf.math.multiply(1.0 - y_true, tf.math.square(distance_to_margin))
    return tf.math.reduce_mean(tf.math.add(pull_together, push_apart))
