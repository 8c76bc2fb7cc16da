"""What a child in a strong tier can't do, tried from inside."""

from __future__ import annotations

import os
import platform
import socket
import sys
from pathlib import Path

import pytest

from grader.sandbox import Child, Lost, Sandbox, Tier
from grader.worker.walls.system_calls import ALLOWED, MACHINES, RESTRICTED
from tests.sandbox.asking import attempt, value

pytestmark = pytest.mark.wall

PROJECT = Path(__file__).resolve().parent.parent.parent

# Calls a function through the C library and names the error.
CALL = """
import ctypes, errno
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
def call(number, *arguments):
    ctypes.set_errno(0)
    done = libc.syscall(ctypes.c_long(number), *[ctypes.c_long(a) for a in arguments])
    return 'OK' if done >= 0 else errno.errorcode[ctypes.get_errno()]
"""


def refused(child: Child, source: str) -> str:
    """The kind of error with which the system refuses the attempt."""
    code = (
        "try:\n"
        + "".join(f"    {line}\n" for line in source.splitlines())
        + "    result = 'done'\n"
        "except OSError as error: result = type(error).__name__"
    )
    return str(value(child, code))


@pytest.mark.parametrize(
    "path",
    [
        PROJECT / "pyproject.toml",
        PROJECT / "grader" / "report.py",
        PROJECT / "solutions" / "custom_losses.ipynb",
        PROJECT / "tests" / "sandbox" / "test_isolation.py",
        "/etc/passwd",
        "/etc/hostname",
        "/proc/1/environ",
        "/proc/meminfo",
        "/proc/sys/kernel/core_pattern",
        "/sys/kernel/mm/transparent_hugepage/enabled",
    ],
    ids=str,
)
def test_no_file_but_python_s_own_can_be_read(inmate: Child, path: Path | str) -> None:
    """Hidden tests, solutions, the system's own files: out of reach, or not even there."""
    assert refused(inmate, f"open({str(path)!r}).read()") in (
        "PermissionError",
        "FileNotFoundError",
    )


@pytest.mark.parametrize("place", ["/", "/home", "/tmp", "/proc", str(Path.home()), str(PROJECT)])
def test_no_folder_can_be_listed(inmate: Child, place: str) -> None:
    """Not even names of others' files."""
    assert refused(inmate, f"import os; os.listdir({place!r})") in (
        "PermissionError",
        "FileNotFoundError",
    )


def test_bubblewrap_hides_even_that_a_file_exists(strong: Sandbox, inmate: Child) -> None:
    """Asking for a file's size works without opening it; there it finds nothing."""
    exists = value(inmate, f"import os; result = os.path.exists({str(PROJECT / 'grader')!r})")
    assert exists is (strong.tier is Tier.LANDLOCK)


def test_the_judge_s_environment_does_not_come_along(
    monkeypatch: pytest.MonkeyPatch, inmate: Child
) -> None:
    """Tokens and passwords are kept in it."""
    monkeypatch.setenv("SECRET_TOKEN", "hunter2")
    names = value(inmate, "import os; result = sorted(os.environ)")
    assert not {"SECRET_TOKEN", "USER", "LOGNAME", "SSH_AUTH_SOCK"} & set(names)


def test_the_grader_cannot_be_imported(inmate: Child) -> None:
    """The worker's folder is all of it that is there."""
    source = (
        "import sys\n"
        "try: import grader.report; result = 'imported'\n"
        "except ImportError: result = [name for name in sys.modules if 'grader' in name]"
    )
    assert value(inmate, source) == []


