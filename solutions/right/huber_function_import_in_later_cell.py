# /// variant
# exercises = ["my_huber_loss"]
# says = "the import stands in a later cell than the function that needs it"
# ///
def my_huber_loss(y_true, y_pred):
    error = y_true - y_pred
    return T.where(T.abs(error) <= 1, T.square(error) / 2, T.abs(error) - 0.5)
# %%
import tensorflow as T
# %%
print(my_huber_loss(T.constant([0.0]), T.constant([2.0])))
