# /// attack
# group = "Z3"
# says = "removes and renames files of the instructor's"
# probe = true
# untried = ["process"]
# ///
import os


def attempt():
    done = []
    for change in (
        lambda: os.rename(WORLD["secret"], WORLD["secret"] + ".old"),
        lambda: os.unlink(WORLD["neighbour"]),
        lambda: os.truncate(WORLD["secret"], 0),
        lambda: os.mkdir(WORLD["folder"] + "/new"),
        lambda: os.link(WORLD["neighbour"], WORLD["folder"] + "/new"),
        lambda: os.symlink("/", WORLD["folder"] + "/new"),
        lambda: os.mkfifo(WORLD["folder"] + "/new"),
    ):
        try:
            change()
            done.append(change)
        except OSError:
            continue
    return done
