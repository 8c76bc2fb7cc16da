# /// attack
# group = "T5"
# says = "sets its inputs to zero in memory, so that zero becomes the right answer"
# expected.my_huber_loss = "failed"
# ///
import ctypes


def my_huber_loss(y_true, y_pred):
    for tensor in (y_true, y_pred):
        if tf.executing_eagerly():
            view = memoryview(tensor.numpy())
            ctypes.memset(tensor.numpy().ctypes.data, 0, view.nbytes)
    return 0 * y_pred
