import pytest

from sources.models import MarkedPlace, Passage, Reading
from sources.reading import marking
from tests import make
from tests.refusing import refused
from workbench.desk.roles import NotPermitted

pytestmark = pytest.mark.django_db

NOTE = "The pylon stands without its northern cable."
BOX = {"left": 100, "top": 200, "width": 300, "height": 400}


def test_a_region_is_a_passage_whose_text_is_the_note():
    capture = make.capture()

    passage = marking.mark_region(capture, by=make.reporter(), note=f" {NOTE}\n", **BOX)

    assert (passage.exact, passage.reading.text[passage.start : passage.end]) == (NOTE, NOTE)
    assert passage.reading.capture == capture
    assert passage.marked.region == (100, 200, 300, 400)
    assert (passage.marked.label, passage.marked.fragment) == ("marked region", "xywh=percent:10,20,30,40")
    assert Passage.objects.search("pylon", "en").filter(pk=passage.pk).exists()


def test_a_time_range_names_its_times_and_several_places_can_be_marked():
    capture, person = make.capture(), make.reporter()

    first = marking.mark_time(capture, by=person, note=NOTE, begins="1:02", ends="70")
    moment = marking.mark_time(capture, by=person, note=NOTE, begins="5.25", ends="5.25")

    assert (first.marked.label, first.marked.fragment) == ("0:01:02–0:01:10", "t=62,70")
    assert moment.marked.label == "0:00:05.25"
    assert all(each.is_note for each in Reading.objects.filter(capture=capture))


@pytest.mark.parametrize("box", [{**BOX, "width": 901}, {**BOX, "height": 0}, {**BOX, "left": -1}])
def test_a_region_lies_within_the_picture(box):
    with refused("outside", "left"):
        marking.mark_region(make.capture(), by=make.reporter(), note=NOTE, **box)


def test_a_note_is_needed_and_the_end_comes_after_the_beginning():
    with refused("empty", "note"):
        marking.mark_region(make.capture(), by=make.reporter(), note=" \n", **BOX)
    with refused("too_long", "note"):
        marking.mark_region(make.capture(), by=make.reporter(), note="x" * 2001, **BOX)
    with refused("order", "ends"):
        marking.mark_time(make.capture(), by=make.reporter(), note=NOTE, begins="9", ends="8")
    with refused("no_time", "begins"):
        marking.mark_time(make.capture(), by=make.reporter(), note=NOTE, begins="soon", ends="8")


def test_who_only_reads_marks_nothing():
    with pytest.raises(NotPermitted):
        marking.mark_region(make.capture(), by=make.viewer(), note=NOTE, **BOX)
    assert not MarkedPlace.objects.exists()