@pytest.mark.parametrize(
    "module", ["keras.src.losses.losses", "tensorflow.python.ops.losses.losses_impl"]
)
def test_the_code_of_built_in_losses_cannot_be_read(inmate: Child, module: str) -> None:
    """Neither source nor byte code; their neighbours can."""
    folder, _, name = module.replace(".", "/").rpartition("/")
    source = (
        "import glob, sys\n"
        "result = []\n"
        "for site in sys.path:\n"
        f"    for path in glob.glob(f'{{site}}/{folder}/**/*.py*', recursive=True):\n"
        "        try: open(path, 'rb').read(); readable = True\n"
        "        except OSError: readable = False\n"
        "        result.append((path.rpartition('/')[2].split('.')[0], readable))"
    )
    found = set(value(inmate, source))
    assert (name, True) not in found
    assert {(name, False), ("__init__", True)} <= found


@pytest.mark.parametrize(
    "attempted",
    [
        "open('/tmp/mark', 'w')",
        "open('../mark', 'w')",
        "open('/worker/mark.py', 'w')",
        "open('/dev/shm/mark', 'w')",
        "open(os.__file__, 'a')",
        "open(os.path.dirname(os.__file__) + '/sitecustomize.py', 'w')",
        "os.mkdir('folder')",
        "os.symlink('/etc/passwd', 'link')",
        "os.link(os.__file__, 'link')",
        "os.mkfifo('pipe')",
        "os.chmod(os.__file__, 0o777)",
        "os.utime(os.__file__)",
        "os.truncate(os.__file__, 0)",
        "os.unlink(os.__file__)",
        "os.rename(os.__file__, 'mine.py')",
        "os.setxattr(os.__file__, 'user.mark', b'1')",
        "open('/proc/self/oom_score_adj', 'w').write('0')",
    ],
)
def test_nothing_can_be_written_or_changed(inmate: Child, attempted: str) -> None:
    """Of all places but the child's own folder."""
    assert refused(inmate, f"import os; {attempted}") in (
        "PermissionError",
        "FileNotFoundError",
        "OSError",  # a read-only file system
    )


def test_what_a_child_wrote_is_gone_with_it(strong: Sandbox) -> None:
    """The next one finds an empty folder, whichever of the folders it gets."""
    with strong.open() as first:
        assert value(first, "open('mark', 'w').write('x'); result = 1") == 1
    for _ in range(20):
        with strong.open() as other:
            assert value(other, "import os; result = os.listdir('.')") == []


def test_children_cannot_reach_each_other_s_folders(strong: Sandbox) -> None:
    """Two that live at the same time."""
    with strong.open() as one, strong.open() as other:
        place = value(one, "import os; open('mark', 'w').write('x'); result = os.getcwd()")
        assert refused(other, f"open({place + '/mark'!r}).read()") == "PermissionError"
        assert refused(other, f"open({place + '/mark'!r}, 'w')") == "PermissionError"


@pytest.mark.parametrize(
    "family", ["AF_INET", "AF_INET6", "AF_UNIX", "AF_NETLINK", "AF_PACKET", "AF_VSOCK", "AF_ALG"]
)
def test_there_is_no_socket_of_any_kind(inmate: Child, family: str) -> None:
    """No network, and no other way to talk to a process."""
    source = f"import socket; socket.socket(socket.{family}, socket.SOCK_STREAM)"
    assert refused(inmate, source) == "PermissionError"


