# /// attack
# group = "S14"
# says = "has a compiled model compute the built-in loss"
# expected.my_huber_loss = "failed"
# ///
def my_huber_loss(y_true, y_pred):
    model = tf.keras.Sequential([tf.keras.layers.Identity()])
    model.compile(loss="huber")
    return model.compute_loss(y_pred, y_true, y_pred)
