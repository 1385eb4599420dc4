import shutil
from datetime import UTC, datetime, timedelta

import pytest

from benchmarks import authority
from sources.web import timestamps
from sources.web.client import Failed

HEAD = "ab" * 32


@pytest.fixture(params=["P-256", "RSA"])
def opened(request, tmp_path):
    with authority.opened(tmp_path / "authority", key=request.param) as found:
        yield found


def test_a_text_is_stamped_with_the_certificates_to_check_it_by(opened):
    token = timestamps.stamp(HEAD, opened.url, opened.root)

    assert abs(token.stamped_at - datetime.now(UTC)) < timedelta(minutes=1)
    assert timestamps.covers(token.answer, HEAD)
    assert not timestamps.covers(token.answer, HEAD[::-1])
    assert token.certificates.count("BEGIN CERTIFICATE") == 2


def test_openssl_agrees(opened, tmp_path):
    token = timestamps.stamp(HEAD, opened.url, opened.root)

    (tmp_path / "answer").write_bytes(token.answer)
    (tmp_path / "text").write_text(HEAD)
    (tmp_path / "chain").write_text(token.certificates)
    check = ["ts", "-verify", "-data", "text", "-in", "answer", "-CAfile", str(opened.root), "-untrusted", "chain"]

    authority._openssl(tmp_path, *check)


def test_an_authority_that_nobody_here_trusts_gives_no_stamp(opened, tmp_path):
    authority_of_others = tmp_path / "others"
    authority_of_others.mkdir()
    authority.make_keys(authority_of_others, "P-256")

    with pytest.raises(timestamps.NotStamped):
        timestamps.stamp(HEAD, opened.url, authority_of_others / "root.pem")


@pytest.mark.parametrize("ill", ["refuse", "babble"])
def test_an_answer_that_is_no_stamp_is_said(opened, ill):
    opened.ill = ill

    with pytest.raises(timestamps.NotStamped):
        timestamps.stamp(HEAD, opened.url, opened.root)


def test_an_authority_that_has_no_time_now_is_out_of_reach(opened):
    opened.ill = "overrun"

    with pytest.raises(Failed, match="HTTP 503"):
        timestamps.stamp(HEAD, opened.url, opened.root)


def test_an_old_answer_to_another_question_is_no_stamp(opened):
    timestamps.stamp(HEAD, opened.url, opened.root)
    opened.ill = "replay"

    with pytest.raises(timestamps.NotStamped, match="Nonce"):
        timestamps.stamp(HEAD, opened.url, opened.root)


def test_an_authority_out_of_reach_and_a_missing_file_are_told_apart(opened):
    with pytest.raises(Failed):
        timestamps.stamp(HEAD, "http://127.0.0.1:1/tsr", opened.root)
    shutil.move(opened.root, opened.root.with_suffix(".gone"))
    with pytest.raises(OSError, match=r"root\.pem"):
        timestamps.stamp(HEAD, opened.url, opened.root)