def test_not_even_a_server_on_this_machine_is_reached(inmate: Child) -> None:
    """A listener of the judge's user on the loopback address hears nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        source = f"import socket; socket.create_connection(('127.0.0.1', {port}), 1)"
        assert refused(inmate, source) == "PermissionError"


@pytest.mark.parametrize(
    "attempted",
    [
        "os.kill(os.getppid(), 9)",
        "os.kill(os.getppid(), 19)",
        "os.kill(-1, 9)",
        "os.kill(0, 9)",
        "os.kill(1, 9)",
        "os.killpg(os.getpgid(0), 9)",
        "os.kill(JUDGE, 9)",
        "signal.pidfd_send_signal(os.pidfd_open(os.getppid()), 9)",
        "resource.prlimit(os.getppid(), resource.RLIMIT_CPU, (0, 0))",
        "os.setpriority(os.PRIO_PROCESS, os.getppid(), 19)",
        "os.nice(5)",
        "os.sched_setaffinity(os.getppid(), {0})",
        "os.sched_setscheduler(os.getppid(), os.SCHED_IDLE, os.sched_param(0))",
        "open(f'/proc/{os.getppid()}/mem', 'r+b')",
        "open(f'/proc/{os.getppid()}/environ', 'rb')",
        "os.listdir(f'/proc/{os.getppid()}/fd')",
        "open(f'/proc/{os.getppid()}/cmdline', 'rb')",
    ],
)
def test_the_worker_and_all_others_are_out_of_reach(inmate: Child, attempted: str) -> None:
    """No signal, no limit, no priority, no memory of another process."""
    source = f"import os, signal, resource; JUDGE = {os.getpid()}; {attempted}"
    assert refused(inmate, source) in ("PermissionError", "FileNotFoundError")


@pytest.mark.parametrize(
    "attempted",
    [
        "os.fork()",
        "os.posix_spawn('/bin/true', ['true'], {})",
        "os.execv(sys.executable or '/bin/true', ['python'])",
        "subprocess.run(['true'])",
        "os.memfd_create('x')",
        "os.setuid(0)",
        "os.setsid()",
        "os.unshare(os.CLONE_NEWUSER)" if sys.version_info >= (3, 12) else "os.chroot('.')",
    ],
)
def test_nothing_can_be_started(inmate: Child, attempted: str) -> None:
    """No process, no program, no new rights."""
    assert refused(inmate, f"import os, subprocess, sys; {attempted}") == "PermissionError"


def test_every_call_that_is_not_on_the_list_is_refused(inmate: Child) -> None:
    """All numbers, those of the future too: EPERM, and not what the kernel would say."""
    column = MACHINES.index(platform.machine())
    listed = {numbers[column] for numbers in (*ALLOWED.values(), *RESTRICTED.values())}
    # Two the kernel keeps from every filter; without a probe of its own it kills the caller.
    probes = {335, 336} if platform.machine() == "x86_64" else set()
    others = [number for number in range(600) if number not in listed | probes]
    source = f"{CALL}\nresult = {{call(number, 0, 0, 0, 0, 0, 0) for number in {others}}}"
    assert value(inmate, source) == {"EPERM"}


@pytest.mark.parametrize(
    ("name", "arguments", "answer"),
    [
        pytest.param("clone", (0x10000000, 0, 0, 0, 0), "EPERM", id="clone into a user namespace"),
        pytest.param("clone", (17, 0, 0, 0, 0), "EPERM", id="clone as fork"),
        pytest.param("clone3", (0, 0), "ENOSYS", id="clone3, so that libraries use clone"),
        pytest.param("prctl", (1, 0), "EPERM", id="prctl: outlive the worker"),
        pytest.param("prctl", (4, 1), "EPERM", id="prctl: be traceable"),
        pytest.param("prlimit64", (1, 0, 0, 0), "EPERM", id="limits of another"),
        pytest.param("ioctl", (0, 0x5412, 0), "EPERM", id="type into the terminal"),
        pytest.param("fcntl", (4, 8, 1), "EPERM", id="own the signals of a file"),
        pytest.param("fcntl", (4, 1031, 2**20), "EPERM", id="blow up a pipe"),
        pytest.param("mmap", (0, 4096, 3, 0x21, -1, 0), "EPERM", id="shared memory"),
        pytest.param("mmap", (0, 4096, 3, 0x23, -1, 0), "EPERM", id="shared memory, newer flag"),
        pytest.param("mmap", (0, 4096, 3, 0x22, -1, 0), "OK", id="own memory"),
    ],
)
def test_calls_are_allowed_for_harmless_arguments_only(
    inmate: Child, name: str, arguments: tuple[int, ...], answer: str
) -> None:
    """The few calls of which some uses are needed."""
    number = RESTRICTED[name][MACHINES.index(platform.machine())]
    assert value(inmate, f"{CALL}\nresult = call({number}, *{arguments})") == answer


def test_the_numbering_of_another_machine_is_refused(inmate: Child) -> None:
    """x32 calls would slip past a filter that looks at numbers alone; elsewhere there are none."""
    outcome = attempt(inmate, f"{CALL}\nresult = call(0x40000000 + 39)")
    if platform.machine() == "x86_64":
        assert outcome == Lost("crashed", "signal 31 (Bad system call)", 31)
    else:
        assert outcome == "'EPERM'"


def test_a_child_has_no_rights_and_nothing_open_but_its_pipes(inmate: Child) -> None:
    """Its user is not root, no capability acts on anything, and it is in the filter."""
    source = (
        "import os\n"
        "status = dict(line.split(':', 1) for line in open('/proc/self/status'))\n"
        "with os.scandir('/proc/self/fd') as entries: names = [entry.name for entry in entries]\n"
        "open_ones = [int(name) for name in names if int(name) < 5]\n"
        "result = os.getresuid(), int(status['NoNewPrivs']), int(status['Seccomp']), "
        "int(status['CapEff'], 16), sorted(open_ones), len(names)"
    )
    users, no_new_privileges, seccomp, capabilities, descriptors, count = value(inmate, source)
    assert 0 not in users
    assert len(set(users)) == 1
    assert (no_new_privileges, seccomp) == (1, 2)
    # At most reading Python's files below root's home; see `keep_reading`.
    assert capabilities in (0, 1 << 2)
    assert descriptors == [0, 1, 2, 3, 4]
    assert count == 6  # and the listing itself


def test_bubblewrap_leaves_no_capability_at_all(strong: Sandbox, inmate: Child) -> None:
    """Reading root's files is an exception of the other tier."""
    source = (
        "status = dict(line.split(':', 1) for line in open('/proc/self/status'))\n"
        "result = int(status['CapPrm'], 16)"
    )
    held = value(inmate, source)
    assert strong.tier is Tier.LANDLOCK or held == 0


