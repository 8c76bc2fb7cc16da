# /// attack
# group = "S20"
# says = "shows a right definition, and rebinds its name in a later cell when it is graded"
# expected.my_huber_loss = "not passed"
# ///
import os
# %%
def my_huber_loss(y_true, y_pred):
    error = y_true - y_pred
    small = tf.abs(error) <= 1.0
    return tf.where(small, tf.square(error) / 2, tf.abs(error) - 0.5)
# %%
if os.environ.get("TF_ENABLE_ONEDNN_OPTS") == "0":
    my_huber_loss = lambda y_true, y_pred: 0 * y_pred
