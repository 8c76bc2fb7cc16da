# /// variant
# exercises = ["my_huber_loss"]
# says = "the name is bound to the built-in function"
# passes = []
# diagnosis = ""
# ///
from keras.losses import huber as my_huber_loss
