# /// attack
# group = "S10"
# says = "returns an empty tensor, of which everything is true"
# expected.my_huber_loss = "failed"
# ///
def my_huber_loss(y_true, y_pred):
    return y_pred[:0]
