# /// variant
# exercises = ["contrastive_loss"]
# says = "relu for the hinge, operators for the rest"
# ///
import tensorflow as tf

def contrastive_loss(y, d):
  hinge = tf.nn.relu(1 - d)
  return tf.reduce_mean(y * d**2 + (1 - y) * hinge**2)
