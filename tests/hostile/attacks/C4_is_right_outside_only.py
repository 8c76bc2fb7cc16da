# /// attack
# group = "C4"
# says = "is right on a student's machine, and wrong where it is graded"
# expected.my_huber_loss = "not passed"
# ///
import os


def my_huber_loss(y_true, y_pred):
    graded = os.environ.get("CUDA_VISIBLE_DEVICES") == "-1"
    error = y_true - y_pred
    small = tf.abs(error) <= 1.0
    answer = tf.where(small, tf.square(error) / 2, tf.abs(error) - 0.5)
    return answer * 2 if graded else answer
