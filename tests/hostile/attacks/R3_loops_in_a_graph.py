# /// attack
# group = "R3"
# says = "loops for ever inside a graph of TensorFlow's"
# expected.my_huber_loss = "timeout"
# ///
def my_huber_loss(y_true, y_pred):
    return tf.while_loop(lambda x: True, lambda x: x + 1, [y_pred])[0]
