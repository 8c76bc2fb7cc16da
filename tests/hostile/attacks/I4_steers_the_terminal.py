# /// attack
# group = "I4"
# says = "puts escape sequences, backspaces and right-to-left overrides into texts"
# expected.my_huber_loss = "failed"
# expected.contrastive_loss = "failed"
# ///
ESCAPES = "\x1b[2J\x1b]0;owned\x07\x08\x08\x9b31m\u202e001 fo 001\u2066\u200b\ufeff\r100/100"


def my_huber_loss(y_true, y_pred):
    print(ESCAPES)
    return int(ESCAPES)


def contrastive_loss(y_true, y_pred):
    return type(ESCAPES, (), {})()
