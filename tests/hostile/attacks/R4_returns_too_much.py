# /// attack
# group = "R4"
# says = "returns far more numbers than it was given"
# expected.my_huber_loss = "failed"
# ///
def my_huber_loss(y_true, y_pred):
    return tf.zeros((2**24,)) + tf.reduce_sum(y_pred)
