# /// variant
# exercises = ["contrastive_loss", "contrastive_loss_with_margin", "ContrastiveLoss"]
# says = "wrapper first, function and class made of it"
# ///
import tensorflow as tf

def contrastive_loss_with_margin(margin):
    def loss(y_true, y_pred):
        return tf.reduce_mean(y_true * y_pred ** 2 + (1 - y_true) * tf.maximum(margin - y_pred, 0) ** 2)
    return loss

contrastive_loss = contrastive_loss_with_margin(1)

class ContrastiveLoss(tf.keras.losses.Loss):
    def __init__(self, margin):
        super(ContrastiveLoss, self).__init__()
        self.fn = contrastive_loss_with_margin(margin)

    def call(self, *args):
        return self.fn(*args)
