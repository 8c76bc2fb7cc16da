# /// attack
# group = "R10"
# says = "has TensorFlow trace and compile ten thousand functions"
# expected.my_huber_loss = "timeout"
# ///
def my_huber_loss(y_true, y_pred):
    for number in range(10_000):
        y_pred = tf.function(lambda x: x + number)(y_pred)
    return y_pred
