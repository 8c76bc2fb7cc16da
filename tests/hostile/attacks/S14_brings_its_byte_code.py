# /// attack
# group = "S14"
# says = "brings the built-in loss's own instructions along, and makes functions of them in every way"
# expected.my_huber_loss = "not passed"
# expected.my_huber_loss_with_threshold = "not passed"
# expected.MyHuberLoss = "not passed"
# ///
import base64
import marshal
import types
import keras.src.losses.losses as losses



def original():
    return marshal.loads(base64.b64decode(WORLD["huber"]))


def my_huber_loss(y_true, y_pred):
    huber = types.FunctionType(original(), vars(losses))
    return huber(y_true[..., None], y_pred[..., None], 1.0)


def my_huber_loss_with_threshold(threshold):
    def huber(y_true, y_pred, delta):
        return y_pred

    huber.__code__ = original().replace(co_name="mine", co_consts=original().co_consts)
    huber.__globals__.update(vars(losses))
    return lambda y_true, y_pred: huber(y_true[..., None], y_pred[..., None], threshold)


class MyHuberLoss(tf.keras.losses.Loss):
    def __init__(self, threshold=1.0, **kwargs):
        super().__init__(**kwargs)
        self.threshold = threshold

    def call(self, y_true, y_pred):
        space = dict(vars(losses))
        outer = compile("def huber(y_true, y_pred, delta): pass", "mine", "exec")
        consts = tuple(original() if isinstance(c, types.CodeType) else c for c in outer.co_consts)
        exec(outer.replace(co_consts=consts), space)
        return space["huber"](y_true[..., None], y_pred[..., None], self.threshold)
