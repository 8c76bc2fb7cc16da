# /// attack
# group = "S23"
# says = "puts one object under the class's name, whose losses all share the last threshold"
# expected.MyHuberLoss = "not passed"
# ///
class Shared(tf.keras.losses.Loss):
    threshold = 1.0

    def __init__(self, threshold=1.0):
        super().__init__()
        Shared.threshold = threshold

    def call(self, y_true, y_pred):
        error = tf.abs(y_true - y_pred)
        large = Shared.threshold * (error - Shared.threshold / 2)
        return tf.where(error <= Shared.threshold, tf.square(error) / 2, large)


MyHuberLoss = Shared
