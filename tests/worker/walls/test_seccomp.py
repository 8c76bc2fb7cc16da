"""The filter, run instruction by instruction, for both machines."""

from __future__ import annotations

import pytest

from grader.worker.walls import seccomp
from grader.worker.walls.seccomp import ABSENT, ALLOW, KILL, REFUSE
from grader.worker.walls.system_calls import ALLOWED, MACHINES, RESTRICTED

ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
OWN = 4711


def verdict(machine: str, number: int, *arguments: int, arch: int | None = None) -> int:
    """What the kernel's little machine makes of a call: a reading of its manual in Python."""
    filled = [*arguments, 0, 0, 0, 0, 0, 0][:6]
    words = {0: number, 4: ARCH[machine] if arch is None else arch}
    for index, argument in enumerate(filled):
        words[16 + 8 * index] = argument & 0xFFFFFFFF
        words[20 + 8 * index] = argument >> 32 & 0xFFFFFFFF
    accumulator, place = 0, 0
    made = seccomp.program(machine, OWN)
    while True:
        code, if_true, if_false, operand = made[place]
        place += 1
        match code:
            case seccomp.LOAD:
                accumulator = words[operand]
            case seccomp.AND:
                accumulator &= operand
            case seccomp.RETURN:
                return operand
            case seccomp.JUMP_EQUAL:
                place += if_true if accumulator == operand else if_false
            case seccomp.JUMP_GREATER_EQUAL:
                place += if_true if accumulator >= operand else if_false
            case seccomp.JUMP_SET:
                place += if_true if accumulator & operand else if_false
            case _:
                raise AssertionError(f"no such instruction: {code:#x}")


@pytest.mark.parametrize("machine", MACHINES)
def test_each_number_gets_what_the_tables_say(machine: str) -> None:
    """Over all numbers there are, and a few hundred that there are not yet."""
    column = MACHINES.index(machine)
    allowed = {numbers[column] for numbers in ALLOWED.values()} - {None}
    restricted = {numbers[column] for numbers in RESTRICTED.values()}
    assert not allowed & restricted
    for number in range(1000):
        if number in restricted:
            continue
        assert verdict(machine, number) == (ALLOW if number in allowed else REFUSE), number


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize(
    ("name", "arguments", "expected"),
    [
        pytest.param("clone", (0x3D0F00,), ALLOW, id="a thread, as the C library makes it"),
        pytest.param("clone", (0x01200011,), REFUSE, id="a process, as the C library makes it"),
        pytest.param("clone", (0x4111,), REFUSE, id="a process, vfork"),
        pytest.param("clone", (0x10000000 | 17,), REFUSE, id="a user namespace"),
        pytest.param("clone3", (), ABSENT, id="clone3"),
        pytest.param("kill", (OWN, 9), ALLOW, id="kill itself"),
        pytest.param("kill", (0, 9), REFUSE, id="kill the group"),
        pytest.param("kill", (0xFFFFFFFFFFFFFFFF, 9), REFUSE, id="kill all"),
        pytest.param("kill", (1, 9), REFUSE, id="kill the first process"),
        pytest.param("kill", (-OWN & 0xFFFFFFFFFFFFFFFF, 9), REFUSE, id="kill its own group"),
        pytest.param("tgkill", (OWN, 1, 6), ALLOW, id="abort"),
        pytest.param("tgkill", (OWN + 1, 1, 6), REFUSE, id="abort another"),
        pytest.param("prlimit64", (0,), ALLOW, id="own limits"),
        pytest.param("prlimit64", (OWN,), ALLOW, id="own limits, by number"),
        pytest.param("prlimit64", (1,), REFUSE, id="limits of another"),
        pytest.param("prctl", (15,), ALLOW, id="name a thread"),
        pytest.param("prctl", (22,), REFUSE, id="another filter"),
        pytest.param("prctl", (36,), REFUSE, id="adopt orphans"),
        pytest.param("ioctl", (0, 0x5401), ALLOW, id="is it a terminal"),
        pytest.param("ioctl", (0, 0x5412), REFUSE, id="type into the terminal"),
        pytest.param("ioctl", (0, 0x541C), REFUSE, id="the console's menu"),
        pytest.param("fcntl", (0, 1030), ALLOW, id="duplicate a descriptor"),
        pytest.param("fcntl", (0, 1033), REFUSE, id="seal a file"),
        pytest.param("fcntl", (0, 1026), REFUSE, id="watch a folder"),
        pytest.param("mmap", (0, 1, 3, 0x22), ALLOW, id="private memory"),
        pytest.param("mmap", (0, 1, 3, 0x20022), ALLOW, id="a thread's stack"),
        pytest.param("mmap", (0, 1, 3, 0x21), REFUSE, id="shared memory"),
        pytest.param("mmap", (0, 1, 3, 0x23), REFUSE, id="shared memory, the newer way"),
        pytest.param("mmap", (0, 1, 1, 0x01), ALLOW, id="a file"),
        pytest.param("mmap", (0, 1, 5, 0x802), ALLOW, id="a library"),
    ],
)
def test_restricted_calls(
    machine: str, name: str, arguments: tuple[int, ...], expected: int
) -> None:
    """What each of them is allowed for, and what not."""
    number = RESTRICTED[name][MACHINES.index(machine)]
    assert verdict(machine, number, *arguments) == expected


