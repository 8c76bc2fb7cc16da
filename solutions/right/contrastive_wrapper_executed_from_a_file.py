# /// variant
# exercises = ["contrastive_loss_with_margin"]
# says = "written into a file, of which the text is executed; a setting stands in another"
# ///
%%writefile contrastive.py
import tensorflow as tf

def contrastive_loss_with_margin(margin):
    def contrastive(y_true, y_pred):
        near = y_true * y_pred**POWER
        return tf.reduce_mean(near + (1 - y_true) * tf.maximum(margin - y_pred, 0)**POWER)
    return contrastive
# %%
%%writefile settings.json
{"power": 2}
# %%
import json
POWER = json.load(open("settings.json"))["power"]
exec(open("contrastive.py").read())
