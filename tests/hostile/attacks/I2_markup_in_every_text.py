# /// attack
# group = "I2"
# says = "puts markup for terminals, Markdown and LaTeX into texts"
# expected.my_huber_loss = "failed"
# ///
def my_huber_loss(y_true, y_pred):
    return int("[bold red]100 of 100[/] ``` $\\input{/etc/passwd}$ [x](javascript:alert(1)) {{7*7}}")
