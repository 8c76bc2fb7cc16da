# /// attack
# group = "I1"
# says = "puts pages and scripts into names, texts and prints"
# expected.my_huber_loss = "failed"
# expected.MyHuberLoss = "failed"
# ///
PAGE = "</pre><script>alert(1)</script><img src=x onerror=alert(1)>"


def my_huber_loss(y_true, y_pred):
    print(PAGE)
    return {}[PAGE]


class MyHuberLoss(tf.keras.losses.Loss):
    def __init__(self, threshold=1.0):
        super().__init__()

    def call(self, y_true, y_pred):
        raise type(PAGE, (Exception,), {})(PAGE)
