"""Backups: what is copied once, what a cut-off backup leaves, and what a damaged one says."""

import stat

import pytest

from workbench.runner import backup

DESK = {"WORKBENCH_DESK": "Bureau d’Alep · حلب"}


@pytest.fixture
def desk(tmp_path):
    """An archive with one month, and a key."""
    month = tmp_path / "archive" / "2026" / "10"
    month.mkdir(parents=True)
    (month / "cw-1.warc.gz").write_bytes(b"October")
    (tmp_path / "secret-key").write_text("key")
    return tmp_path


def take(desk, folder=None, content=b"dump", keep=7):
    return backup.take(
        folder or desk / "نسخة",
        lambda target: target.write_bytes(content) and None,
        desk / "archive",
        [desk / "secret-key"],
        DESK,
        keep,
    )


def test_a_backup_lists_what_it_holds_and_is_whole(desk):
    made = take(desk)

    assert set(made.files) == {made.dump, "archive/2026/10/cw-1.warc.gz", "keys/secret-key"}
    assert backup.read(desk / "نسخة") == made
    assert list(backup.faults(desk / "نسخة", made)) == []
    assert made.desk == DESK


def test_only_its_owner_can_read_a_backup(desk):
    (desk / "نسخة").mkdir(mode=0o755)
    take(desk)

    paths = [desk / "نسخة", *(path for path in (desk / "نسخة").rglob("*") if path.is_file())]
    assert {stat.S_IMODE(path.stat().st_mode) & 0o077 for path in paths} == {0}


def test_a_second_backup_copies_what_is_new_and_what_has_grown(desk):
    take(desk)
    old = desk / "نسخة" / "archive" / "2026" / "10" / "cw-1.warc.gz"
    before = old.stat().st_ino
    (desk / "archive" / "2026" / "11").mkdir()
    new = desk / "archive" / "2026" / "11" / "cw-2.warc.gz"
    new.write_bytes(b"November")

    take(desk)
    new.write_bytes(b"November and more")
    made = take(desk)

    assert old.stat().st_ino == before
    assert (desk / "نسخة" / "archive" / "2026" / "11" / "cw-2.warc.gz").read_bytes() == b"November and more"
    assert list(backup.faults(desk / "نسخة", made)) == []


@pytest.mark.parametrize(("keep", "left"), [(1, 1), (2, 2), (7, 3)])
def test_so_many_dumps_stay_as_were_asked_for(desk, keep, left, monkeypatch):
    names = iter(["1", "2", "3"])

    class Clock(backup.datetime):
        @classmethod
        def now(cls, tz=None):
            return cls(2026, 11, int(next(names)), tzinfo=tz)

    monkeypatch.setattr(backup, "datetime", Clock)

    for _ in range(3):
        made = take(desk, keep=keep)

    dumps = sorted(path.name for path in (desk / "نسخة").glob("*.dump"))
    assert len(dumps) == left
    assert dumps[-1] == made.dump == "desk-2026-11-03T000000Z.dump"
    assert list(backup.faults(desk / "نسخة", made)) == []


def test_a_backup_that_is_cut_off_leaves_the_earlier_one_whole(desk):
    made = take(desk)

    def full_disk(target):
        target.write_bytes(b"half a dump")
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        backup.take(desk / "نسخة", full_disk, desk / "archive", [], DESK, 1)

    assert backup.read(desk / "نسخة") == made
    assert list(backup.faults(desk / "نسخة", made)) == []


def test_a_first_backup_that_was_cut_off_can_be_made_again(desk):
    def killed(target):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backup.take(desk / "نسخة", killed, desk / "archive", [], DESK, 1)

    assert backup.read(desk / "نسخة").dump == ""
    assert take(desk).dump


def test_a_damaged_and_a_missing_file_are_named(desk):
    made = take(desk)
    (desk / "نسخة" / "archive" / "2026" / "10" / "cw-1.warc.gz").write_bytes(b"October?")
    (desk / "نسخة" / "keys" / "secret-key").unlink()

    assert sorted(backup.faults(desk / "نسخة", made)) == [
        "archive/2026/10/cw-1.warc.gz is damaged: its SHA-256 is not the one in backup.json.",
        "keys/secret-key is missing.",
    ]


def test_links_in_the_archive_are_not_followed(desk):
    (desk / "archive" / "passwd").symlink_to("/etc/passwd")

    assert "archive/passwd" not in take(desk).files


@pytest.mark.parametrize("inside", ["archive", "archive/backup"])
def test_a_backup_inside_the_archive_is_refused(desk, inside):
    with pytest.raises(backup.NoBackup, match="would copy itself"):
        take(desk, desk / inside)


def test_a_folder_with_other_files_is_refused_and_left_as_it_was(desk):
    (desk / "home").mkdir()
    (desk / "home" / "letter.txt").write_text("Dear all")

    with pytest.raises(backup.NoBackup, match="holds other files"):
        take(desk, desk / "home")
    with pytest.raises(backup.NoBackup, match="is a file"):
        take(desk, desk / "home" / "letter.txt")

    assert [path.name for path in (desk / "home").iterdir()] == ["letter.txt"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "damaged"),
        ("[]", "damaged"),
        ('{"form": 1}', "damaged"),
        ('{"form": 2, "files": {}}', "newer version"),
        (
            '{"form": 1, "made_at": "", "dump": "", "files": {"../../a": {"size": 1, "sha256": ""}}}',
            "leads out",
        ),
        ('{"form": 1, "made_at": "", "dump": "", "files": {"/etc/passwd": {"size": 1, "sha256": ""}}}', "leads out"),
        ('{"form": 1, "made_at": "", "dump": "", "files": {"a": 3}}', "damaged"),
    ],
)
def test_a_list_that_nobody_can_use_is_refused(tmp_path, text, says):
    (tmp_path / "backup.json").write_text(text)

    with pytest.raises(backup.NoBackup, match=says):
        backup.read(tmp_path)


def test_a_folder_without_a_list_is_no_backup(tmp_path):
    with pytest.raises(backup.NoBackup, match=r"there is no backup\.json"):
        backup.read(tmp_path / "missing")


def test_the_archive_is_put_back_as_it_was(desk):
    made = take(desk)

    number = backup.put_back(desk / "نسخة", made, desk / "house")

    assert number == 1
    assert (desk / "house" / "2026" / "10" / "cw-1.warc.gz").read_bytes() == b"October"
