# /// variant
# exercises = ["contrastive_loss"]
# says = "its helpers stand in later cells, and its margin in a class of constants"
# ///
def contrastive_loss(y_true, y_pred):
    return average(y_true * pull(y_pred) + (1 - y_true) * push(y_pred))
# %%
class Config:
    MARGIN = 1.0
# %%
def pull(distance):
    return tf.square(distance)

def push(distance):
    return tf.square(tf.maximum(Config.MARGIN - distance, 0.0))

average = lambda x: tf.reduce_mean(x)
# %%
import tensorflow as tf
