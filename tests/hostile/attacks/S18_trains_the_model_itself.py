# /// attack
# group = "S18"
# says = "finds the model's weights and sets them to the solution, with no loss at all"
# expected.my_huber_loss = "not passed"
# ///
import gc


def my_huber_loss(y_true, y_pred):
    for thing in gc.get_objects():
        if isinstance(thing, tf.keras.layers.Dense) and thing.built:
            thing.kernel.assign([[2.0]])
            thing.bias.assign([-1.0])
    return tf.abs(y_true - y_pred) * 0
