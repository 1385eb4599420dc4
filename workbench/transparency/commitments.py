"""Records whose fields can be withheld and are still bound: each field is a salted commitment (SHA-256).

A field is shown with its salt and its value, or withheld: then only the commitment is left. The hash of a record is
over the commitments, so it is the same with every field shown, and with any of them withheld.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from workbench.transparency.merkle import leaf_hash

COMMITS = "claim-workbench-field-v1"
SHORTEST_SALT = 32  # hexadecimal digits: 128 bits

Facts = dict[str, Any]


class NotCommitted(Exception):
    """A record has not the form that its hash is over."""


def canonical(value: Any) -> str:
    """Return a value as the JSON text that is hashed: sorted keys, letters unescaped, no spaces."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def commitment(salt: str, name: str, value: Any) -> str:
    """Return what binds the value of a field. Without the salt nobody can try out values against it."""
    return hashlib.sha256("\n".join([COMMITS, salt, name, canonical(value)]).encode()).hexdigest()


def shown(salt: str, value: Any) -> Facts:
    """Return a field as it is shown."""
    return {"salt": salt, "value": value}


def withheld(record: Facts, names: set[str]) -> Facts:
    """Return a record in which the fields with these names are withheld."""
    fields = {
        name: {"commitment": commitment(field["salt"], name, field["value"])}
        if name in names and "salt" in field
        else field
        for name, field in record["fields"].items()
    }
    return {**record, "fields": fields}


def record_hash(record: Facts) -> bytes:
    """Return the hash of a record, as a leaf of the tree over all records. Raises ``NotCommitted``."""
    if record.keys() != {"kind", "key", "fields"}:
        raise NotCommitted
    lines = [f"{record['kind']} {record['key']}"]
    for name, field in sorted(record["fields"].items()):
        lines.append(f"{name} {_commitment_of(name, field)}")
    return leaf_hash("\n".join(lines).encode())


def _commitment_of(name: str, field: Facts) -> str:
    if field.keys() == {"commitment"}:
        return str(field["commitment"])
    if field.keys() != {"salt", "value"} or len(field["salt"]) < SHORTEST_SALT:
        raise NotCommitted
    return commitment(field["salt"], name, field["value"])
