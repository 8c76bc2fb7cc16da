# /// variant
# exercises = ["my_huber_loss_with_threshold"]
# says = ".numpy() and a Python loop: right values, no gradient, no graph"
# fails = ["gradient", "graph"]
# diagnosis = ""
# ///
import tensorflow as tf

def my_huber_loss_with_threshold(threshold):
    def one(e):
        return e * e / 2 if abs(e) <= threshold else threshold * (abs(e) - threshold / 2)

    def my_huber_loss(y_true, y_pred):
        errors = (y_true - y_pred).numpy()
        losses = [one(float(e)) for e in errors.ravel()]
        return tf.reshape(tf.constant(losses, tf.float32), errors.shape)

    return my_huber_loss
