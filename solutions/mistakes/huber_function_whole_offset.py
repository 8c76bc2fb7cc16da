# /// variant
# exercises = ["my_huber_loss"]
# says = "the offset of the linear part is d^2 for d^2/2"
# fails = ["large_errors"]
# diagnosis = "offset-whole"
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
  e = y_true - y_pred
  return tf.where(tf.abs(e) <= 1., tf.square(e)/2., 1.*(tf.abs(e) - 1.))
