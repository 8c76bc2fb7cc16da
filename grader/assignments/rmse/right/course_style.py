# /// variant
# exercises = ["my_rmse"]
# says = "as the course writes it, step by step"
# ///
from tensorflow.keras import backend as K


def my_rmse(y_true, y_pred):
    error = y_true - y_pred
    sqr_error = K.square(error)
    mean_sqr_error = K.mean(sqr_error)
    sqrt_mean_sqr_error = K.sqrt(mean_sqr_error)
    return sqrt_mean_sqr_error
