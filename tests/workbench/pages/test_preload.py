from django.template import engines
from django.template.loader import get_template

from workbench.pages import preload


def test_templates_of_all_apps_and_of_the_administration_are_ready_before_the_first_page():
    engine = engines["django"].engine
    engine.template_loaders[0].reset()

    preload.load()
    kept = set(engine.template_loaders[0].get_template_cache)

    assert {
        "claims/claim.html",
        "sources/document.html",
        "admin/change_list.html",
        "django/forms/widgets/input.html",
    } <= kept


def test_every_template_that_is_loaded_before_is_there():
    names = preload.templates()

    assert [get_template(name).template.name for name in names] == names
