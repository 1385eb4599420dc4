"""Mail, saved pages, drawings and texts that are bombs, lies or traps, for the benchmark of uploads."""

from __future__ import annotations

import random
from collections.abc import Callable

from benchmarks.hostile_zips import CANARY, LAUGHS, OUTSIDE
from tests.sources.formats.files import samples

FROM = b"From: a@b.example\r\nMessage-ID: <1@b.example>\r\nMIME-Version: 1.0\r\n"
FROM += b"Subject: hostile\r\nDate: Mon, 02 Nov 2026 10:00:00 +0000\r\n"
SVG = "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'>{0}</svg>"
BLINK = (
    b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
)
RELATED = b'Content-Type: multipart/related; boundary="b"\r\n\r\n'


def page(inside: str) -> bytes:
    """Return a page with this in its article."""
    return samples.MARKUP.replace("<p>", f"<p>{inside}", 1).encode()


def nested(levels: int, kind: bytes = b"multipart/mixed") -> bytes:
    """Return mail with parts within parts."""
    boundaries = (b'Content-Type: %s; boundary="%d"\r\n\r\n--%d\r\n' % (kind, at, at) for at in range(levels))
    return FROM + b"".join(boundaries) + b"Content-Type: text/plain\r\n\r\ndeep\r\n"


def forwarded(levels: int) -> bytes:
    """Return mail in mail, and so on."""
    return (FROM + b"Content-Type: message/rfc822\r\n\r\n") * levels + FROM + b"\r\ndeep"


