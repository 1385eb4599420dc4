"""All export formats: to add one, write its folder and one line here."""

from __future__ import annotations

from claims.publishing.exports.claimreview import claimreview
from claims.publishing.exports.csv import csv
from claims.publishing.exports.format import Format
from claims.publishing.exports.json import json
from claims.publishing.exports.pdf import pdf
from claims.publishing.exports.xlsx import xlsx

FORMATS: dict[str, Format] = {
    each.name: each
    for each in [
        pdf.FORMAT,
        xlsx.FORMAT,
        csv.FORMAT,
        csv.WITH_SEMICOLONS,
        claimreview.FORMAT,
        json.FORMAT,
    ]
}
