# /// variant
# exercises = ["my_huber_loss"]
# says = "global settings are changed around it, which no other cell may feel"
# ///
import tensorflow as tf
tf.keras.backend.set_floatx("float16")
tf.keras.mixed_precision.set_global_policy("mixed_float16")
tf.config.run_functions_eagerly(True)
tf.abs = lambda x: x * 0
# %%
def my_huber_loss(y_true, y_pred):
    error = y_true - y_pred
    size = tf.maximum(error, -error)
    return tf.where(size <= 1, tf.square(error) / 2, size - 0.5)