def test_bubblewrap_counts_processes_apart(strong: Sandbox, inmate: Child) -> None:
    """The worker and its children are all there is."""
    number = value(inmate, "import os; result = os.getpid()")
    assert strong.tier is Tier.LANDLOCK or number < 1000
    assert number != os.getpid()


def test_a_child_after_an_attacker_is_as_before(strong: Sandbox) -> None:
    """Whatever one did to its own interpreter and folder, the next is the same to the letter."""
    portrait = (
        "import os, sys, threading, builtins, hashlib\n"
        "result = (sorted(os.listdir('/proc/self/fd')), threading.active_count(), "
        "sorted(vars(builtins)), "
        "sorted(sys.modules), os.listdir('.'), os.umask(0), sorted(os.environ))\n"
        "result = hashlib.sha256(repr(result).encode()).hexdigest()"
    )
    attack = (
        "import os, sys, builtins, signal, threading, time\n"
        "builtins.print = None; sys.modules.clear(); os.umask(0)\n"
        "open('mark', 'w').write('x')\n"
        "for name in ('send', 'wire'): globals().pop(name)\n"
        "threading.Thread(target=time.sleep, args=(1000,)).start()\n"
        "for pid in (1, os.getppid(), -1):\n"
        "    try: os.kill(pid, signal.SIGKILL)\n"
        "    except OSError: pass\n"
        "os.abort()"
    )

    def portraits() -> set[str]:
        pictures = set()
        for _ in range(10):
            with strong.open() as sitter:
                pictures.add(value(sitter, portrait))
        return pictures

    before = portraits()
    with strong.open() as attacker:
        attempt(attacker, attack)
    assert portraits() == before
    assert len(before) == 1
