# /// variant
# exercises = ["my_huber_loss"]
# says = "built from an own absolute value by sign, which has a gradient at zero"
# ///
import tensorflow as tf

def my_huber_loss(y_true, y_pred):
    def absolute(x):
        return x * tf.sign(x)

    def small(x):
        return x * x * 0.5

    def large(x):
        return absolute(x) - 0.5

    difference = y_true - y_pred
    return tf.where(absolute(difference) <= 1, small(difference), large(difference))
