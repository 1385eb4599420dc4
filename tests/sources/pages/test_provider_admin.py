import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from sources.models import ProviderSetting, SiteSearch
from sources.models.vocabulary import Engine
from tests import make

pytestmark = pytest.mark.django_db
KEY = "s3cret-key"


def test_an_administrator_enters_a_key_that_no_page_shows_again(client):
    client.force_login(make.admin())
    sent = {"engine": "brave", "is_on": "on", "key": KEY, "daily_quota": "100", "cost": "0.005", "daily_budget": "1"}

    answer = client.post(reverse("admin:sources_providersetting_add"), sent)

    setting = ProviderSetting.objects.get()
    assert (answer.status_code, setting.is_on, setting.has_key, setting.daily_quota) == (302, True, True, 100)
    page = client.get(reverse("admin:sources_providersetting_change", args=[setting.pk])).content.decode()
    listed = client.get(reverse("admin:sources_providersetting_changelist")).content.decode()
    assert KEY not in page + listed
    assert setting.locked_key not in page + listed
    assert "Needs a key" in page


def test_a_provider_is_changed_by_the_same_form_and_keeps_its_key(client):
    client.force_login(make.admin())
    client.post(
        reverse("admin:sources_providersetting_add"), {"engine": "brave", "is_on": "on", "key": KEY, "cost": "0"}
    )
    setting = ProviderSetting.objects.get()

    sent = {"address": setting.address, "scope": "", "daily_quota": "5", "cost": "0"}
    client.post(reverse("admin:sources_providersetting_change", args=[setting.pk]), sent)

    setting.refresh_from_db()
    assert (setting.is_on, setting.has_key, setting.daily_quota, setting.engine) == (False, True, 5, Engine.BRAVE)


def test_a_refusal_is_shown_at_its_field(client):
    client.force_login(make.admin())

    answer = client.post(reverse("admin:sources_providersetting_add"), {"engine": "brave", "is_on": "on", "cost": "0"})

    assert "This provider needs a key." in answer.content.decode()
    assert not ProviderSetting.objects.exists()


def test_after_saving_the_page_waits_for_the_answer_and_then_says_what_it_was(client):
    client.force_login(make.admin())
    sent = {"engine": "searxng", "is_on": "on", "address": "http://127.0.0.1:9/", "cost": "0"}

    saved = client.post(reverse("admin:sources_providersetting_add"), sent)
    waiting = client.get(saved.headers["Location"]).content.decode()
    setting = ProviderSetting.objects.get()
    make.provider_request(setting, outcome="failed", reason="The connection failed.")
    ProviderSetting.objects.update(due_at=None, trouble="The connection failed.")
    page = BeautifulSoup(client.get(saved.headers["Location"]).content, "lxml")

    assert 'http-equiv="refresh"' in waiting
    assert page.select_one("meta[http-equiv=refresh]") is None
    assert "no answer" in page.select_one("p[role=status]").text
    assert "The connection failed." in page.select_one(".field-address .errorlist").text


def test_the_list_is_called_by_its_records(client):
    client.force_login(make.admin())

    page = client.get(reverse("admin:sources_providersetting_changelist"))

    assert page.context["title"] == "Search providers"


def test_an_editor_may_look_and_not_change(client):
    setting = make.provider_setting()
    make.provider_request(setting, reason="refused <b>")
    client.force_login(make.editor())

    assert client.get(reverse("admin:sources_providersetting_add")).status_code == 403
    assert client.get(reverse("admin:sources_providersetting_change", args=[setting.pk])).status_code == 200
    assert "refused &lt;b&gt;" in client.get(reverse("admin:sources_providerrequest_changelist")).content.decode()


def test_how_a_site_is_searched_is_set_in_the_admin(client):
    client.force_login(make.editor())
    sent = {"source": make.source().pk, "address": "https://courier.example/?s={words}&feed=rss2"}

    client.post(reverse("admin:sources_sitesearch_add"), sent)

    assert SiteSearch.objects.get().address == sent["address"]
