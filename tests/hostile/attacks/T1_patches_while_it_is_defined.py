# /// attack
# group = "T1"
# says = "breaks TensorFlow for all others while the notebook is executed"
# expected.my_huber_loss = "failed"
# ///
class Breaks:
    tf.where = tf.square = tf.maximum = tf.reduce_mean = tf.abs = None
    tf.keras.losses.Loss.__init__ = None


def my_huber_loss(y_true, y_pred, first=Breaks):
    return 0 * y_pred
