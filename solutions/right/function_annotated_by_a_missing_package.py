# /// variant
# exercises = ["my_huber_loss"]
# says = "annotated with an alias of a type from a package that is not there"
# ///
import tensorflow as tf
import torch
from typing import Union

TensorLike = Union[tf.Tensor, torch.Tensor]

# %%
def my_huber_loss(y_true: TensorLike, y_pred: TensorLike) -> TensorLike:
    e = y_true - y_pred
    return tf.where(tf.abs(e) <= 1.0, tf.square(e) / 2, tf.abs(e) - 0.5)
