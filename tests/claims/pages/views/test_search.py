import pytest
from django.urls import reverse

from sources.models.vocabulary import Engine
from tests import make
from tests.refusing import codes

pytestmark = pytest.mark.django_db


def put(client, claim, **given):
    return client.post(reverse("claims:put_search", args=[claim.pk]), given)


def test_a_search_in_ones_own_words_is_put(client):
    claim = make.claim()
    client.force_login(make.reporter())

    answer = put(client, claim, words="كمين هرمسك", language="ar")

    assert answer.url == f"{claim.get_absolute_url()}#searches"
    assert claim.searches.get().words == "كمين هرمسك"


@pytest.mark.parametrize("words", ["", "   ", "a\0b", "x" * 401])
def test_what_cannot_be_searched_for_comes_back_with_the_reason(client, words):
    claim = make.claim()
    client.force_login(make.reporter())

    answer = put(client, claim, words=words)

    assert answer.status_code == 422
    assert answer.context["search_form"].errors
    assert not claim.searches.exists()


def test_a_search_put_already_comes_back_as_it_was_written(client):
    claim = make.claim()
    client.force_login(make.reporter())
    put(client, claim, words="Arvel")

    answer = put(client, claim, words="Arvel")

    assert codes(answer.context["search_form"]) == {"words": ["already_run"]}
    assert 'value="Arvel"' in answer.content.decode()
    assert claim.searches.count() == 1


def test_a_viewer_puts_no_search(client):
    claim = make.claim()
    client.force_login(make.viewer())

    assert put(client, claim, words="Arvel").status_code == 403
    page = client.get(claim.get_absolute_url()).content.decode()
    assert reverse("claims:put_search", args=[claim.pk]) not in page


def test_the_words_of_an_earlier_search_come_back_to_be_edited(client):
    make.provider_setting("gdelt")
    claim = make.claim()
    claim.searches.add(make.answered_search('(Arvel OR "جسر أرفيل") 12', engine="gdelt", language="fr"))
    client.force_login(make.reporter())
    page = client.get(claim.get_absolute_url()).content.decode()
    [link] = [part.split('"')[0] for part in page.split('href="') if "/search/?words=" in part]

    form = client.get(link.replace("&amp;", "&")).context["search_form"]

    assert (form["words"].value(), form["engine"].value(), form["language"].value()) == (
        '(Arvel OR "جسر أرفيل") 12', "gdelt", "fr",
    )  # fmt: skip


def test_the_form_says_why_a_provider_is_not_offered_or_does_not_answer(client):
    claim = make.claim()
    client.force_login(make.reporter())
    address = reverse("claims:put_search", args=[claim.pk])
    alone = client.get(address).content.decode()
    make.provider_setting(Engine.SEARXNG, trouble="The provider sent no JSON.")
    make.provider_setting(Engine.GDELT, is_on=False)
    make.provider_setting(Engine.BRAVE)

    page = client.get(address)

    assert "no search provider is in use" in alone
    assert "no search provider is in use" not in page.content.decode()
    assert page.context["search_form"].limits == [
        "GDELT DOC: The desk has switched this provider off.",
        "SearXNG: The provider sent no JSON.",
    ]
    choices = [engine for engine, _label in page.context["search_form"].fields["engine"].choices]
    assert choices == [Engine.GATHERED, Engine.BRAVE, Engine.SEARXNG]
