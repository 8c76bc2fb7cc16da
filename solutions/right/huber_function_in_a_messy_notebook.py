# /// variant
# exercises = ["my_huber_loss"]
# says = "magics, shell lines, cells that are not Python, downloads and empty cells around it"
# ///
try:
  # only on Colab
  %tensorflow_version 2.x
except Exception:
  pass

import tensorflow as tf
import utils
%matplotlib inline
!pip install -q something
# %%
# %% [markdown]
# # Custom losses
# Some text with `code`.
# %%
%%bash
wget -q file.zip
# %%
def my_huber_loss(y_true, y_pred):
  %time
  error = y_true - y_pred
  is_small_error = tf.abs(error) <= 1
  small_error_loss = tf.square(error) / 2
  big_error_loss = tf.abs(error) - 0.5
  return tf.where(is_small_error, small_error_loss, big_error_loss)
# %%
this cell is not python (
# %%
from __future__ import annotations
model.fit(xs, ys, epochs=500, verbose=0)
