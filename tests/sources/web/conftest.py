import pytest

from tests.sources.web.hostile import Server


@pytest.fixture(scope="module")
def server():
    server = Server()
    yield server
    server.close()
