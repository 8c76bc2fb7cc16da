# /// variant
# exercises = ["contrastive_loss_with_margin"]
# says = "square, maximum and mean out of a star import of the backend"
# ///
from tensorflow.keras.backend import *
import random, os, this_is_not_installed

def contrastive_loss_with_margin(margin):
  def contrastive_loss(y_true, y_pred):
    return mean(y_true * square(y_pred) + (1 - y_true) * square(maximum(margin - y_pred, 0)))
  return contrastive_loss
