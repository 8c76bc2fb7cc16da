# /// variant
# exercises = ["my_huber_loss"]
# says = "the import stands inside the function"
# ///
def my_huber_loss(y_true, y_pred):
    import tensorflow as tf
    from tensorflow import abs as absolute

    error = tf.convert_to_tensor(y_true) - tf.convert_to_tensor(y_pred)
    return tf.where(absolute(error) <= 1, tf.square(error) / 2, absolute(error) - 0.5)
