import pytest

from tests import published
from workbench.pages.earlier_addresses import moved


@pytest.mark.parametrize(
    ("earlier", "host", "path", "led_to"),
    [
        ("https://old.arvel", "old.arvel", "/reports/1/?a=b", "/reports/1/?a=b"),
        ("https://old.arvel", "OLD.arvel:443", "/", "/"),
        ("https://old.arvel", "old.arvel:8443", "/", None),
        ("http://old.arvel:8000", "old.arvel:8000", "/reports/1/", "/reports/1/"),
        ("https://old.arvel/checks", "old.arvel", "/checks/reports/1/", "/reports/1/"),
        ("https://old.arvel/checks", "old.arvel", "/checks", "/"),
        ("https://old.arvel/checks", "old.arvel", "/checksum/", None),
        ("https://desk.arvel/checks", "desk.arvel", "/checks/reports/1/", "/reports/1/"),
        ("https://desk.arvel", "desk.arvel", "/reports/1/", None),  # never to itself
        ("http://desk.arvel:8000", "desk.arvel:8000", "/reports/1/", "/reports/1/"),
        ("https://old.arvel", "desk.arvel", "/reports/1/", None),
        ("https://old.arvel", "[::1", "/", None),
        ("https://old.arvel", "", "/", None),
    ],
)
def test_a_request_to_an_earlier_address_is_led_to_the_same_page(settings, earlier, host, path, led_to):
    settings.EARLIER_URLS = [earlier]

    assert moved(host, path) == led_to


@pytest.mark.django_db
def test_a_report_answers_at_the_address_that_it_printed_after_the_desk_has_moved(settings, client):
    report = published.report()
    settings.DESK_URL, settings.EARLIER_URLS = "https://new.arvel", ["https://desk.arvel"]
    settings.ALLOWED_HOSTS = ["new.arvel"]

    answer = client.get(report.get_absolute_url(), HTTP_HOST="desk.arvel")

    assert (answer.status_code, answer["Location"]) == (301, f"https://new.arvel{report.get_absolute_url()}")
    page = client.get(answer["Location"], HTTP_HOST="new.arvel").content.decode()
    assert f'"url": "https://desk.arvel{report.get_absolute_url()}"' in page  # its identifier stays


def test_a_form_is_not_led_on(settings, client):
    settings.EARLIER_URLS = ["https://old.arvel"]

    assert client.post("/claims/log/", HTTP_HOST="old.arvel").status_code == 410
