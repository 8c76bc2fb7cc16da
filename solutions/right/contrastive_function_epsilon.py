# /// variant
# exercises = ["contrastive_loss"]
# says = "distances kept above K.epsilon(), far below any tolerance"
# ///
import tensorflow as tf
from tensorflow.keras import backend as K

def contrastive_loss(y_true, y_pred):
    y_true = K.cast(y_true, "float32")
    squared = K.square(K.maximum(y_pred, 0.0))
    margin_square = K.square(K.maximum(1.0 - y_pred, 0.0))
    return K.mean(y_true * squared + (1.0 - y_true) * margin_square)
