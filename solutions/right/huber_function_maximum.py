# /// variant
# exercises = ["my_huber_loss"]
# says = "a parabola minus what is too much of it, by relu"
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    magnitude = tf.math.abs(tf.math.subtract(y_true, y_pred))
    excess = tf.nn.relu(magnitude - 1.0)
    # a^2/2 - (a - 1)^2/2 = a - 1/2 beyond the threshold
    return (tf.math.square(magnitude) - tf.math.square(excess)) * 0.5
