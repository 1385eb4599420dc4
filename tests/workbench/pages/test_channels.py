import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import make
from workbench.desk.channels import Channel, ChannelMessage

pytestmark = pytest.mark.django_db

FORM = {"name": "Room", "kind": "webhook", "address": "https://chat.example/hook", "language": "fr", "is_on": "on"}


def test_an_administrator_adds_a_channel_sees_its_secret_once_and_sends_a_test(client):
    client.force_login(make.admin())

    made = client.post(reverse("add_channel"), FORM | {"events": ["logged", "verdict"]})
    channel = Channel.objects.get()
    page = reverse("change_channel", args=[channel.pk])
    tested = client.post(reverse("test_channel", args=[channel.pk]), follow=True)

    assert "whsec_" in made.content.decode()
    assert made["Cache-Control"] == "no-store"
    assert (channel.host, channel.events) == ("chat.example", ["logged", "verdict"])
    text = tested.content.decode()
    assert ["A test message" in text, "whsec_" in text, "/hook" in text] == [True, False, False]
    assert ChannelMessage.objects.get().channel == channel
    client.post(page, {"name": "Other room", "language": "en"})
    channel.refresh_from_db()
    assert (channel.name, channel.is_on, channel.host) == ("Other room", False, "chat.example")
    assert "Other room" in client.get(reverse("channels")).content.decode()


def test_a_wrong_address_is_told_at_its_field(client):
    client.force_login(make.admin())

    page = client.post(reverse("add_channel"), FORM | {"address": "https://10.0.0.1/hook"})

    assert page.status_code == 422
    assert "address" in page.context["form"].errors


def test_nobody_but_administrators_sets_channels(client):
    client.force_login(make.editor())
    pages = [reverse("channels"), reverse("add_channel"), reverse("change_channel", args=[make.channel().pk])]

    assert [client.get(page).status_code for page in pages] == [403] * 3


def test_the_list_asks_a_constant_number_of_questions(client):
    client.force_login(make.admin())
    numbers = []
    for more in (1, 29):
        for _each in range(more):
            make.channel()
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("channels"))
        numbers.append(len(asked))

    assert numbers[0] == numbers[1]


@pytest.mark.parametrize("column", ["locked_address", "locked_secret"])
def test_an_address_or_a_secret_that_was_replaced_meanwhile_is_not_replaced_unseen(client, column):
    client.force_login(make.admin())
    channel = make.channel(kind="webhook", locked_secret="old")
    page = reverse("change_channel", args=[channel.pk])
    opened = client.get(page).context["form"]["opened"].value()
    Channel.objects.filter(pk=channel.pk).update(**{column: "gAAAA-locked", "host": "other.example"})

    answer = client.post(page, {"name": channel.name, "language": "en", "is_on": "on", "opened": opened})

    form = answer.context["form"]
    assert (answer.status_code, form.is_overtaken) == (422, True)
    assert form.stands_now == [(form.fields["address"].label, "other.example")] * (column == "locked_address")
    assert "gAAAA-locked" not in answer.content.decode()
