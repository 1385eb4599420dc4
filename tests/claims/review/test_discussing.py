"""Internal notes: who writes, changes and removes them, whom they may mention, and who reads them during a review."""

import pytest

from claims.intake import restricting
from claims.models import DiscussionNote
from claims.models.vocabulary import Rating, Status
from claims.review import discussing, reviewing
from claims.review.discussing import About
from claims.review.reviewing import Finding
from tests import make
from tests.refusing import refused
from workbench.desk import notifying, seal_check
from workbench.desk.models import LogEntry
from workbench.desk.notifications import Notification
from workbench.desk.roles import NotPermitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim():
    return make.claim(logged_by=make.reporter(username="rep"))


def read_by(person):
    """The words of the notes that a person reads, in their order."""
    return list(DiscussionNote.objects.readable_by(person).values_list("text", flat=True))


def send(claim):
    """Send a claim to reviewers, and return it as it is then."""
    reviewing.open_review(claim, by=claim.logged_by)
    claim.refresh_from_db()
    return claim


def review(claim, who):
    reviewing.submit_review(claim, Finding(Rating.REFUTED, "It was open."), by=who)


def test_a_note_is_kept_with_its_author_and_the_log_has_none_of_its_words(claim):
    note = discussing.write(claim, by=claim.logged_by, text="  Zyxwort said so. ")

    entry = LogEntry.objects.get(chain=f"discussionnote {note.pk}")
    assert (note.text, note.by, entry.actor) == ("Zyxwort said so.", claim.logged_by, claim.logged_by)
    assert "Zyxwort" not in entry.facts
    assert not LogEntry.objects.filter(chain=f"claim {claim.pk}").exists()
    assert not list(seal_check.of_chain(entry.chain))


def test_the_same_note_sent_twice_is_one(claim):
    notes = [discussing.write(claim, by=claim.logged_by, text="Ask.") for _twice in range(2)]

    assert notes[0] == notes[1]


def test_an_edit_is_a_new_version_and_a_removal_leaves_who_removed_it(claim):
    note, editor = discussing.write(claim, by=claim.logged_by, text="One."), make.editor()

    discussing.change(note, by=claim.logged_by, text="Two.")
    gone = discussing.remove(note, by=editor)

    assert list(note.versions.values_list("text", "is_removal")) == [("Two.", False), ("", True)]
    assert gone.by == editor
    with refused("removed"):
        discussing.change(note, by=claim.logged_by, text="Three.")


def test_others_neither_change_nor_remove_a_note(claim):
    note = discussing.write(claim, by=claim.logged_by, text="One.")

    with pytest.raises(NotPermitted):
        discussing.change(note, by=make.editor(), text="Two.")
    with pytest.raises(NotPermitted):
        discussing.remove(note, by=make.reviewer())
    with pytest.raises(NotPermitted):
        discussing.write(claim, by=make.viewer(), text="Two.")


def test_a_note_is_about_the_evidence_of_its_own_claim_alone(claim):
    item = make.confirmed_evidence(claim)

    assert discussing.write(claim, by=claim.logged_by, text="Old?", about=About(item)).evidence == item
    with refused("other_claim"):
        discussing.write(make.claim(), by=claim.logged_by, text="Old?", about=About(item))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Look, @Ada.", ["ada"]),
        ("@ada @ed: see @ada", ["ada", "ed"]),
        ("mail ada@desk.example, or @adamant", []),
        ("\u200fاسأل @ada، من فضلك", ["ada"]),
    ],
)
def test_people_are_mentioned_by_their_user_names(claim, text, names):
    make.reviewer(username="ada")
    make.editor(username="ed")

    assert discussing.write(claim, by=claim.logged_by, text=text).mentioned == names


def test_who_is_mentioned_is_told_once_and_only_of_new_mentions(claim):
    ada, ed = make.reviewer(username="ada"), make.editor(username="ed")
    notifying.notify()

    note = discussing.write(claim, by=claim.logged_by, text="@ada?")
    notifying.notify()
    discussing.change(note, by=claim.logged_by, text="@ada and @ed?")
    notifying.notify()

    told = Notification.objects.order_by("pk").values_list("person", "event", "entry__chain")
    chain = f"discussionnote {note.pk}"
    assert list(told) == [(ada.pk, "mentioned", chain), (ed.pk, "mentioned", chain)]


