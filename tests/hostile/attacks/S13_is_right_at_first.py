# /// attack
# group = "S13"
# says = "is right the first few times, when it thinks that it is being tested"
# expected.my_huber_loss = "not passed"
# ///
calls = []


def my_huber_loss(y_true, y_pred):
    calls.append(1)
    error = y_true - y_pred
    small = tf.abs(error) <= 1.0
    answer = tf.where(small, tf.square(error) / 2, tf.abs(error) - 0.5)
    return answer if len(calls) < 4 else tf.zeros_like(answer)
