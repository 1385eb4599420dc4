"""Evidence packages (WACZ): export captures with their proof, so that others can replay and check them without us."""

from __future__ import annotations

import hashlib
import json
import tempfile
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO, cast

from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from sources.archive import lists, wacz, warc
from sources.archive.trust import Broken
from sources.capturing import bringing, preserving
from sources.formats.files import kinds
from sources.models import Bringing, Capture, ChainLink, ExternalArchive, Reading, Stamp
from sources.models.vocabulary import Outcome, SourceAct
from sources.proving import package_readme
from workbench.desk import hidden_rows
from workbench.desk.anchors import Checkpoint
from workbench.desk.byline import PrintedNames
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require
from workbench.transparency.signed_note import key_text

CONTENT_TYPE = "application/wacz+zip"
LARGE = 20_000_000  # bytes; larger records of files are copied in pieces

READ = (Outcome.OK, Outcome.EMPTY_EXTRACTION)
# Kinds of files whose metadata may name a place, a device or a person.
HOLD_METADATA = {
    kind.media_type
    for kind in kinds.KINDS.values()
    if kind.group in (kinds.PICTURE, kinds.AUDIO, kinds.VIDEO, kinds.DOCUMENT)
}


def export(captures: Iterable[Capture], *, by: User, title: str, with_private: bool = False) -> BinaryIO:
    """Return a package of captures and of those whose payload they repeat, as a file that is deleted when closed.

    It also contains their part of the hash chain, the timestamps on it, a verifier, and how to check without it. Files
    whose metadata name a place or a device are left out and listed, unless ``with_private``. Raises ``Refusal`` and
    ``NotPermitted``.
    """
    require(by, SourceAct.READ_RAW)
    chosen = _chosen(captures)
    private = set() if with_private else private_among(chosen)
    left_out = [capture for capture in chosen if capture.pk in private]
    chosen = [capture for capture in chosen if capture.pk not in private]
    if left_out and not chosen:
        message = _("The metadata of this file name a place or a device. Choose the package with private metadata.")
        raise Refusal(message, "private")
    if not chosen:
        raise Refusal(_("There is no capture to export."), "nothing")
    if any(not hasattr(capture, "link") for capture in chosen):
        message = _("A recent capture is still being added to the hash chain. Try again in 30 seconds.")
        raise Refusal(message, "not_sealed")
    package = _temporary()
    try:
        with _temporary() as records:
            written = wacz.archive(map(_records, chosen), records)
            proof = _proof(chosen, written.offsets) | _told(chosen) | _left_out(left_out)
            wacz.pack(package, records, written, title=title, proof=proof)
    except (warc.Missing, Broken, OSError) as problem:
        package.close()
        message = _("Some of this is missing from the archive: %(problem)s") % {"problem": problem}
        raise Refusal(message, "missing") from problem
    package.seek(0)
    return package


def private_among(captures: Iterable[Capture]) -> set[int]:
    """Return the keys of the captures that are files with private metadata: a place, a serial number, a name.

    A file that could hold some and that no reader has read yet, or none could, counts as one that does.
    """
    chosen = list(captures)
    read = Reading.objects.filter(capture__in=chosen, outcome__in=READ)
    known = set(read.values_list("capture", flat=True))
    named = read.filter(file_facts__contains=[{"is_private": True}])
    unknown = {each.pk for each in chosen if each.content_type in HOLD_METADATA and each.pk not in known}
    return unknown | set(named.values_list("capture", flat=True))


def _left_out(captures: list[Capture]) -> dict[str, bytes]:
    """Return the list of the files that are left out for their private metadata, where there are some."""
    rows = [{"url": capture.document.url, "sha256": capture.sha256} for capture in captures]
    return {"left_out.json": _json(rows)} if rows else {}


def _records(capture: Capture) -> bytes | wacz.LargePiece:
    """Return the records of a capture as they were sealed. Raises ``Missing`` where the archive has others."""
    if capture.is_brought and capture.warc_length > LARGE:
        return wacz.LargePiece(capture.warc_length, _sealed_pieces(capture))
    records = preserving.records_of(capture)
    if hashlib.sha256(records).hexdigest() != capture.warc_sha256:
        raise warc.Missing(f"{capture.warc_file} @{capture.warc_offset}")
    return records


def _sealed_pieces(capture: Capture) -> Iterator[bytes]:
    """Yield the records of a capture in pieces; raise ``Missing`` in the end where they are not those sealed."""
    made = hashlib.sha256()
    for piece in preserving.record_pieces(capture):
        made.update(piece)
        yield piece
    if made.hexdigest() != capture.warc_sha256:
        raise warc.Missing(f"{capture.warc_file} @{capture.warc_offset}")


def _temporary() -> BinaryIO:
    """Return a file without a name: nothing is left of it once it is closed, or the process ends."""
    return cast("BinaryIO", tempfile.TemporaryFile(prefix="claim-workbench-"))


def _chosen(captures: Iterable[Capture]) -> list[Capture]:
    """Return captures and those whose payload they repeat, each once, in the order of the chain."""
    keys = {key for capture in captures for key in (capture.pk, capture.revisits_id) if key}
    found = Capture.objects.filter(pk__in=keys).select_related("link", "document", "attempt")
    return list(found.order_by("link__number", "pk"))


