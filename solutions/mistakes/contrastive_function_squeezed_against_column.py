# /// variant
# exercises = ["contrastive_loss"]
# says = "y_pred is squeezed, y_true is not: each label meets each distance"
# # Batches of a single label or a single pair come out right; how much is left
# # recognisable depends on the batch.
# fails = ["shapes"]
# may_fail = ["labels", "scale", "similar_pairs", "dissimilar_pairs", "beyond_margin", "margin_and_zero", "reduction", "precision", "gradient", "gradient_at_zero", "graph", "training"]
# ///
import tensorflow as tf

def contrastive_loss(y_true, y_pred):
    y_pred = tf.squeeze(y_pred)
    return tf.reduce_mean(y_true * tf.square(y_pred) + (1 - y_true) * tf.square(tf.maximum(1 - y_pred, 0)))
