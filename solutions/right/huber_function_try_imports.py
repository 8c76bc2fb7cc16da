# /// variant
# exercises = ["my_huber_loss"]
# says = "imports in try/except, the first of which is not there"
# ///
try:
    import tensorflow_that_is_not_there as tf
except ImportError:
    import tensorflow as tf

try:
    from keras.backend import square
except ImportError:
    square = tf.square

def my_huber_loss(y_true, y_pred):
    error = y_true - y_pred
    return tf.where(tf.abs(error) <= 1, square(error) / 2, tf.abs(error) - .5)
