# /// attack
# group = "R7"
# says = "mounts, changes its root, and loads code into the kernel"
# probe = true
# ///
import ctypes
import platform


def attempt():
    libc = ctypes.CDLL(None)
    bpf, module = (321, 175) if platform.machine() == "x86_64" else (280, 105)
    attribute = ctypes.create_string_buffer(128)
    return 0 in (
        libc.mount(b"none", b".", b"tmpfs", 0, None),
        libc.umount2(b"/proc", 2),
        libc.chroot(b"."),
        libc.syscall(module, attribute, 128, b""),
        libc.syscall(bpf, 5, attribute, 128),
    )
