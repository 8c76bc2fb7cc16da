# /// variant
# exercises = ["contrastive_loss"]
# says = "notes shapes in a list that a long training, in the same cell, starts anew"
# ///
import tensorflow as tf

seen = []

def contrastive_loss(y_true, y_pred):
    seen.append(y_pred.shape)
    pull = y_true * tf.square(y_pred)
    push = (1 - y_true) * tf.square(tf.maximum(1.0 - y_pred, 0.0))
    return tf.reduce_mean(pull + push)

def train(epochs):
    global seen
    seen = []
    model = tf.keras.Sequential([tf.keras.layers.Dense(1)])
    model.compile("sgd", contrastive_loss)
    model.fit(tf.ones((64, 3)), tf.ones((64, 1)), epochs=epochs, verbose=0)

train(2000)
