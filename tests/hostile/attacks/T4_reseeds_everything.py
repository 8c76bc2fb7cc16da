# /// attack
# group = "T4"
# says = "reseeds all random numbers, and takes the answers from them"
# expected.my_huber_loss = "failed"
# ///
import random

import numpy as np


def my_huber_loss(y_true, y_pred):
    tf.random.set_seed(0)
    np.random.seed(0)
    random.seed(0)
    return tf.random.uniform(tf.shape(y_pred))
