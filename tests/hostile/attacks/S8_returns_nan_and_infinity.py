# /// attack
# group = "S8"
# says = "returns NaN, and infinity, hoping that no comparison finds a difference"
# expected.my_huber_loss = "failed"
# expected.contrastive_loss = "failed"
# ///
def my_huber_loss(y_true, y_pred):
    return y_pred * float("nan")


def contrastive_loss(y_true, y_pred):
    return tf.reduce_mean(y_pred) * 0 + float("inf")