def test_a_mention_of_somebody_who_may_not_see_the_claim_is_refused(claim):
    make.reviewer(username="ada")
    make.reviewer(username="gone", is_active=False)
    with refused("no_account", "text"):
        discussing.write(claim, by=claim.logged_by, text="@gone?")

    restricting.name(claim, claim.logged_by, by=claim.logged_by)

    with refused("sees_no_claim", "text"):
        discussing.write(claim, by=claim.logged_by, text="@ada?")
    assert not DiscussionNote.objects.exists()


def test_who_may_still_review_reads_no_note_that_others_write_meanwhile(claim):
    first, second, viewer = make.reviewer(), make.reviewer(), make.viewer()
    discussing.write(claim, by=claim.logged_by, text="before")
    review(send(claim), first)
    discussing.write(claim, by=first, text="after")
    discussing.write(claim, by=second, text="own")

    assert read_by(second) == ["before", "own"]
    assert [read_by(each) for each in (claim.logged_by, viewer)] == [["before"], ["before"]]
    assert read_by(first) == ["before", "after", "own"]
    review(claim, second)
    assert read_by(second) == ["before", "after", "own"]


def test_before_the_first_review_who_does_not_review_reads_all(claim):
    editor = make.editor()
    send(claim)
    discussing.write(claim, by=editor, text="A date is missing.")

    assert read_by(claim.logged_by) == ["A date is missing."]
    assert read_by(make.reviewer()) == []
    assert read_by(make.editor()) == []


def test_an_editor_reads_notes_once_there_are_enough_reviews_and_everybody_after_the_verdict(claim):
    editor, people = make.editor(), [make.reviewer(), make.reviewer()]
    item = make.confirmed_evidence(claim)
    send(claim)
    discussing.write(claim, by=people[0], text="meanwhile")
    readers = [read_by(editor)]
    for person in people:
        review(claim, person)
    readers.append(read_by(editor))
    reviewing.decide(claim, Finding(Rating.REFUTED, "No."), by=editor, cited=[item])

    assert readers == [[], ["meanwhile"]]
    assert [read_by(each) for each in (make.reviewer(), make.viewer())] == [["meanwhile"]] * 2


def test_notes_of_a_round_that_was_sent_back_stay_closed_until_a_verdict(claim):
    editor, first = make.editor(), make.reviewer()
    review(send(claim), first)
    discussing.write(claim, by=first, text="meanwhile")

    reviewing.send_back(claim, by=editor, reason="Who says it?")

    assert [read_by(each) for each in (editor, make.reviewer(), claim.logged_by)] == [[], [], []]


def test_who_knows_a_finding_tells_it_to_nobody_after_the_claim_was_sent_back(claim):
    editor, first, other = make.editor(), make.reviewer(), make.reviewer()
    review(send(claim), first)
    reviewing.send_back(claim, by=editor, reason="Who says it?")
    discussing.write(claim, by=first, text="I had found it false.")
    discussing.write(claim, by=claim.logged_by, text="The paper says it.")
    everybody = (editor, other, claim.logged_by, make.viewer())

    assert [read_by(each) for each in everybody] == [["The paper says it."]] * 4
    review(send(claim), other)
    assert read_by(other) == ["I had found it false.", "The paper says it."]


def test_a_removal_is_seen_by_everybody_at_once(claim):
    note = discussing.write(claim, by=claim.logged_by, text="A name.")
    send(claim)

    discussing.remove(note, by=claim.logged_by)

    assert DiscussionNote.objects.readable_by(make.reviewer()).filter(is_removal=True).exists()


def test_a_mention_that_its_person_could_not_read_is_refused(claim):
    make.reviewer(username="ada")
    assert send(claim).status == Status.IN_REVIEW

    with refused("blind", "text"):
        discussing.write(claim, by=claim.logged_by, text="@ada, it is false.")
