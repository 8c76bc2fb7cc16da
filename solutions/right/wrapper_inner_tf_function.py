# /// variant
# exercises = ["my_huber_loss_with_threshold"]
# says = "the inner function is a tf.function, two-space indents"
# ///
import tensorflow as tf
def my_huber_loss_with_threshold(threshold):
  @tf.function
  def my_huber_loss(y_true, y_pred):
    error = y_true - y_pred
    if threshold <= 0:
      return tf.abs(error)
    return tf.where(tf.abs(error) <= threshold, tf.square(error) / 2,
                    threshold * (tf.abs(error) - (0.5 * threshold)))
  return my_huber_loss
