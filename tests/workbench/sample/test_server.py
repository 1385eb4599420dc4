"""The sample press speaks HTTP as a careful server does, keeps its ports, and stops when told."""

import ast
import gzip
import json
import signal
import subprocess
import sys
import time
from datetime import timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from workbench.sample import server
from workbench.sample.outlets import HERE, catalog

DISPATCH = catalog()["lantern-dispatch"]
ROOT = HERE.parent.parent


def ask(press, **headers):
    return press.read(DISPATCH.outlet, DISPATCH.path, **headers)


def test_a_page_comes_with_length_tag_and_date(press):
    answer = ask(press)

    assert answer.status == 200
    assert int(answer.headers["Content-Length"]) == len(answer.body)
    assert answer.headers["ETag"].startswith('"')
    assert answer.headers["Last-Modified"].endswith("GMT")


def test_dates_lie_fixed_hours_before_the_first_start(press):
    first_started_at = json.loads(press.ports_file.read_text())["first_started_at"]

    modified_at = parsedate_to_datetime(ask(press).headers["Last-Modified"])

    assert str(modified_at + timedelta(hours=46)) == first_started_at.replace("T", " ")


@pytest.mark.parametrize("wrap", ["{}", "W/{}", '"other", {}'])
def test_who_holds_the_tag_gets_304_without_a_body(press, wrap):
    held = ask(press).headers["ETag"]

    answer = ask(press, If_None_Match=wrap.format(held))

    assert (answer.status, answer.body) == (304, b"")
    assert answer.headers["ETag"] == held


def test_who_holds_the_date_gets_304(press):
    held = ask(press).headers["Last-Modified"]

    assert ask(press, If_Modified_Since=held).status == 304


def test_an_older_date_or_no_date_at_all_gets_the_page(press):
    assert ask(press, If_Modified_Since="Sat, 01 Jan 2000 00:00:00 GMT").status == 200
    assert ask(press, If_Modified_Since="yesterday").status == 200


def test_a_tag_outweighs_a_date(press):
    held = ask(press).headers["Last-Modified"]

    assert ask(press, If_None_Match='"other"', If_Modified_Since=held).status == 200


@pytest.mark.parametrize("path", ["/", "/feeds/all.atom", "/sitemap-news.xml", "/robots.txt"])
def test_files_for_machines_have_validators_too(press, path):
    held = press.read("lantern-wire", path).headers["ETag"]

    assert press.read("lantern-wire", path, If_None_Match=held).status == 304


def test_gzip_is_used_where_it_is_accepted_and_has_a_tag_of_its_own(press):
    plain = ask(press)

    packed = ask(press, Accept_Encoding="br, gzip;q=0.8")

    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert packed.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("accepted", ["identity", "gzip;q=0", "gzip; q=0.0", "br"])
def test_gzip_is_not_forced_on_anybody(press, accepted):
    assert ask(press, Accept_Encoding=accepted).headers["Content-Encoding"] is None


def test_head_gives_the_headers_of_get(press):
    whole, head = ask(press), ask(press, method="HEAD")

    assert head.body == b""
    assert {k: v for k, v in head.headers.items() if k != "Date"} == {
        k: v for k, v in whole.headers.items() if k != "Date"
    }


def test_an_address_without_a_page_is_404_and_has_no_validators(press):
    gone = catalog()["talvoria-gone"]

    answer = press.read(gone.outlet, gone.path)

    assert (answer.status, answer.headers["ETag"]) == (404, None)
    assert press.read("radio-ostavie", "/../../etc/passwd").status == 404


def test_the_consent_wall_is_a_page_like_any_other_to_http(press):
    walled = catalog()["quayside-analysis"]

    answer = press.read(walled.outlet, walled.path)

    assert (answer.status, answer.headers["Vary"]) == (200, "Accept-Encoding, Cookie")
    assert walled.title not in answer.body.decode()


def test_an_article_is_edited_in_place_while_the_press_is_open(tmp_path, start):
    press = start(tmp_path / "ports.json", "--edit-after", "3")
    edited = catalog()["vadi-toll"]

    before = press.read(edited.outlet, edited.path)
    time.sleep(4)
    after = press.read(edited.outlet, edited.path, If_None_Match=before.headers["ETag"])

    assert "12 sivil" in before.body.decode("windows-1254")
    assert after.status == 200
    assert "21 sivil" in after.body.decode("windows-1254")
    assert after.headers["Last-Modified"] != before.headers["Last-Modified"]


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_it_stops_at_once(tmp_path, start, told):
    press = start(tmp_path / "ports.json")

    press.process.send_signal(told)

    assert press.process.wait(30) == 0


def test_killed_and_started_again_it_has_the_same_ports_and_dates(tmp_path, start):
    first = start(tmp_path / "a b" / "ports.json")
    noted, dispatch = first.ports_file.read_text(), ask(first)
    first.process.kill()
    first.process.wait(30)

    second = start(first.ports_file)

    assert second.ports_file.read_text() == noted
    assert ask(second).headers["ETag"] == dispatch.headers["ETag"]
    assert [path.name for path in first.ports_file.parent.iterdir()] == ["ports.json"]


def test_it_starts_where_the_terminal_knows_ascii_only(tmp_path, start):
    press = start(tmp_path / "ports.json", PYTHONIOENCODING="ascii")

    assert ask(press).status == 200


def test_a_taken_port_is_refused_with_the_port_and_the_file(tmp_path, start):
    ports_file = start(tmp_path / "ports.json").ports_file
    port = json.loads(ports_file.read_text())["outlets"]["lantern-wire"]

    command = [sys.executable, "-m", "workbench.sample", "--ports-file", str(ports_file)]
    second = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert second.returncode == 3
    assert f"port {port} of lantern-wire is taken" in second.stderr
    assert f"delete {ports_file}" in second.stderr


@pytest.mark.parametrize("text", ["", "[]", '{"outlets": {}}', '{"first_started_at": "x", "outlets": {}}'])
def test_a_broken_ports_file_is_refused_and_left_alone(tmp_path, text):
    ports_file = tmp_path / "ports.json"
    ports_file.write_text(text)

    with pytest.raises(server.PortError, match="delete it"):
        server.open_press(ports_file, edit_after=timedelta(1))

    assert ports_file.read_text() == text


def test_an_outlet_founded_later_gets_a_port_and_the_others_keep_theirs(tmp_path):
    ports_file = tmp_path / "ports.json"
    server.close_press(server.open_press(ports_file, edit_after=timedelta(1)))
    noted = json.loads(ports_file.read_text())
    known = {slug: port for slug, port in noted["outlets"].items() if slug != "radio-ostavie"}
    ports_file.write_text(json.dumps({**noted, "outlets": known}))

    server.close_press(server.open_press(ports_file, edit_after=timedelta(1)))

    after = json.loads(ports_file.read_text())
    assert after["first_started_at"] == noted["first_started_at"]
    assert {slug: port for slug, port in after["outlets"].items() if slug in known} == known
    assert set(after["outlets"]) == set(noted["outlets"])


@pytest.mark.parametrize("path", sorted(HERE.glob("*.py")), ids=lambda path: path.name)
def test_the_press_needs_no_django(path: Path):
    nodes = ast.walk(ast.parse(path.read_text()))
    named = [n.module for n in nodes if isinstance(n, ast.ImportFrom)]

    assert [name for name in named if name.startswith(("django", "sources", "claims"))] == []
    assert {name for name in named if name.startswith("workbench")} <= {
        name for name in named if name.startswith("workbench.sample")
    }
