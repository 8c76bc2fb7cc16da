# /// attack
# group = "R2"
# says = "makes empty files for ever, which weigh nothing on a disk"
# expected.my_huber_loss = "crashed"
# message = "wrote files without end"
# ///
import os


def my_huber_loss(y_true, y_pred):
    number = 0
    while True:
        number += 1
        os.close(os.open(f"empty{number}", os.O_CREAT | os.O_WRONLY))
