# /// variant
# exercises = ["my_huber_loss", "my_huber_loss_with_threshold", "MyHuberLoss", "contrastive_loss", "contrastive_loss_with_margin", "ContrastiveLoss"]
# says = "written into a package in several steps, and imported from there"
# ///
!mkdir -p course
# %%
%%writefile course/pieces.py
import tensorflow as tf

def linear(size, threshold):
    return threshold * (size - threshold / 2)
# %%
%%writefile course/losses.py
import tensorflow as tf
from tensorflow.keras.losses import Loss
from .pieces import linear

def my_huber_loss_with_threshold(threshold):
    def huber(y_true, y_pred):
        error = y_true - y_pred
        size = tf.abs(error)
        return tf.where(size <= threshold, tf.square(error) / 2, linear(size, threshold))
    return huber

def my_huber_loss(y_true, y_pred):
    return my_huber_loss_with_threshold(1.0)(y_true, y_pred)

class MyHuberLoss(Loss):
    def __init__(self, threshold=1.0):
        super().__init__()
        self.threshold = threshold

    def call(self, y_true, y_pred):
        return my_huber_loss_with_threshold(self.threshold)(y_true, y_pred)
# %%
%%writefile -a course/losses.py

def contrastive_loss_with_margin(margin):
    def contrastive(y_true, y_pred):
        far = tf.square(tf.maximum(margin - y_pred, 0))
        return tf.reduce_mean(y_true * tf.square(y_pred) + (1 - y_true) * far)
    return contrastive

def contrastive_loss(y_true, y_pred):
    return contrastive_loss_with_margin(1.0)(y_true, y_pred)

class ContrastiveLoss(Loss):
    def __init__(self, margin=1.0):
        super().__init__()
        self.margin = margin

    def call(self, y_true, y_pred):
        return contrastive_loss_with_margin(self.margin)(y_true, y_pred)

if __name__ == "__main__":
    raise SystemExit("nothing to run here")
# %%
from course.losses import *
import course.losses as losses
# %%
model = tf.keras.Sequential([tf.keras.layers.Dense(1, input_shape=[1])])
model.compile(optimizer="sgd", loss=losses.MyHuberLoss(threshold=1.2))
