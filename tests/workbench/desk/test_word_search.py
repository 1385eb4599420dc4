import pytest
from django.db import ProgrammingError, transaction

from claims.models import Claim, Wording
from sources.models import Document, Search
from tests import databases, make
from workbench.desk import word_search
from workbench.desk.models import LogEntry
from workbench.desk.word_search import MOST_ASKED, WordsField, fields_of, fill_stored, found, question

pytestmark = pytest.mark.django_db

HOSTILE = [
    *["'; DROP TABLE x; --", "a & | ! ( ) :*", "'a':*", "\\'", '"" \\ %s %(a)s {}', "\0", "\u202e\u200f", "…"],
    *["w " * 40, " ".join(f"w{number}" for number in range(5_000)), "x" * 100_000, "(" * 5_000, "é\u0301" * 999],
]


def claims(words):
    return list(Claim.objects.search(words))


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("L’armée a déclaré l’état d’urgence à Évreux.", "fr", ["ARMEE", "l'armée", "evreux declare", "état d'urg"]),
        ("Işıklar İzmir’de söndü, ŞIRNAK’ta da.", "tr", ["ışıklar", "isiklar", "IZMIR", "izmir", "Şırnak", "sirnak"]),
        ("أعلنت الحكومة الهجوم على المَدِينَة", "ar", ["هجوم", "الهجوم", "للهجوم", "اعلنت", "المدينة", "مدينه", "حكوم"]),
        ("Gaza’da ٣٤ kişi öldü", "tr", ["34", "٣٤ gaza", "kisi"]),
    ],
)
def test_words_are_folded_in_the_index_as_in_the_question(text, language, words):
    claim = make.claim(text, language=language)
    make.claim("Nothing of the kind.")

    assert [claims(each) for each in words] == [[claim]] * len(words)


def test_all_words_must_be_there_and_each_may_go_on():
    both = make.claim("The bridge at Arvel was closed.")
    make.claim("The bridge was closed.")

    assert claims("bridg arv") == [both]
    assert claims("ridge") == []


def test_short_words_but_the_last_are_whole_words():
    claim = make.claim("It is an island.")

    assert (claims("is an"), claims("i an"), claims("an i")) == ([claim], [], [claim])


@pytest.mark.parametrize("words", HOSTILE)
def test_any_text_can_be_searched_for(words):
    make.claim("Fire.")

    assert claims(words) == []


def test_of_a_long_question_the_first_words_count():
    claim = make.claim(" ".join("abcdefghijkl"))

    assert claims(" ".join("abcdefghijkl") + " missing") == [claim]
    assert question(" ".join(f"w{number}" for number in range(99))).count("&") == MOST_ASKED - 1


@pytest.mark.parametrize("few", [word_search.FEW, 0])
def test_rows_are_found_by_their_keys_or_one_by_one_each_once(few, monkeypatch):
    monkeypatch.setattr(word_search, "FEW", few)
    claim = make.claim("The bridge at Arvel was closed.")
    make.wording(claim, text="Arvel: le pont est fermé")
    make.wording(claim, text="Arvel: köprü kapalı")
    make.claim("Another.")

    assert (claims("arvel"), claims("pont"), claims("arvel closed")) == ([claim], [claim], [claim])


def test_words_are_saved_with_the_columns_that_they_come_from():
    document = make.document("https://a.example/", title="Before")
    document.title = "Après"
    document.save(update_fields=["title"])

    assert list(Document.objects.search("apres")) == [document]
    assert list(Document.objects.search("before")) == []


def test_words_are_saved_by_an_update_of_many_rows():
    documents = [make.document(title="Before") for _ in range(3)]

    Document.objects.filter(title="Before").update(title="Après")

    assert set(Document.objects.search("apres")) == set(documents)


def test_the_column_is_never_loaded():
    make.claim()

    assert Claim.objects.get().word_index is None


def test_rows_stored_before_the_column_are_filled_though_nothing_may_change_them(monkeypatch):
    monkeypatch.setattr(word_search, "AT_ONCE", 2)
    entry = make.log_entry()
    searches = [make.search(f"Arvel {number}") for number in range(5)]
    with databases.unbound() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE workbench_logentry DISABLE TRIGGER USER")
        cursor.execute("UPDATE workbench_logentry SET word_index = NULL")
        cursor.execute("UPDATE sources_search SET word_index = NULL")
        cursor.execute("ALTER TABLE workbench_logentry ENABLE TRIGGER USER")
    assert list(Search.objects.search("arvel")) == []

    with databases.unbound():  # as a migration
        for model in (LogEntry, Search):
            fill_stored(model)

    assert set(Search.objects.search("arvel")) == set(searches)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        LogEntry.objects.update(verb="other")
    assert entry in found(LogEntry.objects.all(), entry.actor_name, "word_index")


def test_a_table_says_which_of_its_columns_are_searched():
    assert [field.columns for field in fields_of(Wording)] == [("text",)]


def test_migrations_can_make_the_field():
    name, path, arguments, options = WordsField("title", "url").deconstruct()

    assert (name, path, arguments, options) == (None, "workbench.desk.word_search.WordsField", ["title", "url"], {})
