# /// variant
# exercises = ["my_huber_loss"]
# says = "its constants are filled by a loop and by update() at the top level"
# ///
import tensorflow as tf

SETTINGS = {}
for key, value in [("threshold", 3.0), ("half", 0.5)]:
    SETTINGS[key] = value
# %%
SETTINGS.update(threshold=1.0)
# %%
def my_huber_loss(y_true, y_pred):
    d = SETTINGS["threshold"]
    error = tf.abs(y_true - y_pred)
    return tf.where(error <= d, SETTINGS["half"] * error ** 2, d * (error - SETTINGS["half"] * d))
