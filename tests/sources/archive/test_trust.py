import pytest
from cryptography import x509

from benchmarks import authority
from sources.archive import trust

TEXT = "ab" * 32


@pytest.fixture(scope="module", params=["P-256", "P-521", "RSA"])
def stamped(request, tmp_path_factory):
    """An authority's answer on a text, and certificates of the authority."""
    folder = tmp_path_factory.mktemp(request.param)
    (folder / "serial").write_text("01\n")
    authority.make_keys(folder, request.param)
    known = trust.certificates((folder / "signer.pem").read_text() + (folder / "root.pem").read_text())
    return authority.stamped(folder, TEXT), known


def test_a_stamp_says_when_and_who_vouches_for_it(stamped):
    answer, known = stamped

    at, way = trust.stamp(answer, TEXT.encode(), known)

    assert at.startswith("20")
    assert [one.fingerprint for one in way] == [one.fingerprint for one in known]


def test_a_stamp_is_on_one_text_only(stamped):
    answer, known = stamped

    with pytest.raises(trust.Broken, match="the stamp does not cover this"):
        trust.stamp(answer, b"another", known)


def test_a_changed_bit_of_what_was_signed_is_noticed(stamped):
    answer, known = stamped
    begins = answer.index(bytes.fromhex("2a864886f70d0109100104")) + 18  # what the authority states: RFC 3161, TSTInfo
    signature = range(len(answer) - 30, len(answer), 5)

    for place in [*range(begins, begins + 110, 5), *signature]:
        changed = bytearray(answer)
        changed[place] ^= 1 << (place % 8)
        with pytest.raises(trust.Broken):
            trust.stamp(bytes(changed), TEXT.encode(), known)


@pytest.mark.parametrize("bytes_", [b"", b"0", b"0\x03\x02\x01\x00", b"<html>", b"0\x82\xff\xff"])
def test_what_is_no_stamp_is_broken(stamped, bytes_):
    with pytest.raises(trust.Broken):
        trust.stamp(bytes_, TEXT.encode(), stamped[1])


def test_a_stamp_whose_root_is_missing_does_not_hold(stamped):
    answer, known = stamped

    with pytest.raises(trust.Broken, match="does not hold"):
        trust.stamp(answer, TEXT.encode(), known[:1])


def test_certificates_are_read_as_others_read_them(stamped):
    for one in stamped[1]:
        read = x509.load_der_x509_certificate(one.raw)

        assert one.subject == read.subject.public_bytes()
        assert one.issuer == read.issuer.public_bytes()
        assert one.begins == f"{read.not_valid_before_utc:%Y%m%d%H%M%S}"
        assert one.ends == f"{read.not_valid_after_utc:%Y%m%d%H%M%S}"
        assert trust.certificates(trust.pem(one.raw)) == [one]