@hidden_rows.everything()
def _proof(captures: list[Capture], offsets: list[int]) -> dict[str, bytes]:
    """Return the files that prove that captures, at these offsets in the package's archive, are unchanged."""
    stamps = _stamps(captures)
    places = {capture.link.number: offset for capture, offset in zip(captures, offsets, strict=True)}
    files: dict[str, bytes] = {}
    listed = []
    checkpoints = _checkpoints(sorted(places))
    for number, stamp in stamps.items():
        name = f"stamp-{number}"
        files |= {f"{name}.tsr": bytes(stamp.token or b""), f"{name}.pem": stamp.certificates.encode()}
        listed.append(
            {
                "number": number,
                "token": f"proof/{name}.tsr",
                "certificates": f"proof/{name}.pem",
                "authority": stamp.authority,
                "stamped_at": _iso(stamp.stamped_at),
            }
        )
    chain = {
        "rule": "hash = SHA-256(hash before + SHA-256(facts)), as lower-case hexadecimal text; a stamp is on the hash",
        "segments": list(_segments(places, sorted({*stamps, *checkpoints}))),
        "stamps": listed,
        "checkpoints": [{"number": number, "note": f"proof/checkpoint-{number}.txt"} for number in checkpoints],
    }
    files |= {f"checkpoint-{number}.txt": made.text.encode() for number, made in checkpoints.items()}
    if checkpoints:
        files["keys.txt"] = "".join(f"{line}\n" for line in _keys(checkpoints.values())).encode()
    files |= {"chain.json": _json(chain), "verify.py": wacz.verifier()}
    files |= {f"README.{language}.txt": text.encode() for language, text in package_readme.README.items()}
    return files


def _told(captures: list[Capture]) -> dict[str, bytes]:
    """Return what the reader sees of copies elsewhere, and of who brought the files."""
    told = {"copies.json": list(_copies(captures)), "brought.json": list(_brought(captures))}
    return {name: _json(rows) for name, rows in told.items() if rows}


def _stamps(captures: list[Capture]) -> dict[int, Stamp]:
    """Return the first timestamp after each capture, where there is one, by the number of its link."""
    after = Stamp.objects.granted().filter(head__number__gte=OuterRef("link__number")).order_by("head__number")
    keys = Capture.objects.filter(pk__in=[capture.pk for capture in captures]).values(
        stamp=Subquery(after.values("pk")[:1])
    )
    found = Stamp.objects.filter(pk__in=keys).annotate(number=F("head__number")).order_by("number")
    return {stamp.number: stamp for stamp in found}


def _checkpoints(numbers: list[int]) -> dict[int, Checkpoint]:
    """Return the first checkpoint that anchors each link of the chain, where there is one, by the link it names."""
    ends = dict[int, int]()
    for key, end in Checkpoint.objects.made().order_by("-pk").values_list("pk", "heads__captures__0"):
        ends[int(end or 0)] = key  # of several at the same link, the oldest
    sorted_ends = sorted(ends)
    places = {bisect_left(sorted_ends, number) for number in numbers}
    wanted = {ends[sorted_ends[place]]: sorted_ends[place] for place in places if place < len(sorted_ends)}
    found = Checkpoint.objects.select_related("key").in_bulk(wanted)
    return {number: found[key] for key, number in sorted(wanted.items(), key=lambda item: item[1])}


def _keys(made: Iterable[Checkpoint]) -> list[str]:
    """Return the public keys that signed these checkpoints, each once, under the name of its log."""
    texts = (key_text(each.note.origin, each.key.data) for each in made if each.key is not None)
    return list(dict.fromkeys(texts))


def _ranges(numbers: Iterable[int], ends: list[int]) -> Iterator[tuple[int, int]]:
    """Return the parts of the chain from captures to the next timestamp, or to themselves, without overlap."""
    first = last = 0
    for number in sorted(numbers):
        if number <= last:
            continue
        if first:
            yield first, last
        first, last = number, next((end for end in ends if end >= number), number)
    if first:
        yield first, last


def _segments(places: dict[int, int], ends: list[int]) -> Iterator[dict[str, Any]]:
    """Yield the parts of the chain; for captures that are not in the package, only the digest of their facts."""
    ranges = list(_ranges(places, ends))
    chosen = Q(*(Q(number__range=each) for each in ranges), _connector=Q.OR)
    links = {link.number: link for link in ChainLink.objects.filter(chosen)}
    for first, last in ranges:
        part = [links[number] for number in range(first, last + 1)]
        shown = [
            {"digest": link.digest, "facts": link.facts, "at": {"file": lists.ARCHIVE, "offset": places[link.number]}}
            if link.number in places
            else {"digest": link.digest}
            for link in part
        ]
        yield {"first": first, "previous": part[0].previous, "links": shown, "head": part[-1].hash}


def _copies(captures: list[Capture]) -> Iterator[dict[str, str]]:
    documents = {capture.document_id for capture in captures}
    for copy in ExternalArchive.objects.filter(document__in=documents, snapshot_at__isnull=False).select_related(
        "document"
    ):
        at = _iso(copy.snapshot_at)
        yield {"url": copy.document.url, "archive": copy.archive, "copy": copy.snapshot_url, "copied_at": at}


def _brought(captures: list[Capture]) -> Iterator[dict[str, str]]:
    """Yield who brought which file, and what this person says of it, as far as whoever gets the package may know."""
    names = PrintedNames()
    rows = Bringing.objects.filter(capture__in=captures).select_related("by", "capture__document").order_by("pk")
    for row in bringing.for_everybody(list(rows)):
        yield {
            "url": row.capture.document.url,
            "file": row.file_name,
            "brought_by": row.given_by if row.by is None else names.of(row.by),
            "brought_at": _iso(row.at),
            "said_url": row.said_url,
            "said_account": row.said_account,
            "seen_at": _iso(row.seen_at),
            "obtained": row.obtained,
        }


def _iso(at: datetime | None) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if at else ""


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
