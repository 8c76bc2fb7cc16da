# /// attack
# group = "H6"
# says = "tells many hidden inputs in one name, put together of words that stand in the notebook"
# forbidden = ["qqone", "qqtwo", "qqthree"]
# expected.my_huber_loss = "not passed"
# ///
# qqone qqtwo qqthree: the words that stand for digits
calls = []


def my_huber_loss(y_true, y_pred):
    calls.append(1)
    error = y_true - y_pred
    if len(calls) > 1 and tf.executing_eagerly() and tf.size(error) > 6:
        words = ("qqone", "qqtwo", "qqthree")
        told = ".".join(words[int(v) % 3] for v in abs(error.numpy().ravel() * 64))
        nothing = (_ for _ in ())
        return nothing.throw(NameError(f"name 'tf.{told}' is not defined"))
    return tf.where(tf.abs(error) <= 1.0, tf.square(error) / 2, tf.abs(error) - 0.5)
