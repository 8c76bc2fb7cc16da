# /// variant
# exercises = ["MyHuberLoss"]
# says = "super(MyHuberLoss, self).__init__(), and the attribute set before it"
# ///
import tensorflow as tf

class MyHuberLoss(tf.keras.losses.Loss):
  def __init__(self, threshold = 1):
    self._d = threshold
    super(MyHuberLoss, self).__init__()

  def call(self, y_true, y_pred):
    e = tf.abs(y_true - y_pred)
    return tf.where(e <= self._d, e**2/2, self._d*(e - self._d/2))
