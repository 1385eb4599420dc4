from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, transaction
from django.utils import timezone, translation

from claims.intake import recording
from claims.intake.recording import Proposition, Sighting
from claims.models import Decision
from claims.models.vocabulary import ClaimVerb
from claims.review import asking
from sources.models import Search, SearchHit
from sources.models.vocabulary import Engine, SourceKind, SourceVerb
from sources.registry import registering
from tests import databases, make
from workbench.desk import actor, audit, people, seal_check
from workbench.desk.models import LogEntry, User
from workbench.desk.roles import Role
from workbench.desk.sign_in import RoleBackend

pytestmark = pytest.mark.django_db

SLIPPED_IN = """INSERT INTO claims_question (claim_id, text, asked_by_id, asked_at)
    SELECT id, 'Who?', logged_by_id, now() FROM claims_claim"""
BELOW_ONE = SLIPPED_IN.replace("(claim_id", "(id, claim_id").replace("SELECT id", "SELECT -5, id")


def problems():
    return [fault.problem for batch in seal_check.batches() for fault in batch.faults]


def behind_the_rules(statement, *values):
    """Do what only the owner of the database can: switch all triggers off, and write."""
    with databases.unbound() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement, values)
        cursor.execute("SET LOCAL session_replication_role = origin")


@pytest.fixture
def claim():
    """A claim that was logged and asked about, on a desk where nothing waits for the log."""
    person = make.reviewer()
    made = recording.log_claim(Proposition("The bridge fell.", "en"), Sighting(quote="fell"), by=person)
    asking.ask(made, by=person, text="Which bridge?")
    registering.add_source("Le Courrier d’Arvel", SourceKind.OUTLET, by=person)
    audit.record(person, ClaimVerb.MOVED, made)  # an entry that seals nothing
    audit.bind_seals()
    return made


def test_rows_that_nobody_touched_hold(claim):
    assert (problems(), seal_check.waiting()) == ([], 0)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE claims_claim SET text = 'x', place = 'Arvel'", "claim 1: claim and place: not what was sealed on"),
        ("UPDATE claims_question SET asked_at = asked_at - interval '1 day'", "asked at: not what was sealed on"),
        ("DELETE FROM claims_question", "is missing: it was sealed on"),
        ("DELETE FROM workbench_seal WHERE model = 'question'", "has no seal"),
        ("UPDATE workbench_seal SET sha256 = '\\x00' WHERE model = 'question'", "differs from what was sealed on"),
        (SLIPPED_IN, "has no seal"),
        (BELOW_ONE, "question -5 has no seal"),
        ("UPDATE workbench_logentry SET form = 1 WHERE verb = 'asked a question'", "the seals of this entry were"),
        ("UPDATE workbench_logentry SET sealed_rows = 0 WHERE verb = 'asked a question'", "this entry sealed 0 rows"),
        ("DELETE FROM workbench_logentry WHERE verb = 'asked a question'", "was not made with the entry"),
        ("UPDATE workbench_user SET role = 'admin'", "role: not what was sealed on"),
    ],
)  # fmt: skip
def test_tampering_is_named_in_words(claim, statement, words):
    behind_the_rules(statement)

    found = " / ".join(problems())

    assert words.replace("claim 1", f"claim {claim.pk}") in found


def test_a_row_that_was_set_back_is_told_from_one_that_was_changed():
    person = make.admin()
    people.change_person(_with(person, last_name="Before"), by=person, changed=["last_name"])
    people.change_person(_with(person, last_name="After"), by=person, changed=["last_name"])

    behind_the_rules("UPDATE workbench_user SET last_name = 'Before' WHERE id = %s", person.pk)

    (problem,) = problems()
    assert "is as it was sealed on" in problem
    assert "and not as it was sealed last" in problem


def _with(person, **columns):
    for column, value in columns.items():
        setattr(person, column, value)
    return person


def test_a_removal_by_the_rules_is_sealed_and_a_row_put_back_is_seen():
    figure = make.figure()
    with databases.unbound() as cursor:
        cursor.execute("CREATE TEMP TABLE kept AS SELECT * FROM claims_figure")
    figure.delete()
    audit.record(figure.claim.logged_by, ClaimVerb.CORRECTED_CLAIM, figure.claim)
    removed = problems()

    behind_the_rules("INSERT INTO claims_figure SELECT * FROM kept")

    assert not [problem for problem in removed if "figure" in problem]
    assert [problem for problem in problems() if "is there, but its removal was sealed" in problem]


