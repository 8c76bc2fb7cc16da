# /// attack
# group = "H4"
# says = "imports the expected values from the project"
# probe = true
# through = ["process"]
# ///
import sys


def attempt():
    sys.path.insert(0, WORLD["project"])
    import grader.rubric.oracle

    return grader.rubric.oracle is not None
