# /// variant
# exercises = ["my_huber_loss"]
# says = "the definition stands after an endless loop and a request for input"
# ///
import tensorflow as tf
# %%
name = input("Your name? ")
while True:
    pass
# %%
def my_huber_loss(y_true, y_pred):
    error = tf.abs(y_true - y_pred)
    return tf.where(error <= 1, error ** 2 / 2, error - 0.5)
