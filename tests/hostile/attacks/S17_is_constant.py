# /// attack
# group = "S17"
# says = "is zero always, and so the lowest loss of all"
# expected.my_huber_loss = "failed"
# expected.contrastive_loss = "failed"
# ///
def my_huber_loss(y_true, y_pred):
    return 0 * y_pred


def contrastive_loss(y_true, y_pred):
    return tf.reduce_mean(0 * y_pred)
