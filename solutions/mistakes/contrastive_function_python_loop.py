# /// variant
# exercises = ["contrastive_loss"]
# says = "a Python loop over the pairs with an if on each label"
# fails = ["graph"]
# diagnosis = ""
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    losses = []
    for y, d in zip(tf.unstack(tf.reshape(y_true, [-1])), tf.unstack(tf.reshape(y_pred, [-1]))):
        if y == 1:
            losses.append(d ** 2)
        else:
            losses.append(tf.maximum(1 - d, 0) ** 2)
    return tf.reduce_mean(losses)
