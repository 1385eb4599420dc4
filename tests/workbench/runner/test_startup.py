import contextlib

import pytest

from workbench.runner import accounts, ports, startup


@pytest.mark.parametrize("address", ["0.0.0.0:0", "[::]:0"])
def test_the_sample_does_not_start_on_an_address_that_others_reach(address):
    with (
        contextlib.closing(ports.open_door(address)) as door,
        pytest.raises(accounts.CannotStart, match="--no-sample"),
    ):
        startup._require_loneliness(door)


@pytest.mark.parametrize(("hosts", "https"), [(["desk.example"], False), (["localhost"], True), (["*"], False)])
def test_the_sample_does_not_start_behind_a_name_that_others_use(settings, hosts, https):
    settings.ALLOWED_HOSTS, settings.HTTPS = hosts, https

    with contextlib.closing(ports.open_door("127.0.0.1:0")) as door, pytest.raises(accounts.CannotStart):
        startup._require_loneliness(door)


def test_the_sample_starts_on_this_machine(settings):
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]

    with contextlib.closing(ports.open_door("127.0.0.1:0")) as door:
        startup._require_loneliness(door)
