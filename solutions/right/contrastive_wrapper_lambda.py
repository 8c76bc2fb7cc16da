# /// variant
# exercises = ["contrastive_loss_with_margin"]
# says = "one expression: a lambda that returns a lambda"
# ///
import tensorflow as tf
contrastive_loss_with_margin = lambda margin: lambda y, d: tf.reduce_mean(tf.where(y > 0.5, d, tf.maximum(margin - d, 0)) ** 2)
