import http.server
import json
import threading

import pytest

from sources.web import embedding_server
from sources.web.addresses import Refused
from sources.web.outcomes import Failed


class Embedder(http.server.BaseHTTPRequestHandler):
    """Answers with the length of each text, in reverse order; the path says how it misbehaves."""

    def do_POST(self):
        question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.questions.append((self.headers["Authorization"], question))
        rows = [{"index": index, "embedding": [len(text), 1]} for index, text in enumerate(question["input"])]
        answers = {
            "/v1/embeddings": (200, json.dumps({"data": rows[::-1]})),
            "/few/embeddings": (200, json.dumps({"data": rows[1:]})),
            "/nan/embeddings": (200, '{"data": [{"index": 0, "embedding": [NaN]}]}'),
            "/odd/embeddings": (200, "[]"),
            "/html/embeddings": (200, "<html>"),
            "/key/embeddings": (401, "{}"),
        }
        status, text = answers.get(self.path, (302, ""))
        self.send_response(status)
        self.send_header("Location", "/v1/embeddings")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_words):
        """Say nothing."""


@pytest.fixture(scope="module")
def embedder():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Embedder) as server:
        server.questions = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def base(embedder, path="v1"):
    return f"http://127.0.0.1:{embedder.server_port}/{path}"


def test_texts_become_vectors_in_their_order_in_batches(embedder):
    embedder.questions.clear()
    texts = ["é" * length for length in range(1, 101)]

    vectors = embedding_server.embed(texts, base(embedder), "small", "secret")

    assert vectors == [[length, 1] for length in range(1, 101)]
    assert [len(question["input"]) for _key, question in embedder.questions] == [64, 36]
    assert {key for key, _question in embedder.questions} == {"Bearer secret"}


def test_no_texts_are_no_question(embedder):
    embedder.questions.clear()

    assert embedding_server.embed([], base(embedder), "small") == []
    assert embedder.questions == []


@pytest.mark.parametrize("path", ["few", "nan", "odd", "html", "key", "moved"])
def test_a_server_that_answers_anything_else_is_a_failure(embedder, path):
    with pytest.raises(Failed):
        embedding_server.embed(["a"], base(embedder, path), "small")


def test_an_address_that_is_none_is_refused():
    with pytest.raises(Refused):
        embedding_server.embed(["a"], "ftp://127.0.0.1/v1", "small")
