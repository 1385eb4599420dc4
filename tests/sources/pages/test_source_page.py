import pytest

from tests import make

pytestmark = pytest.mark.django_db


def test_ratings_come_a_page_at_a_time_the_newest_first(client):
    source, editor = make.source(), make.editor()
    for number in range(45):
        make.standing(source, reason=f"Reason {number:02}", stated_by=editor)
    client.force_login(editor)

    first = client.get(source.get_absolute_url()).content.decode()
    last = client.get(source.get_absolute_url(), {"standings": "last"}).content.decode()

    assert ["Reason 44" in first, "Reason 25" in first, "Reason 24" in first] == [True, True, False]
    assert ["Reason 19" in last, "Reason 20" in last] == [True, False]
    assert "?standings=last#standings" in first


def test_what_came_of_looking_for_feeds_is_told(client):
    source = make.source()
    make.discovery(source, "https://a.example/", trouble="It broke.")
    make.discovery(source, "https://b.example/", looked_at=make.MONDAY)
    make.discovery(source, "https://c.example/")
    client.force_login(make.viewer())

    looks = [badge.label for badge in client.get(source.get_absolute_url()).context["looks"]]

    assert looks[0] == "https://a.example/ – It broke."
    assert looks[1].startswith("Looked for feeds on https://b.example/ ")
    assert looks[2] == "Looking for feeds on https://c.example/."
