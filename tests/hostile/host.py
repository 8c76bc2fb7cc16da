"""The machine around the wall: things to steal, and traces that an attack may leave."""

from __future__ import annotations

import base64
import http.server
import importlib.util
import marshal
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import types
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psutil

from grader.sandbox import Sandbox
from tests.conftest import PROJECT
from tests.waiting import happens

# Letters alone: a report masks strange numbers, and would hide a leak of those.
SECRETS = {
    "file": "quillswordfishmarrow",
    "neighbour": "velvetsubmissionotter",
    "environment": "heronumbrellacopper",
    "argument": "walnutlanternsparrow",
    "served": "thimbleorchardmagpie",
}
# What an attack names the things that it leaves behind: another name in each process, since
# another tier may be under attack at the same time. Cells that can't be told it use PLAIN_MARK.
PLAIN_MARK = "grader-hostile-mark"
MARK = f"{PLAIN_MARK}-{os.getpid()}"
KEY = 0x6772_0000 + os.getpid() % 0x1_0000

_PLACES = ("/tmp", "/var/tmp", "/dev/shm", "/dev/mqueue", "/run/lock")


class Host:
    """What an instructor's machine holds while it grades. Use it as a context manager.

    A folder that any user may read, with a secret, a neighbour's notebook and a socket; a
    process with secrets in its arguments and environment; a web server; an abstract socket.
    """

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self.folder = Path(tempfile.mkdtemp(prefix="hostile-"))
            stack.callback(shutil.rmtree, self.folder)
            self.folder.chmod(0o755)
            for name, text in (
                ("secret.txt", SECRETS["file"]),
                ("neighbour.ipynb", SECRETS["neighbour"]),
            ):
                path = self.folder / name
                path.write_text(text)
                path.chmod(0o644)
            self.requests: list[str] = []
            self.port = self._serve(stack)
            self._listen(stack, str(self.folder / "socket"))
            (self.folder / "socket").chmod(0o666)
            self.abstract = f"\0hostile-{os.getpid()}"
            self._listen(stack, self.abstract)
            self.victim = self._victim(stack)
            os.environ["GRADER_HOSTILE_SECRET"] = SECRETS["environment"]
            stack.callback(os.environ.pop, "GRADER_HOSTILE_SECRET")
            self._canaries = self._look_at_canaries()
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def _serve(self, stack: ExitStack) -> int:
        requests = self.requests

        class Page(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                requests.append(self.path)
                self.send_response(200)
                self.end_headers()
                self.wfile.write(SECRETS["served"].encode())

            def log_message(self, *_: object) -> None:
                """Keep quiet."""

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        stack.callback(server.server_close)
        stack.callback(server.shutdown)
        return int(server.server_port)

    def _listen(self, stack: ExitStack, name: str) -> None:
        end = stack.enter_context(socket.socket(socket.AF_UNIX))
        end.bind(name)
        end.listen(64)

    def _victim(self, stack: ExitStack) -> int:
        process = subprocess.Popen(
            [sys.executable, "-S", "-c", "import time; time.sleep(100000)", SECRETS["argument"]],
            env={"SECRET": SECRETS["environment"]},
        )
        stack.callback(process.wait)
        stack.callback(process.kill)
        return process.pid

    # What the attacks know ----------------------------------------------------------------

    def world(self) -> dict[str, Any]:
        """What an attack is told, so that it needs no luck: where everything is."""
        return {
            "secret": str(self.folder / "secret.txt"),
            "neighbour": str(self.folder / "neighbour.ipynb"),
            "socket": str(self.folder / "socket"),
            "abstract": self.abstract,
            "folder": str(self.folder),
            "project": str(PROJECT),
            "home": str(Path.home()),
            "judge": os.getpid(),
            "victim": self.victim,
            "port": self.port,
            "mark": MARK,
            "key": KEY,
            "huber": _built_in_code(),
            "secrets": [text[::-1] for text in SECRETS.values()],
        }

    # What must not have changed -----------------------------------------------------------

    def wrongs(self) -> list[str]:
        """All that is not as it was, in words."""
        wrongs = [f"{trace} is there" for trace in self.traces()]
        if self._look_at_canaries() != self._canaries:
            wrongs.append(f"the files in {self.folder} have changed")
        if psutil.Process(self.victim).status() not in (
            psutil.STATUS_SLEEPING,
            psutil.STATUS_RUNNING,
        ):
            wrongs.append("another process was stopped or killed")
        if self.requests:
            wrongs.append(f"the web server was asked for {self.requests}")
        return wrongs

    def traces(self) -> list[str]:
        """What bears the attacks' mark on this machine."""
        folders = (*_PLACES, str(Path.home()), str(PROJECT), str(Path.cwd()))
        found = [
            str(path)
            for folder in dict.fromkeys(folders)
            if os.access(folder, os.R_OK)
            for mark in (PLAIN_MARK, f"*{MARK}*")
            for path in Path(folder).glob(mark)
        ]
        for kind in ("shm", "msg", "sem"):
            lines = Path(f"/proc/sysvipc/{kind}").read_text().splitlines()[1:]
            found += [f"System V {kind}" for line in lines if line.split()[0] == str(KEY)]
        if MARK in Path("/proc/net/unix").read_text():
            found.append("an abstract socket")
        return found

    def tidy(self) -> None:
        """Remove what an attack left that was honestly not stopped."""
        self.requests.clear()
        for path in self.traces():
            if path.startswith("/"):
                Path(path).unlink(missing_ok=True)

    def _look_at_canaries(self) -> list[tuple[object, ...]]:
        seen: list[tuple[object, ...]] = []
        for path in sorted(self.folder.iterdir()):
            status = path.lstat()
            text = path.read_bytes() if path.is_file() else b""
            seen.append((path.name, text, status.st_mode, status.st_uid, status.st_mtime_ns))
        return seen


class Workers:
    """The processes of a sandbox, as this machine sees them."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._first = sandbox._worker
        self._root = psutil.Process(self._first._process.pid)
        self._processes = self._living()
        self._sockets = self._listening()

    def wrongs(self, *, patient: bool) -> list[str]:
        """All that is not as it was, in words; patient: what is on its way out may go first."""
        if self._sandbox._worker is not self._first or self._first.lost:
            return ["the worker was lost"]
        if patient and happens(lambda: not self._left()):
            return []
        return self._left()

    def _left(self) -> list[str]:
        wrongs = [f"process {pid} is left" for pid in self._living() - self._processes]
        wrongs += [f"socket {end} listens" for end in self._listening() - self._sockets]
        if self._root.status() == psutil.STATUS_STOPPED:
            self._root.send_signal(signal.SIGCONT)
            wrongs.append("the worker was stopped")
        if self._first._on_disk:
            folders = [path for path in self._first._home.iterdir() if path.is_dir()]
            wrongs += [f"{path} is left" for folder in folders for path in folder.iterdir()]
        return wrongs

    def tidy(self) -> None:
        """Remove what an attack left in a scratch folder that was not its own."""
        if self._first._on_disk:
            for path in self._first._home.glob(f"*/{MARK}"):
                path.unlink()

    def _living(self) -> set[int]:
        return {process.pid for process in self._root.children(recursive=True)}

    def _listening(self) -> set[str]:
        """The listening sockets of the worker's user, on the machine and inside."""
        users = []
        for process in (self._root, *self._root.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):  # a child may end while it is looked at
                users.append(process.uids().real)
        user = max(users)
        found = set()
        for pid in (os.getpid(), *self._processes):
            for kind in ("tcp", "tcp6", "udp", "udp6"):
                try:
                    lines = Path(f"/proc/{pid}/net/{kind}").read_text().splitlines()[1:]
                except OSError:
                    continue  # only root may look into another one's namespace
                for fields in map(str.split, lines):
                    if int(fields[7]) == user and fields[3] in ("0A", "07"):
                        found.add(f"{kind} {fields[1]}")
        return found


def _built_in_code() -> str:
    """The compiled code of Keras' Huber loss, as a notebook can bring it along."""
    found = importlib.util.find_spec("keras")
    assert found is not None
    assert found.origin is not None
    path = Path(found.origin).parent / "src/losses/losses.py"
    module = compile(path.read_text(), str(path), "exec")
    (code,) = (
        each
        for each in module.co_consts
        if isinstance(each, types.CodeType) and each.co_name == "huber"
    )
    return base64.b64encode(marshal.dumps(code)).decode()
