# /// variant
# exercises = ["my_huber_loss", "my_huber_loss_with_threshold"]
# says = "the plain function is made by the wrapper, in another order of cells"
# ///
my_huber_loss = None
# %%
import tensorflow as tf

def my_huber_loss_with_threshold(threshold, **options):
    def my_huber_loss(y_true, y_pred):
        error = tf.math.abs(tf.math.subtract(y_pred, y_true))
        return tf.where(tf.math.less(error, threshold),
                        tf.math.divide(tf.math.square(error), 2.0),
                        tf.math.multiply(threshold, error - threshold / 2))
    return my_huber_loss
# %%
my_huber_loss = my_huber_loss_with_threshold(1.0)
