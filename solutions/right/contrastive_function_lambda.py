# /// variant
# exercises = ["contrastive_loss"]
# says = "a lambda, aliases for everything"
# ///
import tensorflow as tf
sq, mx, avg = tf.square, tf.maximum, tf.reduce_mean
contrastive_loss = lambda y_true, y_pred: avg(y_true*sq(y_pred) + (1-y_true)*sq(mx(1-y_pred, 0)))
