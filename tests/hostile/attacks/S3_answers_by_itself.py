# /// attack
# group = "S3"
# says = "writes a message of its own into the result pipe, then answers too"
# expected.my_huber_loss = "not passed"
# ///
# Which of the two arrives first is chance: the child is ended for the second one, or every
# answer is taken for that of the next question.
import os
import sys


def my_huber_loss(y_true, y_pred):
    wire = next(module for name, module in sys.modules.items() if name.endswith("wire"))
    error = y_true - y_pred
    small = tf.abs(error) <= 1.0
    answer = tf.where(small, tf.square(error) / 2, tf.abs(error) - 0.5)
    if tf.executing_eagerly():
        os.write(4, wire.encode(wire.Value(wire.pack(answer.numpy()), "tensor")))
    return answer
