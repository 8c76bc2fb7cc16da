# /// attack
# group = "S2"
# says = "raises exceptions that are no errors"
# expected.my_huber_loss = "failed"
# expected.MyHuberLoss = "failed"
# expected.contrastive_loss = "failed"
# ///
def my_huber_loss(y_true, y_pred):
    raise KeyboardInterrupt


class MyHuberLoss(tf.keras.losses.Loss):
    def __init__(self, threshold=1.0):
        raise GeneratorExit


class Worse(BaseException):
    pass


def contrastive_loss(y_true, y_pred):
    raise Worse
