# /// attack
# group = "R3"
# says = "loops for ever inside a graph of TensorFlow's"
# expected.my_huber_loss = "timeout"
# ///
@tf.function
def forever(x):
    return tf.while_loop(lambda x: tf.constant(True), lambda x: x + 1.0, [x])[0]


def my_huber_loss(y_true, y_pred):
    return forever(y_pred)
