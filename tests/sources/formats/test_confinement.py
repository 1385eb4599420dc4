import os
import subprocess
import sys

import pytest

from sources.formats import confinement, film_frames, landlock, recognizer, syscall_filter
from tests import taken_over

needs_kernel = pytest.mark.skipif(bool(confinement.missing()), reason="this kernel has no seccomp or no Landlock")


@needs_kernel
@pytest.mark.parametrize("is_module", [True, False])
def test_a_program_that_a_file_took_over_reaches_nothing_but_its_own_code(tmp_path, is_module):
    secret = tmp_path / "secret-key"
    secret.write_text("key")

    assert taken_over.did(secret, is_module=is_module) == [taken_over.OWN_CODE]
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]
    assert secret.read_text() == "key"


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
