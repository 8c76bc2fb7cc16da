# /// attack
# group = "R1"
# says = "asks TensorFlow for a hundred gigabytes"
# expected.my_huber_loss = "failed"
# ///
def my_huber_loss(y_true, y_pred):
    return tf.reduce_sum(tf.ones((160_000, 160_000))) + y_pred
