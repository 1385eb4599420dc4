"""The table of contents of the code says what the modules say of themselves, and leads to each of them."""

import re

import pytest

from scripts import contents
from tests.places import ROOT

TREE = {
    "claims/__init__.py": '"""Claims and reports. The upper app."""',
    "claims/following.py": '"""Follow a claim\nuntil it is decided. No other module does."""',
    "claims/migrations/0001_initial.py": "",
    "claims/exports/__init__.py": '"""Export formats."""',
    "claims/exports/registry.py": '"""Export formats in use."""',
    "claims/exports/csv/__init__.py": '"""The table."""',
    "claims/exports/csv/csv.py": '"""Evidence as a table (RFC 4180), one ``passage`` a row."""',
    "sources/__init__.py": '"""Sources."""',
    "sources/rate_limit.py": '"""Rate limit per host."""',
    "workbench/__init__.py": '"""Ground floor."""',
    "workbench/settings.py": '"""Settings."""',
    "workbench/management/__init__.py": "",
    "workbench/management/commands/__init__.py": '"""Commands."""',
    "workbench/management/commands/up.py": '"""Start everything."""',
}


@pytest.fixture
def root(tmp_path):
    for place, text in TREE.items():
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text(text)
    (tmp_path / "docs").mkdir()
    return tmp_path


def test_the_page_is_up_to_date():
    page = (ROOT / contents.PLACE).read_text()

    assert page == contents.contents(ROOT), "Run: python scripts/contents.py"


def test_every_link_of_the_page_leads_somewhere():
    page = (ROOT / contents.PLACE).read_text()

    headings = {f"#{contents.NOT_IN_ANCHORS.sub('', line)}" for line in re.findall(r"^##+ (.+)$", page, re.MULTILINE)}
    links = re.findall(r"\]\(([^)]+)\)", page)

    assert len(links) > 200
    assert [link for link in links if link not in headings and not (ROOT / "docs" / link).is_file()] == []


def test_a_module_stands_under_its_folder_with_its_first_sentence(root):
    page = contents.contents(root)

    assert (
        "## claims\n\nClaims and reports. The upper app.\n\n"
        "- [following.py](../claims/following.py): Follow a claim until it is decided.\n\n" in page
    )
    assert "- [up.py](../workbench/management/commands/up.py): Start everything.\n" in page
    assert "0001_initial" not in page


def test_a_member_of_a_family_stands_under_the_family(root):
    page = contents.contents(root)

    assert (
        "- [csv/csv.py](../claims/exports/csv/csv.py): Evidence as a table (RFC 4180), one `passage` a row.\n" in page
    )
    assert "# claims/exports/csv" not in page


def test_a_stale_page_is_seen_and_written_again(root, capsys):
    assert contents.main(["--check"], root) == 1

    assert contents.main([], root) == 0
    assert contents.main(["--check"], root) == 0

    (root / "sources/rate_limit.py").write_text('"""How often we visit a host."""')

    assert contents.main(["--check"], root) == 1
    assert "python scripts/contents.py" in capsys.readouterr().err


@pytest.mark.parametrize("place", ["sources/rate_limit.py", "sources/web/door.py", "claims/exports/csv/__init__.py"])
def test_a_module_without_a_docstring_is_named(root, place, capsys):
    (root / place).parent.mkdir(exist_ok=True)
    (root / place).write_text("x = 1\n")

    assert contents.main([], root) == 1
    assert place in capsys.readouterr().err
    assert not (root / contents.PLACE).exists()