def test_a_verdict_that_was_written_outside_every_act_is_named(claim):
    make.decision(claim)
    audit.bind_seals()

    found = [problem for problem in problems() if "outside every act" in problem]

    assert [problem for problem in found if problem.startswith(f"verdict {Decision.objects.get().pk} ")]


def test_a_time_or_a_person_that_the_log_does_not_have_is_named(claim):
    with databases.unbound() as cursor:
        cursor.execute(SLIPPED_IN.replace("now()", "now() - interval '1 year'"))
    audit.record(claim.logged_by, ClaimVerb.ASKED_QUESTION, claim)

    assert "the log has no act of that person at that time (asked at" in problems()[0]


def guards_off(table):
    """Do what only the owner of a table can: switch off what refuses changes, but not what seals them."""
    with databases.unbound() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname LIKE 'pgtrigger%%'", [table]
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} DISABLE TRIGGER "{name}"')


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE claims_question SET text = 'Which one?'", "although nobody may change that"),
        ("DELETE FROM claims_question", "although nobody may remove it"),
        ("UPDATE claims_claim SET logged_at = logged_at - interval '1 minute'", "although nobody may change that"),
        ("UPDATE claims_wording SET text = 'x'", "although nobody may change that"),
    ],
)  # fmt: skip
def test_a_frozen_row_that_was_changed_and_sealed_anew_in_an_act_is_named(claim, statement, words):
    recording.add_wording(claim, by=claim.logged_by, text="The pylon fell.", language="en", kind="variant")
    guards_off(statement.split()[1].replace("FROM", "claims_question"))
    with databases.unbound() as cursor:
        cursor.execute(statement)
    audit.record(claim.logged_by, ClaimVerb.ASKED_QUESTION, claim)

    (problem,) = problems()
    assert words in problem


@pytest.mark.parametrize("verb", [ClaimVerb.ASKED_QUESTION, ClaimVerb.MOVED])
def test_an_entry_of_the_machine_or_of_another_act_is_no_act_of_a_person(claim, verb):
    databases.run(SLIPPED_IN)
    audit.record(None if verb == ClaimVerb.ASKED_QUESTION else claim.logged_by, verb, claim)

    assert "outside every act" in problems()[0]


EXISTING = """INSERT INTO workbench_logentry (chain, seq, previous, hash, recorded_at, actor_name, verb, subject, facts)
    VALUES ('seals', 0, '', '', now(), 'machine', 'sealed existing rows', 'seals',
    '{"first_key": 1, "kind": "question", "last_key": 1000000}')"""


def test_only_the_owner_says_that_rows_were_there_before(claim):
    actor.speak_for(None)
    with pytest.raises(ProgrammingError, match="only the owner of the log"), transaction.atomic():
        databases.run(EXISTING)


@pytest.mark.parametrize("minutes", [0, 11])
def test_rows_that_were_there_before_are_only_those_from_before_the_first_act(claim, minutes):
    behind_the_rules("UPDATE workbench_seal SET at = at - make_interval(mins => %s) WHERE model = 'question'", minutes)
    with databases.unbound() as cursor:
        cursor.execute(SLIPPED_IN.replace("now()", "now() - interval '1 year'"))
        cursor.execute(EXISTING)

    assert any("outside every act" in problem for problem in problems()) == bool(minutes)


def test_a_seal_of_another_time_belongs_to_no_act_of_a_transaction_with_the_same_number(claim):
    behind_the_rules(
        "UPDATE workbench_seal SET entry_id = NULL, at = now() - interval '1 day' WHERE model = 'question'"
    )

    audit.record(claim.logged_by, ClaimVerb.MOVED, claim)

    assert seal_check.waiting() == 1


@pytest.mark.parametrize("change", [{"role": "admin"}, {"is_superuser": True}, {"is_active": False}, {"password": "x"}])
@pytest.mark.parametrize("verb", ["", ClaimVerb.MOVED])
def test_a_role_or_an_account_that_changed_without_its_act_is_named(claim, change, verb):
    User.objects.filter(pk=claim.logged_by_id).update(**change)
    if verb:
        audit.record(claim.logged_by, verb, claim)
    audit.bind_seals()

    (problem,) = problems()
    assert "without an act of the log that may change it" in problem


def searched(*documents):
    """A search that found documents, each a little later than the one before."""
    search = Search.objects.create(engine=Engine.GATHERED, words="bridge", found=1, answered_at=timezone.now())
    for rank, columns in enumerate(documents, 1):
        SearchHit.objects.create(search=search, document=make.document(**columns), rank=rank)
        audit.bind_seals()
    return search


