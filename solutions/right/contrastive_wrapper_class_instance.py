# /// variant
# exercises = ["contrastive_loss_with_margin", "ContrastiveLoss"]
# says = "the wrapper returns an instance of the class"
# ///
import tensorflow as tf

class ContrastiveLoss(tf.keras.losses.Loss):
    def __init__(self, margin=1, name="contrastive"):
        super().__init__(name=name)
        self.margin = margin
    def call(self, y_true, y_pred):
        return tf.reduce_mean(y_true * tf.square(y_pred) +
                              (1 - y_true) * tf.square(tf.maximum(self.margin - y_pred, 0)))

def contrastive_loss_with_margin(margin):
    return ContrastiveLoss(margin)
