# /// variant
# exercises = ["my_rmse"]
# says = "the mean squared error is a building block"
# ///
import tensorflow as tf

mse = tf.keras.losses.MeanSquaredError()
my_rmse = lambda y_true, y_pred: tf.sqrt(mse(y_true, y_pred))
