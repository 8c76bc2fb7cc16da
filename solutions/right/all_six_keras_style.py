# /// variant
# exercises = ["my_huber_loss", "my_huber_loss_with_threshold", "MyHuberLoss", "contrastive_loss", "contrastive_loss_with_margin", "ContrastiveLoss"]
# says = "all six in a Keras style, classes first and functions made of their call methods"
# ///
import keras
from keras import ops

class _WithHyperparameter(keras.losses.Loss):
    hyperparameter = "threshold"

    def get_config(self):
        return {**super().get_config(), self.hyperparameter: getattr(self, self.hyperparameter)}
# %%
class MyHuberLoss(_WithHyperparameter):
    def __init__(self, threshold=1.0, **kwargs):
        super().__init__(**kwargs)
        self.threshold = threshold

    def call(self, y_true, y_pred):
        size = ops.abs(y_true - y_pred)
        inside = ops.minimum(size, self.threshold)
        return inside * (size - inside / 2)
# %%
class ContrastiveLoss(_WithHyperparameter):
    hyperparameter = "margin"

    def __init__(self, margin=1.0, **kwargs):
        super().__init__(**kwargs)
        self.margin = margin

    def call(self, y_true, y_pred):
        hinge = ops.relu(self.margin - y_pred)
        return ops.mean(y_true * y_pred * y_pred + (1 - y_true) * hinge * hinge)
# %%
def my_huber_loss_with_threshold(threshold):
    return MyHuberLoss(threshold).call

def contrastive_loss_with_margin(margin):
    return ContrastiveLoss(margin=margin).call

my_huber_loss = my_huber_loss_with_threshold(1.0)
contrastive_loss = contrastive_loss_with_margin(1.0)
# %%
model = keras.Sequential([keras.layers.Dense(1)])
model.compile(loss=my_huber_loss)
