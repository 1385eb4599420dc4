import ast

import pytest
from django.utils import translation

from tests.places import ROOT
from workbench.desk import declarations
from workbench.pages.templatetags.log_words import act, fact, row, told

VERBS = {"DeskVerb", "SourceVerb", "ClaimVerb"}


def attributes(*names, without=()):
    """Return where the code of the product names an attribute of these: the call of it, or itself, and its name."""
    for path in (path for app in ("workbench", "sources", "claims") for path in sorted((ROOT / app).rglob("*.py"))):
        text = path.read_text()
        if path.name in without or not any(f"{name}." in text for name in names):
            continue
        for node in ast.walk(ast.parse(text)):
            of = node.func if isinstance(node, ast.Call) else node
            if isinstance(of, ast.Attribute) and isinstance(of.value, ast.Name) and of.value.id in names:
                yield node, of.attr


# What nobody does any more, and the log of an older desk still tells.
OF_EARLIER_VERSIONS = {"SET_PASSWORD", "REMOVED_PASSWORD"}


def test_every_verb_of_the_log_is_used_and_every_verb_used_is_declared():
    used = {name for _node, name in attributes(*VERBS, without={"vocabulary.py", "log_check.py"})}

    assert used == {verb.name for verb in declarations.verbs().values()} - OF_EARLIER_VERSIONS


def test_every_fact_of_the_log_has_a_name_in_another_language():
    calls = [node for node, name in attributes("audit") if name == "record" and isinstance(node, ast.Call)]

    noted = {keyword.arg for call in calls for keyword in call.keywords if keyword.arg} - {"chain"}
    assert len(calls) > 50
    assert noted <= set(declarations.log_facts())


@pytest.mark.parametrize("tell", [act, fact, row, told])
def test_what_is_not_known_stays_as_it_was_noted(tell):
    with translation.override("fr"):
        assert tell("was baptized") == "was baptized"


def test_the_log_is_told_in_the_language_of_the_page():
    with translation.override("fr"):
        said = [act("froze a report"), fact("before"), row("claim 12")]

    assert said == ["a publié un rapport", "avant", "affirmation 12"]


@pytest.mark.parametrize(
    ("left", "shown"),
    [
        ("", ""),
        (None, ""),
        ("Too slow", "Trop lent"),
        ("The server answered with HTTP status 503.", "Le serveur a répondu avec le statut HTTP 503."),
        ("The site took too long to answer. (read)", "Le site a mis trop de temps à répondre. (read)"),
        ("This address returned nothing.", "Cette adresse n’a rien renvoyé."),
        ("ValueError: 100%(s) of %d", "ValueError: 100%(s) of %d"),
    ],
)
def test_what_a_worker_left_in_english_is_told_in_the_language_of_the_page(left, shown):
    with translation.override("fr"):
        assert told(left) == shown
