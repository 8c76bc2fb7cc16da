# /// attack
# group = "R1"
# says = "takes memory until there is none, and catches nothing"
# expected.my_huber_loss = "failed"
# message = "MemoryError"
# ///
def my_huber_loss(y_true, y_pred):
    held = []
    while True:
        held.append(bytearray(2**26))
