import io

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import BadRequest
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.client import FakePayload

from tests import make, url_conf
from workbench.pages.middleware import ReadableMiddleware
from workbench.pages.request_charset import readable

pytestmark = pytest.mark.django_db

UNREADABLE = ["text/html; charset=hex", "text/html; charset=nonsense", "multipart/form-data; boundary=x; charset=idna"]
METHODS = ["GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE"]


def addresses():
    """Every address of the workbench, without what names a row."""
    for each in url_conf.addresses():
        route = each.route.replace("^", "").replace("$", "")
        yield BeautifulSoup(f"/{route}", "lxml").text  # <int:pk> is a tag, and goes


@pytest.fixture(scope="module")
def application():
    return readable(WSGIHandler())


def answer(application, method, address, kind, *, session="", body=b"username=bea&password=no"):
    """The status and the headers that a web server gets for a request."""
    said = {}
    request = {"REQUEST_METHOD": method, "CONTENT_TYPE": kind, "QUERY_STRING": "q=%C3%A9", "PATH_INFO": address}
    request |= {"HTTP_COOKIE": f"sessionid={session}", "CONTENT_LENGTH": len(body), "wsgi.input": FakePayload(body)}
    environ = RequestFactory()._base_environ(**request)
    application(environ, lambda status, headers: said.update({"status": int(status[:3]), **dict(headers)}))
    return said


def test_no_address_takes_a_request_in_an_unknown_character_set(client, application):
    client.force_login(make.admin())
    every, statuses = sorted(set(addresses())), set()
    for session in ("", client.cookies["sessionid"].value):
        for number, address in enumerate(every):
            method, kind = METHODS[number % len(METHODS)], UNREADABLE[number % len(UNREADABLE)]
            statuses.add(answer(application, method, address, kind, session=session)["status"])

    assert (len(every) > 70, statuses) == (True, {400})


@pytest.mark.parametrize("charset", ["hex", "rot13", "nonsense", "utf-16", "idna", "undefined", "iso-8859-1", "\0"])
def test_a_character_set_other_than_utf_8_is_refused_for_every_method(application, charset):
    for method in METHODS:
        for kind in ("text/html", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
            said = answer(application, method, "/sign-in/", f"{kind}; charset={charset}")
            assert (said["status"], "default-src" in said["Content-Security-Policy"]) == (400, True)


def test_a_parameter_that_cannot_be_read_is_refused(application):
    assert answer(application, "GET", "/sign-in/", "text/html; charset*=utf-9''x")["status"] == 400


@pytest.mark.parametrize("name", ["utf-8", "UTF8", '"us-ascii"', "U8"])
def test_utf_8_has_several_names(application, name):
    kind = f"application/x-www-form-urlencoded; charset={name}"

    assert answer(application, "POST", "/sign-in/", kind)["status"] in {200, 403}  # read; the token is missing


class CutOff(io.BytesIO):
    """The body of a request whose sender has gone."""

    def read(self, *_size):
        raise OSError("connection reset by peer")


def test_a_request_that_ends_too_early_is_refused_and_no_fault_of_ours(rf):
    request = rf.post("/sign-in/", {"username": "bea"})
    request._stream = CutOff()

    with pytest.raises(BadRequest):
        ReadableMiddleware(lambda _request: HttpResponse())(request)
