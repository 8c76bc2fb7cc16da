# /// attack
# group = "S23"
# says = "is no loss of Keras', and has a metaclass that says it is"
# expected.MyHuberLoss = "not passed"
# ///
class Claims(type):
    def __subclasscheck__(cls, other):
        return True

    def __instancecheck__(cls, other):
        return True


class MyHuberLoss(metaclass=Claims):
    __class__ = tf.keras.losses.Loss

    def __init__(self, threshold=1.0):
        pass

    def __call__(self, y_true, y_pred):
        return 0 * y_pred
