"""Read the content credentials (C2PA) in a file, offline: who signed it, what they say was done to it, what is broken.

A signature proves who signed a statement, and whether the file is as it was when they did; it does not prove that the
statement is true, nor that the picture shows what somebody says it shows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from io import BytesIO
from typing import Any

import c2pa

from sources.formats.charset import clean
from sources.formats.file_text import Fact

LONGEST = 500  # characters of a value
MOST = 40  # actions, ingredients or faults that are told
STANDARD = "c2pa"
# Nothing is fetched, neither manifests nor answers on certificates, and no list of trusted signers is asked.
OFFLINE = {"verify": {"remote_manifest_fetch": False, "ocsp_fetch": False, "verify_trust": False}}


def facts(body: bytes, media_type: str) -> Iterator[Fact]:
    """Yield what the credentials in a file say; nothing where it has none. Raises ``c2pa.C2paError``."""
    if not media_type:
        return
    try:
        reader = c2pa.Reader.try_create(media_type, BytesIO(body), context=_offline())
    except c2pa.C2paError as problem:
        if not str(problem).startswith("Remote"):
            raise
        yield Fact(STANDARD, "RemoteManifest", _address(str(problem)))
        return
    if reader is None:
        return
    with reader:
        yield from _told(json.loads(reader.json()))


@cache
def _offline() -> c2pa.Context:
    return c2pa.Context.from_dict(OFFLINE)


def _address(problem: str) -> str:
    return _text(next((word for word in problem.split() if word.startswith("http")), ""))


def _told(store: Mapping[str, Any]) -> Iterator[Fact]:
    manifest = store.get("manifests", {}).get(store.get("active_manifest", ""), {})
    signature = manifest.get("signature_info", {})
    yield Fact(STANDARD, "State", _text(store.get("validation_state", "")))
    rows = [
        ("Signer", " – ".join(filter(None, (signature.get("issuer"), signature.get("common_name"))))),
        ("SignedAt", signature.get("time")),
        ("MadeWith", _generator(manifest)),
        ("Title", manifest.get("title")),
        *(("Action", action) for action in _actions(manifest)),
        *(("Ingredient", each.get("title")) for each in manifest.get("ingredients", [])[:MOST]),
        *(("Broken", each) for each in _faults(store)),
    ]
    for name, value in rows:
        if text := _text(value):
            yield Fact(STANDARD, name, text)


def _generator(manifest: Mapping[str, Any]) -> str:
    known = manifest.get("claim_generator_info") or []
    named = [" ".join(str(each.get(key) or "") for key in ("name", "version")).strip() for each in known]
    return ", ".join(filter(None, named)) or str(manifest.get("claim_generator") or "")


def _actions(manifest: Mapping[str, Any]) -> Iterator[str]:
    """Yield what the signer says was done: the action, with which program, and from what kind of source."""
    for assertion in manifest.get("assertions", []):
        if not str(assertion.get("label", "")).startswith("c2pa.actions"):
            continue
        for action in assertion.get("data", {}).get("actions", [])[:MOST]:
            agent = action.get("softwareAgent", "")
            agent = agent.get("name", "") if isinstance(agent, dict) else agent
            kind = str(action.get("digitalSourceType") or "").rpartition("/")[2]
            yield ", ".join(str(each) for each in (action.get("action"), agent, kind) if each)


def _faults(store: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is broken: the code of each failure, with the words of the library."""
    results = store.get("validation_results", {})
    own = results.get("activeManifest", {}).get("failure", [])
    theirs = [
        fault
        for each in results.get("ingredientDeltas", [])
        for fault in each.get("validationDeltas", {}).get("failure", [])
    ]
    for fault in [*own, *theirs][:MOST]:
        yield f"{fault.get('code', '')}: {fault.get('explanation', '')}"


def _text(value: object) -> str:
    return clean(" ".join(str(value or "").split()))[:LONGEST]
