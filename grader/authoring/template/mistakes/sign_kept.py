# /// variant
# exercises = ["absolute_error"]
# says = "the sign of the error is kept"
# fails = ["values"]
# ///
def absolute_error(y_true, y_pred):
    return y_true - y_pred
