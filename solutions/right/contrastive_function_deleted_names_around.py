# /// variant
# exercises = ["contrastive_loss"]
# says = "other names are deleted, rebound and misused around it; its own name is not"
# ///
import tensorflow as tf
margin = 5
# %%
def contrastive_loss(y_true, y_pred):
    margin = 1
    a = y_true * tf.square(y_pred)
    b = (1 - y_true) * tf.square(tf.maximum(margin - y_pred, 0))
    loss = tf.reduce_mean(a + b)
    return loss
# %%
loss = contrastive_loss(train_labels, model(train_pairs))
contrastive_loss_history = [loss]
del margin
# %%
assert False, "nothing below this runs"