MAIL: dict[str, Callable[[], bytes]] = {
    "nested.eml": lambda: nested(3_000),
    "forwarded.eml": lambda: forwarded(3_000),
    "headers.eml": lambda: FROM + b"Received: x\r\n" * 300_000 + b"\r\nbody",
    "long-header.eml": lambda: b"Subject: " + b"a" * 20_000_000 + b"\r\n" + FROM + b"\r\nbody",
    "encoded-words.eml": lambda: FROM + b"To: " + b"=?utf-8?q?a?= " * 200_000 + b"\r\n\r\nbody",
    "charset.eml": lambda: FROM + b"Content-Type: text/plain; charset=../../etc/passwd\r\n\r\nbody",
    "no-charset.eml": lambda: b"Subject: =?nonsense?b?////?=\r\n" + FROM + b"\r\nbody",
    "base64.eml": lambda: FROM + b"Content-Transfer-Encoding: base64\r\n\r\n" + b"!" * 5_000_000,
    "uuencoded.eml": lambda: (
        FROM + b"Content-Transfer-Encoding: x-uuencode\r\n\r\nbegin 777 ../../x\n" + b"\xff" * 90_000
    ),
    "boundary.eml": lambda: FROM + b'Content-Type: multipart/mixed; boundary=""\r\n\r\n--\r\n--\r\n' * 3,
    "attachments.eml": lambda: (
        FROM
        + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
        + b'--b\r\nContent-Disposition: attachment; filename="../../../tmp/escaped"\r\n\r\nx\r\n' * 20_000
    ),
    "addresses.eml": lambda: b"Date: x\r\nFrom: " + b"<" * 500_000 + b"\r\n\r\nbody",
    "nul.eml": lambda: FROM.replace(b"hostile", b"a\x01b") + b"\r\nbo\x01dy",
    "parameters.eml": lambda: FROM + b"Content-Type: text/plain" + b"; a*0*=x''%" * 100_000 + b"\r\n\r\nbody",
    "nested.mhtml": lambda: BLINK + RELATED + nested(2_000)[len(FROM) :],
    "no-page.mhtml": lambda: BLINK + RELATED + b"--b\r\nContent-Type: image/png\r\n\r\nx\r\n--b--",
    "script.mhtml": lambda: BLINK + RELATED + b"--b\r\nContent-Type: text/html\r\n\r\n" + page("<script>x()</script>"),
    "origin.mhtml": lambda: (
        BLINK.replace(b"https://example.org/", b"javascript:alert(1)") + RELATED + b"--b\r\n"
        b"Content-Type: text/html\r\n\r\n" + page("") + b"\r\n--b--"
    ),
}
PAGES: dict[str, Callable[[], bytes]] = {
    "script.html": lambda: page(f"<script>fetch('{CANARY}')</script><img src='{CANARY}' onerror=alert(1)>"),
    "frames.html": lambda: page(f"<iframe src='{CANARY}'></iframe><object data='file:///etc/hostname'></object>"),
    "refresh.html": lambda: page("").replace(
        b"<head>", f"<head><meta http-equiv=refresh content='0;{CANARY}'>".encode()
    ),
    "base.html": lambda: page("").replace(
        b"<head>", b"<head><base href='file:///etc/'><link rel=canonical href=passwd>"
    ),
    "origin.html": lambda: samples.single_file("javascript:alert(1)"),
    "long-origin.html": lambda: samples.single_file("https://example.org/" + "a" * 100_000),
    "comments.html": lambda: page("<!--" * 2_000_000),
    "comment.html": lambda: b"<html><!-- saved from url=(" + b"0" * 5_000_000,
    "deep.html": lambda: b"<html><body>" + b"<div>" * 1_000_000 + b"deep",
    "deep-tables.html": lambda: b"<html><body>" + b"<table><tr><td>" * 100_000 + b"deep",
    "paragraphs.html": lambda: b"<html><body><article>" + b"<p>A sentence of some words stands here.</p>" * 400_000,
    "attributes.html": lambda: b"<html " + b"a=b " * 2_000_000 + b"><body>text",
    "data.html": lambda: page("<img src='data:image/png;base64," + "A" * 30_000_000 + "'>"),
    "utf-16.html": lambda: b"\xff\xfe" + samples.MARKUP.encode("utf-16-le"),
    "utf-7.html": lambda: b"<html><meta charset=utf-7>+ADw-script+AD4-alert(1)+ADw-/script+AD4-" * 50,
    "nul.html": lambda: samples.MARKUP.replace("bridge", "bri\x00dge").encode(),
    "laughs.xhtml": (LAUGHS + "<html xmlns='http://www.w3.org/1999/xhtml'><body>&j;</body></html>").encode,
    "outside.xhtml": (OUTSIDE.format(canary=CANARY) + "<html><body>&x;&y;</body></html>").encode,
    "script.svg": lambda: SVG.format(f"<script>fetch('{CANARY}')</script><image xlink:href='{CANARY}'/>").encode(),
    "frame.svg": lambda: SVG.format("<foreignObject><body onload='alert(1)'/></foreignObject>").encode(),
    "laughs.svg": (LAUGHS + SVG.format("&j;")).encode,
    "outside.svg": (OUTSIDE.format(canary=CANARY) + SVG.format("&x;&y;")).encode,
    "deep.svg": lambda: SVG.format("<g>" * 500_000).encode(),
}
TEXTS: dict[str, Callable[[], bytes]] = {
    "script.vtt": lambda: b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana><script>alert(1)</script>\n",
    "cues.srt": lambda: b"".join(b"%d\n00:00:01,000 --> 00:00:02,000\nword\n\n" % at for at in range(200_000)),
    "backwards.srt": lambda: b"1\n99:99:99,999 --> 00:00:00,000\nword\n" * 50,
    "formula.csv": lambda: b"a,b\n=cmd|' /C calc'!A0,@SUM(1)\n",
    "columns.csv": lambda: b"a," * 5_000_000,
    "lines.txt": lambda: b"\n" * 20_000_000,
    "one-line.txt": lambda: b"a" * 20_000_000,
    "surrogates.txt": lambda: "a\ud800b".encode("utf-8", "surrogatepass") * 1_000,
    "marks.txt": lambda: ("a" + "\u0301" * 5_000).encode() * 100,
    "turned.txt": ("\u202e" + "gpj.exe " * 100).encode,
    "random.txt": lambda: random.Random(1).randbytes(200_000),
    "deep.json": lambda: b"[" * 2_000_000,
}
FILES = MAIL | PAGES | TEXTS
