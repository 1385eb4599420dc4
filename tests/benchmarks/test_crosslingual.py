"""Which sentences ask, and what counts as found."""

from benchmarks.crosslingual import chosen, precision, read


def test_sentences_are_read_by_language_from_any_folder(tmp_path):
    (tmp_path / "en.tsv").write_text("0\tOne.\n1\tTwo.\n")
    (tmp_path / "fr.tsv").write_text("0\tUn.\n1\tDeux.\n")
    (tmp_path / "tr.tsv").write_text("0\tBir.\n")  # not parallel to the others
    (tmp_path / "README.tsv.md").write_text("Nothing.\n")

    assert read(tmp_path) == {"en": ["One.", "Two."], "fr": ["Un.", "Deux."]}


def test_sentences_are_taken_evenly():
    sentences = {"en": ["a", "b", "c", "d"], "fr": ["e", "f", "g", "h"]}

    assert chosen(sentences, 2) == [("fr", 0), ("fr", 2)]
    assert len(chosen(sentences, 9)) == 4


def test_the_first_answer_counts_and_the_same_words_twice_are_one():
    found = precision([("fr", 0), ("fr", 1), ("ar", 1)], ["Yes.", "No.", "Yes."], [[(2, 0.9)], [(0, 0.9)], []])

    assert found == {"fr_en": 0.5, "ar_en": 0.0}
