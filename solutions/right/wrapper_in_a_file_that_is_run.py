# /// variant
# exercises = ["my_huber_loss_with_threshold"]
# says = "written into a file by one cell, and run by another that stands above it"
# ///
%run my_losses.py
# %%
%%file my_losses.py
import tensorflow as tf

def my_huber_loss_with_threshold(threshold):
    def huber(y_true, y_pred):
        error = y_true - y_pred
        size = tf.abs(error)
        return tf.where(size <= threshold, error**2 / 2, threshold * (size - threshold / 2))
    return huber
