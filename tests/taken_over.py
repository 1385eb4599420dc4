"""What a program tries that a hostile file has taken over: the network, other files, other processes."""

import socket
import subprocess
import sys
from pathlib import Path

from sources.formats import confinement

OWN_CODE = "own code"  # the one thing that it may read
ATTACK = """
import fcntl, os, socket, sys, termios
port, secret, ours = sys.argv[1:4]
def type_into_the_terminal():
    try:
        fcntl.ioctl(0, termios.TIOCSTI, b"x")
    except OSError as problem:
        if isinstance(problem, PermissionError):
            raise  # else the kernel was asked, and there is no terminal
ways = {
    "connect": lambda: socket.create_connection(("127.0.0.1", int(port)), 2),
    "udp": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
    "unix": lambda: socket.socket(socket.AF_UNIX),
    "read": lambda: open(secret).read(),
    "list": lambda: os.listdir(os.path.dirname(secret)),
    "keys of the parent": lambda: open(f"/proc/{os.getppid()}/environ").read(),
    "write": lambda: open(secret + ".new", "w"),
    "add": lambda: open(secret, "a"),
    "empty": lambda: os.truncate(secret, 0),
    "open to all": lambda: os.chmod(secret, 0o777),
    "folder": lambda: os.mkdir(secret + ".d"),
    "link": lambda: os.symlink("/", secret + ".l"),
    "rename": lambda: os.rename(secret, secret + ".old"),
    "remove": lambda: os.unlink(secret),
    "fork": os.fork,
    "kill": lambda: os.kill(os.getppid(), 0),
    "signals of a pipe": lambda: fcntl.fcntl(1, fcntl.F_SETOWN, os.getppid()),
    "priority": lambda: os.setpriority(os.PRIO_PROCESS, 0, os.getpriority(os.PRIO_PROCESS, 0)),
    "terminal": type_into_the_terminal,
    "own code": lambda: open(ours).read(),
}
for name, way in ways.items():
    try:
        way()
    except OSError:
        continue
    print(name)
"""


def did(secret: Path, *, is_module: bool) -> list[str]:
    """Return what worked in a process that is confined as parsers are, or as ffmpeg and Tesseract are."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        given = [str(server.getsockname()[1]), str(secret), str(confinement.CODE / "__init__.py")]
        plain = [sys.executable, "-c", ATTACK, *given]
        setup = f"import sys; sys.argv = {['', *given]!r}"
        module = ["-m", "timeit", "-n1", "-r1", setup, f"exec({ATTACK!r}, {{}})"]  # a module that runs what it is given
        command = confinement.command(module if is_module else plain)
        run = subprocess.run(command, cwd=confinement.ROOT, capture_output=True, text=True, check=True, timeout=120)
    return [line for line in run.stdout.splitlines() if "loop" not in line]
