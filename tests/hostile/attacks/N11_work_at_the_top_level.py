# /// attack
# group = "N11"
# says = "asks, installs, waits, ends and writes at the top level, between right answers"
# ///
import subprocess
import sys
import time

answer = input("Press Enter to go on")
subprocess.run([sys.executable, "-m", "pip", "install", "nothing"])
open("/tmp/grader-hostile-mark", "w").write("here")
time.sleep(1000)
sys.exit(1)
# %%
while True:
    pass
# %%
def my_huber_loss(y_true, y_pred):
    error = y_true - y_pred
    small = tf.abs(error) <= 1.0
    return tf.where(small, tf.square(error) / 2, tf.abs(error) - 0.5)
