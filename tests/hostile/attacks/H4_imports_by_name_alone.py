# /// attack
# group = "H4"
# says = "imports the grader as if it were installed for it"
# probe = true
# ///
def attempt():
    import grader.rubric.formulas

    return grader.rubric.formulas is not None
