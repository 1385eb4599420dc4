import pytest

from claims.models import RatingLabel, RatingScale
from claims.models.vocabulary import Rating
from claims.publishing import rating_scales
from claims.publishing.rating_scales import Label
from tests import make, published
from workbench.desk.models import LogEntry
from workbench.desk.refusal import Refusal
from workbench.desk.roles import NotPermitted

pytestmark = pytest.mark.django_db

LABELS = {rating: Label(f"Desk: {rating.label}", number) for number, rating in enumerate(Rating)}


def in_use():
    return [(scale.name, scale.version) for scale in RatingScale.objects.filter(in_use=True)]


def test_a_scale_is_saved_with_a_label_for_each_rating_and_put_in_use():
    edith = make.editor()

    scale = rating_scales.save_scale("  Our   scale ", "en", LABELS, by=edith)

    assert (scale.name, scale.version, scale.in_use, scale.made_by) == ("Our scale", 1, True, edith)
    assert {row.rating: (row.label, row.value) for row in scale.labels.all()} == {
        rating.value: (label.label, label.value) for rating, label in LABELS.items()
    }
    assert list(LogEntry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "saved a rating scale",
        "put a rating scale in use",
    ]


def test_a_changed_scale_is_its_next_version_and_the_one_before_stays():
    edith = make.editor()
    first = rating_scales.save_scale("Our scale", "en", LABELS, by=edith)

    second = rating_scales.save_scale("Our scale", "en", LABELS | {Rating.REFUTED: Label("False", 0)}, by=edith)

    assert (second.version, in_use()) == (2, [("Our scale", 2)])
    assert first.labels.get(rating=Rating.REFUTED).label == "Desk: Refuted"


def test_the_same_labels_make_no_new_version():
    edith = make.editor()
    first = rating_scales.save_scale("Our scale", "en", LABELS, by=edith)

    assert rating_scales.save_scale("Our scale", "en", dict(LABELS), by=edith) == first


def test_one_scale_is_in_use_in_each_language_and_none_is_fine_too():
    edith = make.editor()
    english = rating_scales.save_scale("Our scale", "en", LABELS, by=edith)
    rating_scales.save_scale("Notre échelle", "fr", LABELS, by=edith)
    rating_scales.save_scale("Another", "en", LABELS, by=edith)

    assert sorted(in_use()) == [("Another", 1), ("Notre échelle", 1)]

    rating_scales.use_scale(english, by=edith)
    rating_scales.stop_using(english, by=edith)

    assert in_use() == [("Notre échelle", 1)]


def test_a_published_report_keeps_the_names_of_its_day():
    edith = make.editor()
    rating_scales.save_scale("Our scale", "en", LABELS, by=edith)
    report = published.report()
    content = report.content

    rating_scales.save_scale("Our scale", "en", LABELS | {rating: Label("Other") for rating in Rating}, by=edith)

    report.refresh_from_db()
    assert report.content == content
    assert '"name": "Our scale"' in content
    assert "Desk: " in content


@pytest.mark.parametrize(
    ("name", "language", "labels", "code", "field"),
    [
        ("  ", "en", LABELS, "empty", "name"),
        ("x" * 81, "en", LABELS, "too_long", "name"),
        ("Our\0s", "en", LABELS, "null_character", "name"),
        ("Ours", "tr", LABELS, "unknown_language", "language"),
        ("Ours", "en", {}, "missing_label", "label_supported"),
        ("Ours", "en", LABELS | {Rating.REFUTED: Label("  ")}, "missing_label", "label_refuted"),
        ("Ours", "en", LABELS | {Rating.REFUTED: Label("x" * 81)}, "too_long", "label_refuted"),
        ("Ours", "en", LABELS | {Rating.REFUTED: Label("Fal\0se")}, "null_character", "label_refuted"),
        ("Ours", "en", LABELS | {Rating.REFUTED: Label("False", 101)}, "bad_value", "value_refuted"),
    ],
)
def test_a_scale_that_cannot_be_used_is_refused_with_the_field(name, language, labels, code, field):
    with pytest.raises(Refusal) as refused:
        rating_scales.save_scale(name, language, labels, by=make.editor())

    assert (refused.value.code, refused.value.field) == (code, field)
    assert not RatingLabel.objects.exists()


def test_only_editors_keep_scales():
    with pytest.raises(NotPermitted):
        rating_scales.save_scale("Ours", "en", LABELS, by=make.reviewer())


def test_an_arabic_name_is_taken_as_it_is():
    labels = LABELS | {Rating.REFUTED: Label("خطأ", 1)}

    scale = rating_scales.save_scale("مقياسنا", "en", labels, by=make.editor())

    assert scale.labels.get(rating=Rating.REFUTED).label == "خطأ"
