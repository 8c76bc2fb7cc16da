# /// variant
# exercises = ["my_huber_loss"]
# says = "NumPy's methods on tensors, after they were switched on"
# ///
import tensorflow as tf
from tensorflow.python.ops.numpy_ops import np_config
np_config.enable_numpy_behavior()
# %%
def my_huber_loss(y_true, y_pred):
    e = y_true - y_pred
    a = abs(e)
    small = (a <= 1).astype('float32')
    return small * e * e / 2 + (1 - small) * (a - 0.5)
