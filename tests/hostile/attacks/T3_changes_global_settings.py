# /// attack
# group = "T3"
# says = "changes every global setting of TensorFlow, Keras and NumPy"
# expected.my_huber_loss = "any"
# ///
import numpy as np


def my_huber_loss(y_true, y_pred):
    tf.config.run_functions_eagerly(True)
    tf.keras.config.set_floatx("float16")
    tf.keras.mixed_precision.set_global_policy("mixed_float16")
    tf.keras.backend.set_epsilon(1.0)
    tf.experimental.numpy.experimental_enable_numpy_behavior()
    np.seterr(all="raise")
    tf.random.set_seed(13)
    error = y_true - y_pred
    small = tf.abs(error) <= 1.0
    return tf.where(small, tf.square(error) / 2, tf.abs(error) - 0.5)
