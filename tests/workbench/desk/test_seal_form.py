import pytest

from tests import make, published
from workbench.desk.models import Seal
from workbench.desk.seal_form import canonical, digest
from workbench.desk.seal_registry import sealed

pytestmark = pytest.mark.django_db


def everything():
    """Rows of many kinds, with all kinds of values: other scripts, line ends, JSON, numbers, times and bytes."""
    published.report("A “claim”\nwith\ttabs, \\ and \x7f: جسر أرفيل 🌉")
    make.host_policy(note="Slow.")
    make.feed()
    make.stamp()
    make.rendering()
    make.page_ruling()
    make.attempt(took=None, signals=[{"bb": 0.25, "a": [1, None, True, "é\n"]}, 1e-7])
    make.text_removal()


def test_python_computes_what_the_database_has_sealed():
    everything()
    newest = {(seal.model, seal.key): seal for seal in Seal.objects.order_by("pk")}
    compared = set()

    for name, (model, rule) in sealed().items():
        for row in [] if rule.group else model._default_manager.all():
            assert bytes(newest[name, row.pk].sha256) == digest(canonical(row, rule.number, rule.columns)), row
            compared.add(name)

    assert len(compared) > 25


def test_rows_of_a_group_are_sealed_together():
    reading = make.reading("One sentence.", "Another sentence.")
    _model, rule = sealed()["passage"]

    texts = [canonical(row, rule.number, rule.columns) for row in reading.passages.order_by("pk")]

    newest = Seal.objects.filter(model="passage", key=reading.pk).order_by("-pk")[0]
    assert bytes(newest.sha256) == digest("\n".join(texts))
