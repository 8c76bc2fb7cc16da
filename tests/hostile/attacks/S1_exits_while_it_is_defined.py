# /// attack
# group = "S1"
# says = "ends its process with code 0 while the notebook is executed"
# expected.my_huber_loss = "broken"
# ///
import os


def end():
    os._exit(0)


class Ending:
    end()


my_huber_loss = Ending()
