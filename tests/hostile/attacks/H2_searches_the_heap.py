# /// attack
# group = "H2"
# says = "searches all objects of its process for words of the hidden checks"
# probe = true
# ///
import gc
import re


def attempt():
    # Brackets, so that the pattern does not find itself.
    wanted = re.compile("errors gro[w] linearl[y]|Misconceptio[n]|grader.rubri[c].oracle")
    for thing in gc.get_objects():
        if isinstance(thing, dict):
            for pair in list(thing.items()):
                if any(type(text) is str and wanted.search(text) for text in pair):
                    return pair
    return False
