import os
import stat

import pytest

from workbench.runner import accounts, file_modes


@pytest.fixture
def umask():
    before = os.umask(0o022)
    yield
    os.umask(before)


def modes(folder):
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.rglob("*"))}


def test_an_existing_data_folder_is_closed_to_others_and_what_comes_is_ours(tmp_path, umask):
    var, kept = tmp_path / "var", tmp_path / "shared"
    for path in (
        var / "archive/2026/11/a.warc.gz",
        var / "secret-key",
        var / "notes/mine.txt",
        kept / "2026/b.warc.gz",
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")

    file_modes.keep_private(var, kept)
    (var / "press.json").write_text("{}")

    closed = {"var": 0o700, "archive": 0o700, "2026": 0o700, "11": 0o700, "a.warc.gz": 0o600, "secret-key": 0o600}
    assert modes(var) == {**closed, "press.json": 0o600, "notes": 0o755, "mine.txt": 0o644}
    assert set(modes(kept).values()) == {0o700, 0o600}


def test_a_link_out_of_the_folder_is_not_followed(tmp_path, umask):
    (tmp_path / "others").mkdir()
    (tmp_path / "var").mkdir()
    (tmp_path / "var/archive").symlink_to(tmp_path / "others")

    file_modes.keep_private(tmp_path / "var", tmp_path / "var/archive")

    assert stat.S_IMODE((tmp_path / "others").stat().st_mode) == 0o755


def test_a_folder_that_all_users_share_is_refused(tmp_path, umask):
    tmp_path.chmod(0o1777)

    with pytest.raises(accounts.CannotStart, match="shared"):
        file_modes.keep_private(tmp_path, tmp_path / "archive")


def test_a_first_start_has_nothing_to_close(tmp_path, umask):
    file_modes.keep_private(tmp_path / "var", tmp_path / "var/archive")

    assert not (tmp_path / "var").exists()
