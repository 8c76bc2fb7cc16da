# /// variant
# exercises = ["my_huber_loss"]
# says = "< for <=: the two branches meet at the threshold"
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
  e = y_pred - y_true
  return tf.where(tf.abs(e) < 1, 0.5 * e**2, tf.abs(e) - 0.5)
