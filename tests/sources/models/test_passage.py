"""Passages with the same words: the first that were gathered, found by an index."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sources.models import Passage
from tests import make

pytestmark = pytest.mark.django_db
ARABIC = "أغلق الجسر يوم الاثنين."


def keys(passages):
    return {passage.pk for passage in passages}


@pytest.mark.parametrize("text", ["The bridge was closed.", ARABIC, "İstanbul’da köprü kapandı."])
def test_the_first_copies_of_a_text_are_given_whichever_was_asked_about(text):
    copies = [make.passage(text) for _outlet in range(5)]
    make.passage("Another text.")

    assert Passage.objects.first_copies([copies[4].pk], 3) == keys(copies[:3])
    assert Passage.objects.first_copies([copies[0].pk], 9) == keys(copies)
    assert Passage.objects.first_copies([], 3) == set()


def test_copies_that_no_search_may_give_leave_their_places_to_others():
    left_out, own, *others = (make.passage(ARABIC) for _outlet in range(5))
    type(left_out.reading).objects.filter(pk=left_out.reading_id).update(is_left_out=True)

    found = Passage.objects.first_copies([others[2].pk], 2, without=[own.reading.capture.document_id])

    assert found == keys(others[:2])


def test_an_article_gives_one_copy_however_often_and_wherever_it_was_read():
    first = make.passage(ARABIC)
    document = first.reading.capture.document
    for _visit in range(13):
        make.passage(ARABIC, capture_=make.capture(document))
    again = make.passage(ARABIC)
    type(document).objects.filter(pk=again.reading.capture.document_id).update(same_as=document)
    others = [make.passage(ARABIC) for _outlet in range(2)]

    assert Passage.objects.first_copies([others[1].pk], 9) == keys([first, *others])


def test_a_file_that_was_brought_is_no_copy():
    brought, page = (make.passage(ARABIC) for _each in range(2))
    type(brought.reading.capture.document).objects.filter(pk=brought.reading.capture.document_id).update(
        url="brought:1"
    )

    assert Passage.objects.first_copies([brought.pk], 9) == keys([page])


def test_several_texts_are_looked_up_together_by_an_index(django_assert_num_queries):
    make.reading(*(f"Sentence {number} of a long text." for number in range(300)))  # of fewer, any plan may be the best
    first, second = ([make.passage(text) for _outlet in range(3)] for text in ("One text.", ARABIC))

    with django_assert_num_queries(2), CaptureQueriesContext(connection) as asked:
        found = Passage.objects.first_copies([first[2].pk, second[2].pk], 2)

    assert found == keys([*first[:2], *second[:2]])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE sources_document, sources_capture, sources_reading, sources_passage")
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL join_collapse_limit = 1")  # so few articles are as quickly read from their documents
        cursor.execute(f"EXPLAIN {asked[0]['sql']}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Index Only Scan using passage_words" in plan or "Index Scan using passage_words" in plan
