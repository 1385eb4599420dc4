"""Which sentences are embedded, and which documents are read."""

from benchmarks.embedding import chosen


def test_languages_take_turns_and_documents_are_english(tmp_path):
    for language in ("en", "fr"):
        (tmp_path / f"{language}.tsv").write_text("".join(f"0\t{language} {number}\n" for number in range(20)))

    given = chosen(tmp_path, 3)

    assert given["texts"] == ["en 0", "fr 0", "en 1"]
    assert [len(document) for document in given["documents"]] == [16, 4]
    assert given["documents"][1][0] == "en 16"