@pytest.mark.parametrize("machine", MACHINES)
def test_another_machine_s_numbering_kills(machine: str) -> None:
    """The same number means another call there: 1 is `exit` for 32-bit programs."""
    for arch in (0x40000003, 0x40000028, *(set(ARCH.values()) - {ARCH[machine]})):
        assert verdict(machine, 1, arch=arch) == KILL


def test_x32_kills() -> None:
    """It announces itself as x86-64, with a bit in the number."""
    assert verdict("x86_64", 0x40000000) == KILL
    assert verdict("x86_64", 0x40000000 | 231) == KILL


def test_a_machine_without_a_table_is_an_error() -> None:
    """No filter is put together from guesses."""
    with pytest.raises(OSError, match="no table of system calls for riscv64"):
        seccomp.program("riscv64", OWN)


@pytest.mark.parametrize(
    ("name", "x86_64", "aarch64"),
    [
        ("read", 0, 63),
        ("write", 1, 64),
        ("openat", 257, 56),
        ("close", 3, 57),
        ("futex", 202, 98),
        ("exit_group", 231, 94),
        ("getrandom", 318, 278),
        ("rt_sigreturn", 15, 139),
        ("madvise", 28, 233),
        ("newfstatat", 262, 79),
    ],
)
def test_numbers_known_by_heart(name: str, x86_64: int, aarch64: int) -> None:
    """The columns are not swapped."""
    assert ALLOWED[name] == (x86_64, aarch64)


NEVER = (
    "socket", "connect", "execve", "execveat", "fork", "vfork", "ptrace", "process_vm_readv",
    "process_vm_writev", "mount", "umount2", "unshare", "setns", "pidfd_open", "pidfd_getfd",
    "pidfd_send_signal", "io_uring_setup", "bpf", "keyctl", "add_key", "memfd_create", "shmget",
    "msgget", "semget", "mq_open", "chmod", "fchmodat", "chown", "utimensat", "setxattr",
    "setuid", "setgid", "capset", "chroot", "personality", "perf_event_open", "userfaultfd",
    "truncate", "link", "symlink", "mknod", "sched_setaffinity", "setpriority",
    "open_by_handle_at", "seccomp", "inotify_init1",
)  # fmt: skip


@pytest.mark.parametrize("name", NEVER)
def test_calls_that_must_never_get_onto_the_list(name: str) -> None:
    """By name, for whoever extends the list."""
    assert name not in ALLOWED
    assert name not in RESTRICTED
