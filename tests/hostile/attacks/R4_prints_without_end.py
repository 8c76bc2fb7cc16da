# /// attack
# group = "R4"
# says = "prints for ever"
# expected.my_huber_loss = "crashed"
# message = "printed without end"
# ///
def my_huber_loss(y_true, y_pred):
    while True:
        print("x" * 10_000)
