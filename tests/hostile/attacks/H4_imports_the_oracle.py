# /// attack
# group = "H4"
# says = "imports the expected values from the project"
# probe = true
# through = ["process"]
# ///
import sys


def attempt():
    sys.path.insert(0, WORLD["project"])
    import grader.assignments.custom_losses.oracle

    return grader.assignments.custom_losses.oracle is not None