NAMED = """INSERT INTO sources_sourcename (source_id, name, language, folded, word_index)
    SELECT id, 'B', 'en', 'b', '' FROM sources_source"""


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE sources_source SET name = 'The Better Courier'", "without an act of the log that may change it"),
        ("UPDATE sources_source SET added_at = added_at - interval '1 minute'", "although nobody may change that"),
        ("UPDATE sources_sourcedomain SET host = 'better.example'", "although nobody may change that"),
        ("DELETE FROM sources_sourcedomain", "although nobody may remove it"),
        (NAMED, "outside every act"),
        ("UPDATE sources_search SET words = 'nothing'", "although nobody may change that"),
        ("UPDATE sources_search SET found = 0", "although nobody may change that"),
        ("DELETE FROM sources_searchhit", "although nobody may remove it"),
        ("UPDATE sources_searchhit SET rank = 9", "although nobody may change that"),
    ],
)  # fmt: skip
def test_plain_sql_of_the_app_role_is_named(claim, statement, words):
    source = registering.add_source("Le Canal", SourceKind.OUTLET, by=claim.logged_by, hosts=["canal.example"])
    searched({"source": source})
    audit.bind_seals()

    databases.run(statement)
    audit.bind_seals()

    assert words in " / ".join(problems())


def test_a_text_that_changed_without_its_removal_is_named():
    reading = make.reading("The bridge was closed.")
    audit.bind_seals()
    guards_off("sources_reading")

    with databases.unbound() as cursor:
        cursor.execute("UPDATE sources_reading SET text = text || ' So they say.'")
    audit.record(None, SourceVerb.ADDED_NAME, make.source())

    assert f"extracted text {reading.pk} was changed" in " / ".join(problems())


@pytest.mark.parametrize("column", ["token", "authority", "certificates"])
def test_what_an_authority_said_comes_with_its_time(column):
    stamp = make.stamp()
    audit.bind_seals()

    type(stamp).objects.filter(pk=stamp.pk).update(**{column: b"x" if column == "token" else "x"})
    audit.bind_seals()
    alone = [problem for problem in problems() if "timestamp" in problem]
    other = make.stamp()
    type(other).objects.filter(pk=other.pk).update(token=b"x", stamped_at=timezone.now())
    audit.bind_seals()

    assert (len(alone), [problem for problem in problems() if "timestamp" in problem]) == (1, alone)


def test_hits_that_later_searches_find_are_no_tampering(claim):
    search = searched({}, {})
    search.found, search.answered_at = 2, timezone.now()
    search.save()
    audit.bind_seals()

    assert problems() == []


def test_words_are_in_the_language_of_the_reader(claim):
    behind_the_rules("UPDATE claims_claim SET place = 'Arvel'")

    with translation.override("fr"):
        assert "lieu" in problems()[0]


def test_a_check_goes_on_where_it_stopped(claim):
    behind_the_rules("UPDATE claims_claim SET place = 'Arvel'")
    places = [batch.place for batch in seal_check.batches()]

    rest = list(seal_check.batches(after=places[-2]))

    assert [batch.place for batch in rest][-1] == places[-1]
    assert not [fault for batch in rest for fault in batch.faults]
    with pytest.raises(ValueError, match="There is no place"):
        list(seal_check.batches(after="moon:3"))


def test_the_command_names_what_differs_and_says_how_many_hold(claim):
    out = StringIO()
    call_command("verify_log", stdout=out)

    behind_the_rules("UPDATE claims_question SET text = 'Which one?'")

    assert "rows are as they were sealed; 0 seals wait for the log." in out.getvalue()
    with pytest.raises(CommandError, match=r"claim \d+, entry \d+: question \d+: question: not what was sealed"):
        call_command("verify_log")
    with pytest.raises(CommandError, match="not what was sealed"):
        call_command("verify_claims")


def test_renames_roles_and_new_passwords_are_no_tampering(claim, settings):
    admin, person = make.admin(), claim.logged_by
    link = people.renew_password(person, by=admin)
    person = people.choose_password(person, link.token, "four words of a bridge")
    people.change_own_password(person, "four words of another bridge")
    person.username, person.role = "renamed", Role.EDITOR
    people.change_person(person, by=admin, changed=["username", "role"], waiver="The first editor.")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2SHA1PasswordHasher", *settings.PASSWORD_HASHERS]
    for _time in range(2):
        assert RoleBackend().authenticate(None, person.username, "four words of another bridge") == person
    audit.bind_seals()

    assert problems() == []
    assert LogEntry.objects.filter(verb="hashed a password again").count() == 1
