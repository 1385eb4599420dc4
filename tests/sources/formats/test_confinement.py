import os
import socket
import subprocess
import sys

import pytest

from sources.formats import confinement, film_frames, landlock, recognizer, syscall_filter

needs_kernel = pytest.mark.skipif(bool(confinement.missing()), reason="this kernel has no seccomp or no Landlock")
# What a program does that a hostile file has taken over; it says what worked.
ATTACK = """
import os, socket, sys
port, secret, ours = sys.argv[1:4]
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
    "remove": lambda: os.unlink(secret),
    "rename": lambda: os.rename(secret, secret + ".old"),
    "open to all": lambda: os.chmod(secret, 0o777),
    "folder": lambda: os.mkdir(secret + ".d"),
    "link": lambda: os.symlink("/", secret + ".l"),
    "fork": os.fork,
    "kill": lambda: os.kill(os.getppid(), 0),
    "own code": lambda: open(ours).read(),
}
for name, way in ways.items():
    try:
        way()
    except OSError:
        continue
    print(name)
"""


@needs_kernel
@pytest.mark.parametrize("is_module", [True, False])
def test_a_program_that_a_file_took_over_reaches_nothing_but_its_own_code(tmp_path, is_module):
    secret, ours = tmp_path / "secret-key", confinement.CODE / "__init__.py"
    secret.write_text("key")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        program = [
            "-m",
            "timeit",
            "-n1",
            "-r1",
            f"import sys; sys.argv = ['', {port!r}, {str(secret)!r}, {str(ours)!r}]",
        ]
        program += [f"exec({ATTACK!r}, {{}})"]
        plain = [sys.executable, "-c", ATTACK, port, str(secret), str(ours)]
        did = done(confinement.command(program if is_module else plain))

    assert [line for line in did if "loop" not in line] == ["own code"]
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]
    assert secret.read_text() == "key"


def done(command):
    run = subprocess.run(command, cwd=confinement.ROOT, capture_output=True, text=True, check=True, timeout=120)
    return run.stdout.splitlines()


@needs_kernel
def test_a_file_that_is_named_may_be_read_and_memory_has_its_limit(tmp_path):
    (tmp_path / "film").write_text("frames")
    (tmp_path / "other").write_text("other")
    code = "import sys; print(open(sys.argv[1]).read()); bytearray(300_000_000)"

    def run(name):
        command = confinement.command(
            [sys.executable, "-c", code, str(tmp_path / name)], [tmp_path / "film"], memory=200 * 2**20
        )
        return subprocess.run(command, cwd=confinement.ROOT, capture_output=True, text=True, check=False, timeout=120)

    assert run("film").stdout == "frames\n"
    assert "MemoryError" in run("film").stderr
    assert "PermissionError" in run("other").stderr


def test_what_the_kernel_lacks_is_told(monkeypatch):
    monkeypatch.setattr(landlock, "version", lambda: 0)
    monkeypatch.setattr(syscall_filter, "is_possible", lambda: False)

    assert confinement.missing() == ["network", "reading"]


def test_no_folder_that_holds_ours_may_be_read():
    folders = [path.resolve() for path in confinement._readable()]

    assert not [path for path in folders if confinement.ROOT.is_relative_to(path)]
    assert confinement.CODE in folders


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_the_filter_kills_on_other_machines_and_every_jump_of_it_ends_inside(machine):
    rules = syscall_filter.program(machine, os.getpid())

    assert rules[2] == (syscall_filter.RETURN, 0, 0, syscall_filter.KILL)
    assert rules[-1] == (syscall_filter.RETURN, 0, 0, syscall_filter.ALLOW)
    jumps = [
        (at + 1, then, other) for at, (code, then, other, _value) in enumerate(rules) if code != syscall_filter.RETURN
    ]
    assert all(after + max(then, other) < len(rules) for after, then, other in jumps)


def test_films_and_scans_are_given_to_confined_programs_with_the_memory_of_all_parsers():
    assert film_frames.MEMORY == recognizer.MEMORY == 768 * 2**20
