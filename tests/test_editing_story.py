"""An article of the sample press is edited in place: 12 killed become 21, and whoever cited the 12 is told."""

import dataclasses
import threading
from datetime import timedelta
from time import monotonic

import pytest

from claims import sample_case
from claims.evidence import weighing
from claims.models import Claim
from claims.models.vocabulary import Stance
from sources.capturing import fetching
from sources.models import Change, Document, Edit, Reading, Touch
from sources.models.vocabulary import Fate
from sources.reading import reading
from sources.watching import watching
from tests import make
from workbench.desk.models import User
from workbench.desk.work_queue import drain
from workbench.sample import outlets, server

PATIENCE = 60  # seconds
ARTICLE = outlets.catalog()["vadi-toll"]


@pytest.fixture
def press(tmp_path, settings):
    """Serve the sample press, and let the fetcher open exactly its addresses. Edits come when the test says so."""
    settings.SAMPLE, settings.VAR = True, tmp_path
    settings.PRESS_FILE, settings.ARCHIVE_FOLDER = tmp_path / "press.json", tmp_path / "archive"
    servers = server.open_press(settings.PRESS_FILE, edit_after=timedelta(days=1))
    for one in servers:
        threading.Thread(target=one.serve_forever, args=(0.05,), daemon=True).start()
    yield servers
    for one in servers:
        one.shutdown()
    server.close_press(servers)


def edit_in_place(servers):
    """Let the time of the edits have come."""
    for one in servers:
        one.edition = dataclasses.replace(one.edition, edit_after=timedelta(0))


def work_until(done):
    """Do what workers do until something is so."""
    ends = monotonic() + PATIENCE
    while not done():
        assert monotonic() < ends, "the work was not done in time"
        drain(Document.objects.all(), fetching.fetch)
        drain(Reading.objects.all(), reading.read)
        drain(Change.objects.all(), watching.compare)


def person(name):
    return User.objects.get(username=name)


def address(settings):
    return outlets.press_addresses(settings.PRESS_FILE)[ARTICLE.outlet] + ARTICLE.path


@pytest.mark.django_db(transaction=True)
def test_a_toll_that_is_edited_in_place_is_shown_to_whoever_cited_it(press, client, settings):
    sample_case.load()
    claim, document = Claim.objects.get(), fetching.ask(address(settings), by=person("reporter"))
    work_until(lambda: Reading.objects.filter(capture__document=document, read_at__isnull=False).exists())
    cited = Reading.objects.get(capture__document=document).passages.get(exact__contains="12 sivil")
    weighing.add_evidence(claim, cited, by=person("reviewer"), stance=Stance.DISCUSSES)

    edit_in_place(press)
    document.ask()
    work_until(lambda: Change.objects.filter(before__capture__document=document, compared_at__isnull=False).exists())

    touch = Touch.objects.get()
    assert (touch.fate, touch.passage) == (Fate.ALTERED, cited)
    assert touch.numbers == [["12", "21"], ["30", "47"]]
    headline = Edit.objects.get(place="headline")
    assert (headline.flags, headline.numbers) == (["headline", "number"], [["12", "21"]])
    client.force_login(make.viewer())
    said = client.get(claim.get_absolute_url()).content.decode()
    assert "A cited page was edited" in said
    assert touch.change.get_absolute_url() in said
    shown = client.get(document.get_absolute_url()).content.decode()
    assert '<ins><bdi class="unseen" lang="en">added: </bdi>21</ins>' in shown
    assert all(one.sha256 in shown for one in document.captures.filter(revisits=None))
