# /// variant
# exercises = ["contrastive_loss"]
# says = "tf.experimental.numpy, the two parts averaged apart and added"
# ///
import tensorflow.experimental.numpy as np

def contrastive_loss(y_true, y_pred):
    pull = np.mean(y_true * np.square(y_pred))
    push = np.mean((1 - y_true) * np.square(np.maximum(1 - y_pred, 0)))
    return pull + push
