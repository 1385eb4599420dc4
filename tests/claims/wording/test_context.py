from claims.wording.context import WIDEST, surroundings

TEXT = "Title\nBefore it. The words. After it.\nNext paragraph."


def test_a_passage_is_shown_in_its_paragraph():
    start = TEXT.index("The words.")

    assert surroundings(TEXT, start, start + 10) == ("Before it. ", " After it.")


def test_a_text_without_line_breaks_is_one_paragraph():
    assert surroundings("one two three", 4, 7) == ("one ", " three")


def test_a_long_paragraph_is_cut_at_words():
    text = "word " * 400

    before, after = surroundings(text, 1000, 1004)

    assert before.startswith("…word ")
    assert after.endswith(" word…")
    assert max(len(before), len(after)) <= WIDEST + 1


def test_a_long_word_is_cut_where_it_must_be():
    before, after = surroundings("x" * 3_000, 1_500, 1_501)

    assert (len(before), len(after)) == (WIDEST + 1, WIDEST + 1)
