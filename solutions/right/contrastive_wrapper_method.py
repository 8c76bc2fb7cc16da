# /// variant
# exercises = ["contrastive_loss_with_margin"]
# says = "returns a bound method"
# ///
import tensorflow as tf

class Pairs:
    def __init__(self, margin):
        self.margin = margin

    def similar(self, d):
        return d ** 2

    def dissimilar(self, d):
        return tf.nn.relu(self.margin - d) ** 2

    def loss(self, y_true, y_pred):
        each = y_true * self.similar(y_pred) + (1. - y_true) * self.dissimilar(y_pred)
        return tf.math.reduce_mean(each)

def contrastive_loss_with_margin(margin=1.0):
    return Pairs(margin).loss
