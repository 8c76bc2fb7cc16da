# /// attack
# group = "H4"
# says = "imports the grader as if it were installed for it"
# probe = true
# ///
def attempt():
    import grader.assignments.custom_losses.formulas

    return grader.assignments.custom_losses.formulas is not None
