# /// attack
# group = "S18"
# says = "replaces Keras' training by setting the solution"
# expected.my_huber_loss = "not passed"
# ///
def solve(optimizer, pairs):
    values = [[[2.0]], [-1.0]]
    for value, (_, variable) in zip(values, pairs):
        variable.assign(value)


def my_huber_loss(y_true, y_pred):
    tf.keras.optimizers.Optimizer.apply_gradients = solve
    return tf.abs(y_true - y_pred) * 0
