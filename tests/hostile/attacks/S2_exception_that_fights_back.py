# /// attack
# group = "S2"
# says = "raises an exception whose every method raises another"
# expected.my_huber_loss = "failed"
# ///
class Meta(type):
    def __getattribute__(cls, name):
        raise SystemExit(0)


class Thorny(Exception, metaclass=Meta):
    def __str__(self):
        raise SystemExit(0)

    __repr__ = __str__

    def __getattribute__(self, name):
        raise SystemExit(0)


def my_huber_loss(y_true, y_pred):
    raise Thorny
