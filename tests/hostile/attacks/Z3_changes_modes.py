# /// attack
# group = "Z3"
# says = "changes the mode and the times of a file of the instructor's"
# probe = true
# depends = ["process"]
# ///
import os


def attempt():
    done = []
    status = os.stat(WORLD["secret"])
    for change in (
        lambda: os.chmod(WORLD["secret"], 0o644),
        lambda: os.utime(WORLD["secret"], ns=(status.st_atime_ns, status.st_mtime_ns)),
        lambda: os.chown(WORLD["secret"], status.st_uid, status.st_gid),
        lambda: os.setxattr(WORLD["secret"], "user.mark", b"1"),
    ):
        try:
            change()
            done.append(change)
        except OSError:
            continue
    return done
