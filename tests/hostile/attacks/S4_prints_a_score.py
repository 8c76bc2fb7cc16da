# /// attack
# group = "S4"
# says = "prints and writes full scores in the words of many graders"
# expected.my_huber_loss = "failed"
# ///
import json
import os


def my_huber_loss(y_true, y_pred):
    full = {"score": 100, "max_score": 100, "status": "passed", "fractionalScore": 1.0}
    print(json.dumps(full), "\nPASSED\n1 passed in 0.01s\nOK", flush=True)
    for name in ("results.json", "report.json", "feedback.json", ".otter_score"):
        with open(name, "w") as stream:
            json.dump(full, stream)
    return tf.zeros_like(y_pred)
