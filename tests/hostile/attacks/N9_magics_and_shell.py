# /// attack
# group = "N9"
# says = "runs shell lines and magics between right answers"
# ///
!touch /tmp/grader-hostile-mark
%run /etc/passwd
%load_ext sql
%cd /
x = !ls
# %%
%%bash
touch /tmp/grader-hostile-mark
exit 1
# %%
%%javascript
alert(1)
# %%
def my_huber_loss(y_true, y_pred):
    error = y_true - y_pred
    small = tf.abs(error) <= 1.0
    return tf.where(small, tf.square(error) / 2, tf.abs(error) - 0.5)
