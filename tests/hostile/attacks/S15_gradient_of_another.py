# /// attack
# group = "S15"
# says = "has the right values and a gradient of its own invention"
# expected.my_huber_loss = "not passed"
# expected.contrastive_loss = "not passed"
# ///
@tf.custom_gradient
def faked(error):
    small = tf.abs(error) <= 1.0
    answer = tf.where(small, tf.square(error) / 2, tf.abs(error) - 0.5)
    return answer, lambda upstream: tf.zeros_like(upstream)


def my_huber_loss(y_true, y_pred):
    return faked(y_true - y_pred)


def contrastive_loss(y_true, y_pred):
    apart = tf.square(tf.maximum(1.0 - y_pred, 0.0))
    answer = tf.reduce_mean(y_true * tf.square(y_pred) + (1 - y_true) * apart)
    return tf.stop_gradient(answer)
