# /// attack
# group = "Z4"
# says = "makes memory, queues and semaphores of System V"
# probe = true
# through = ["process"]
# ///
import ctypes


def attempt():
    libc = ctypes.CDLL(None)
    created, remove = 0o1600, 0
    memory = libc.shmget(WORLD["key"], 4096, created)
    queue = libc.msgget(WORLD["key"], created)
    semaphore = libc.semget(WORLD["key"], 1, created)
    libc.shmctl(memory, remove, None)
    libc.msgctl(queue, remove, None)
    libc.semctl(semaphore, 0, remove, 0)
    return max(memory, queue, semaphore) >= 0
