# /// variant
# exercises = ["my_huber_loss"]
# says = "a lambda bound to the name"
# ///
import tensorflow as tf

huber = lambda e: tf.where(tf.abs(e) <= 1., e*e/2., tf.abs(e)-.5)
my_huber_loss = lambda y_true, y_pred: huber(y_true - y_pred)
