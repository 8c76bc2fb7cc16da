# /// attack
# group = "P3"
# says = "looks for the instructor's secrets in the environment"
# probe = true
# ///
import os


def attempt():
    wanted = [text[::-1] for text in WORLD["secrets"]]
    return any(text in value for text in wanted for value in os.environ.values())
