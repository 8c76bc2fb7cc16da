# /// variant
# exercises = ["my_huber_loss"]
# says = "import missing, tensorflow as tf on one line: only the missing one is missing"
# ///
import course_utils_v2, tensorflow as tf, numpy as np
# %%
def my_huber_loss(y_true, y_pred):
    error = y_true - y_pred
    return tf.where(tf.abs(error) <= 1, tf.square(error) / 2, tf.abs(error) - 0.5)
# %%
course_utils_v2.plot(my_huber_loss)
