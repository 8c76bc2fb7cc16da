# /// attack
# group = "S6"
# says = "returns an object whose class claims to be a tensor"
# expected.my_huber_loss = "failed"
# ///
class Pretender:
    __class__ = tf.Tensor
    dtype = tf.float32

    def numpy(self):
        raise SystemExit(0)


def my_huber_loss(y_true, y_pred):
    return Pretender()
