"""Captures that were fetched from a site, sealed and stamped, as workers do it."""

from __future__ import annotations

from pathlib import Path

from benchmarks import authority
from sources.archive import trust
from sources.capturing import fetching
from sources.models import Document
from sources.proving import sealing
from sources.reading import pasting
from tests import make
from workbench.desk.work_queue import drain


def fetched(*urls, times=1):
    """The documents at some addresses, fetched so often."""
    documents = [Document.objects.filter(url=url).first() or fetching.ask(url, by=make.reporter()) for url in urls]
    for _time in range(times):
        for document in documents:
            document.ask()
            before = document.attempts.count()
            while document.attempts.count() == before:
                drain(Document.objects.filter(pk=document.pk), fetching.fetch)
    return documents


def seal():
    """Do what is due about the chain."""
    while drain(sealing.due(), sealing.seal):
        continue


def everything(site, folder: Path, settings):
    """A page that changes, one that does not, one that says so, and a pasted text, with two stamps.

    Returns the documents and the SHA-256 of the root certificate of the authority.
    """
    settings.TIMESTAMP_EVERY = settings.TIMESTAMP_EVERY * 0
    pasted = pasting.keep_pasted("The bridge was closed, they say. Nobody said why.", by=make.reporter())
    urls = [site.says("/changing", "<p>Closed on Monday.</p>"), site.says("/same"), site.says("/tagged", ETag='"1"')]
    with authority.opened(folder, key="RSA") as stamps:
        settings.TIMESTAMP_URL, settings.TIMESTAMP_CA = stamps.url, str(stamps.root)
        documents = fetched(*urls, site.says("/other"))
        seal()
        site.says("/changing", "<p>Closed on Tuesday, on Monday.</p>")
        fetched(*urls)
        seal()
    root = trust.certificates(stamps.root.read_text())[0].fingerprint
    return [pasted.capture.document, *documents], root
