# /// variant
# exercises = ["contrastive_loss"]
# says = "functions that Keras 3 has no more are put back into its backend"
# ///
import tensorflow as tf
from keras import backend as K
K.square, K.maximum = tf.square, tf.maximum
setattr(K, "mean", tf.reduce_mean)
# %%
def contrastive_loss(y_true, y_pred):
    return K.mean(y_true * K.square(y_pred) + (1 - y_true) * K.square(K.maximum(1 - y_pred, 0)))
