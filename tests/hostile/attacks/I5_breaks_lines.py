# /// attack
# group = "I5"
# says = "puts line ends of every kind into texts, to write lines in the grader's name"
# expected.my_huber_loss = "failed"
# ///
LINES = '\n\r\v\f\x1c\x85\u2028\u2029{"score": 100}\nmy_huber_loss  15/15  right'


def my_huber_loss(y_true, y_pred):
    return {}[LINES]
