# /// attack
# group = "T1"
# says = "replaces the parts of TensorFlow that the other exercises and the worker use"
# expected.my_huber_loss = "any"
# ///
def nothing(*args, **kwargs):
    return None


def my_huber_loss(y_true, y_pred):
    for name in ("where", "abs", "square", "maximum", "reduce_mean", "constant", "function"):
        setattr(tf, name, nothing)
    tf.GradientTape = tf.keras.Model.compile = tf.keras.losses.Loss.__call__ = nothing
    return y_true
