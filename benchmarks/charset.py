"""Character sets: how many pages come out as they were written, labelled right, wrong or not at all; others beside."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import charset_normalizer
import webencodings

from benchmarks.charset_texts import NEWS, WRITTEN
from benchmarks.measuring import arguments, files, report, say, share, unusable
from sources.formats import charset, charset_labels

HTML = "text/html"
NEVER_BY_LABEL = "utf-8"  # in this every text is written, too
# Labels that pages carry by mistake, most often those of a template, of a server, or of a page before it.
WRONG = ("iso-8859-1", "utf-8", "windows-1251", "iso-8859-2", "windows-1254", "gb2312", "shift_jis", "windows-1256")
WRONG_ONES = 4  # of these for each page
PLAINER = {"’": "'", "ی": "ي", "·": ".", "«": '"', "»": '"', "–": "-"}  # for encodings that lack them
TONES = "\u0300\u0301\u0303\u0309\u0323"
TAG = re.compile(r"<[^>]*>")
CASE = re.compile(rb"(?:^|\n)#data\n")
EXPECTED = b"\n#encoding\n"

Kind = str  # "right", "wrong" or "none": how a page is labelled


class Page(NamedTuple):
    """A page in bytes, the encoding that it is in, how it is labelled, and where it comes from."""

    body: bytes
    encoding: str
    kind: Kind
    name: str


class Read(NamedTuple):
    text: str
    is_marked: bool = False


Reader = Callable[[bytes], Read]


def main() -> None:
    """Take the figures."""
    data: Path = arguments(str(__doc__)).data
    prescan = list(standard(data))
    if not prescan:
        unusable(f"There are no encoding tests in {data}.")
    for name, expected, found in prescan:
        if expected != found:
            say(f"{name}: {expected} expected, {found} found")
    made = list(pages())
    say(f"{len(prescan)} tests of the standard, {len(made)} pages made")
    ours = measure(made, our_reader, named=True)
    theirs = {"charset_normalizer": measure(made, by_charset_normalizer), "browsers": measure(made, by_browsers)}
    report(
        **ours,
        standard=share(sum(1 for _name, expected, found in prescan if expected == found), len(prescan)),
        pages=len(made),
        encodings=len({page.encoding for page in made}),
        references=theirs,
    )


def measure(made: list[Page], reader: Reader, *, named: bool = False) -> dict[str, float | int | None]:
    """Return how many pages a reader gives as they were written, and how many wrong ones it does not mark as such."""
    count: Counter[str] = Counter()
    for page in made:
        found = reader(page.body)
        is_right = found.text == written_text(page)
        count[page.kind] += 1
        count[f"{page.kind} right"] += is_right
        count["unmarked"] += not is_right and not found.is_marked
        count["marked for nothing"] += is_right and found.is_marked
        if named and not is_right:
            say(f"wrong: {page.name}{'' if found.is_marked else ', not marked'}")
    kinds = ("right", "wrong", "none")
    return {
        "right": share(sum(count[f"{kind} right"] for kind in kinds), len(made)),
        "unmarked_mojibake": count["unmarked"],
        "marked_for_nothing": share(count["marked for nothing"], len(made)),
        **{f"label_{kind}": share(count[f"{kind} right"], count[kind]) for kind in kinds},
    }


def our_reader(body: bytes) -> Read:
    """Return what we read, and whether the reading would be marked as doubtful."""
    found = charset.decoded(body, HTML)
    return Read(found.text, found.is_doubtful or charset.looks_garbled(TAG.sub(" ", found.text)))


def by_charset_normalizer(body: bytes) -> Read:
    """Return what charset-normalizer takes for the most likely."""
    best = charset_normalizer.from_bytes(body).best()
    return Read(charset.clean(str(best)) if best else "")


def by_browsers(body: bytes) -> Read:
    """Return what browsers show: by the mark or label, else by the language of the page (HTML standard, 13.2.3.2)."""
    label = next(iter(charset_labels.declared(body, HTML)), "") or charset_labels.usual(body)
    encoding = webencodings.lookup(label or charset_labels.LAST_RESORT) or webencodings.UTF8
    return Read(charset.clean(webencodings.decode(body, encoding, errors="replace")[0]))


def written_text(page: Page) -> str:
    """Return a page as it was written."""
    encoding = webencodings.lookup(page.encoding) or webencodings.UTF8
    return charset.clean(encoding.codec_info.decode(page.body)[0])


def pages() -> Iterator[Page]:
    """Yield pages with a headline alone and with whole news, in each encoding of their language and each labelling."""
    for language, paragraphs in NEWS.items():
        for at, encoding in enumerate((*WRITTEN[language], NEVER_BY_LABEL)):
            wrong = [label for label in WRONG if not same(label, encoding)]
            some = [wrong[(at + step * 3 + len(language)) % len(wrong)] for step in range(WRONG_ONES)]
            labels: list[tuple[Kind, str, str]] = [
                ("right", encoding, language),
                ("none", "", ""),
                ("none", "", language),
            ]
            labels += [("wrong", label, language if step % 2 else "") for step, label in enumerate(dict.fromkeys(some))]
            for kind, label, lang in labels:
                for lines in (paragraphs[:1], paragraphs):
                    name = f"{language} in {encoding}, labelled {label or 'nothing'}, {lang or 'no'} lang, {len(lines)}"
                    yield Page(page_of(lines, label, lang, encoding), encoding, kind, name)


def page_of(lines: tuple[str, ...], label: str, language: str, encoding: str) -> bytes:
    """Return a page as bytes in an encoding."""
    declared = f'<meta http-equiv="Content-Type" content="text/html; charset={label}">' if label else ""
    root = f'<html lang="{language}">' if language else "<html>"
    body = f"<h1>{lines[0]}</h1>" + "".join(f"<p>{line}</p>" for line in lines)
    return encoded(
        f"<!doctype html>{root}<head>{declared}<title>{lines[0]}</title></head><body>{body}</body></html>", encoding
    )


def encoded(text: str, encoding: str) -> bytes:
    """Return a text in an encoding, with plainer signs in place of those that it lacks."""
    codec = webencodings.lookup(encoding) or webencodings.UTF8
    return b"".join(_letter(letter, codec) for letter in text) if encoding != "iso-2022-jp" else text.encode(encoding)


def same(one: str, other: str) -> bool:
    """Return whether two labels are of one encoding, to browsers."""
    return webencodings.lookup(one) == webencodings.lookup(other)


def standard(data: Path) -> Iterator[tuple[str, str, str]]:
    """Yield the tests of html5lib: name, encoding expected, encoding that the page is found to declare.

    Tests that run scripts are left out. What a browser would guess from the bytes is asked of the whole reader.
    """
    for name, content in files(data, "charset"):
        if name.endswith("test_big5.txt"):
            yield name, "big5", charset.decoded(content, HTML).used
        if not name.endswith(".dat") or "scripted" in name:
            continue
        for number, case in enumerate(CASE.split(content)):
            body, marked, expected = case.partition(EXPECTED)
            wanted = webencodings.lookup(expected.strip().decode())
            if marked and wanted:
                yield f"{name} {number}", wanted.name, _declared(body)


def _declared(body: bytes) -> str:
    if body.startswith(b"\xef\xbb\xbf"):
        return "utf-8"
    return next(iter(charset_labels.declared(body, HTML)), charset_labels.LAST_RESORT)


def _letter(letter: str, codec: webencodings.Encoding) -> bytes:
    for spelling in (letter, PLAINER.get(letter, letter), _with_tone_apart(letter)):
        try:
            return bytes(codec.codec_info.encode(spelling)[0])
        except UnicodeEncodeError:
            continue
    return b"?"


def _with_tone_apart(letter: str) -> str:
    """Return a Vietnamese letter as windows-1258 writes it: the letter with its hat, then the tone."""
    parts = unicodedata.normalize("NFD", letter)
    tones = "".join(part for part in parts if part in TONES)
    return unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES)) + tones


if __name__ == "__main__":
    main()
