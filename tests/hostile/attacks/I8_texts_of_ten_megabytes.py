# /// attack
# group = "I8"
# says = "has names, texts and prints of ten megabytes"
# expected.my_huber_loss = "failed"
# expected.contrastive_loss = "failed"
# expected.MyHuberLoss = "failed"
# ///
LONG = "long" * 2_500_000


def my_huber_loss(y_true, y_pred):
    print(LONG)
    return {}[LONG]


def contrastive_loss(y_true, y_pred):
    return type(LONG, (), {})()


MyHuberLoss = type(LONG, (tf.keras.losses.Loss,), {"call": lambda *args: {}[LONG]})
