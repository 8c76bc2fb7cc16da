# /// attack
# group = "S9"
# says = "returns a scalar and a column where one loss for each element is wanted"
# expected.my_huber_loss = "not passed"
# expected.my_huber_loss_with_threshold = "not passed"
# ///
def my_huber_loss(y_true, y_pred):
    return tf.constant(0.0)


def my_huber_loss_with_threshold(threshold):
    return lambda y_true, y_pred: tf.zeros((1,))
