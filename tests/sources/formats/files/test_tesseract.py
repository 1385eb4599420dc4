from sources.formats.files import tesseract

HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"


def table(*rows):
    """A table as Tesseract 5 writes it: (block, paragraph, line, confidence, word)."""
    words = [f"5\t1\t{b}\t{p}\t{line}\t1\t10\t20\t30\t12\t{sure}\t{word}" for b, p, line, sure, word in rows]
    return "\n".join([HEAD, "1\t1\t0\t0\t0\t0\t0\t0\t2480\t3508\t-1\t", *words])


def test_words_become_lines_and_paragraphs_with_cut_words_whole():
    first = [(1, 1, 1, 96.5, "The"), (1, 1, 1, 91.5, "author-"), (1, 1, 2, 90, "ity"), (1, 1, 2, 92, "agreed.")]
    page = table(*first, (2, 1, 1, 80, "Next."))

    found = tesseract.text_of([page], ["1"], "Minutes")

    assert (found.text, found.title) == ("The authority agreed.\nNext.", "Minutes")
    assert [(fact.name, fact.value) for fact in found.facts] == [("MeanConfidence", "0.900"), ("Words", "5")]
    assert (
        found.note
        == "Tesseract recognized this text in pictures, 90 percent sure on average: compare it with the page."
    )


def test_each_page_is_a_part_also_one_without_words():
    found = tesseract.text_of(
        [table((1, 1, 1, 95, "One.")), table(), table((1, 1, 1, 95, "Three."))], ["i", "ii", "iii"]
    )

    assert [(part.label, found.text[part.start : part.end]) for part in found.parts] == [
        ("i", "One."),
        ("ii", ""),
        ("iii", "Three."),
    ]


def test_pages_without_words_say_so_and_have_no_confidence():
    found = tesseract.text_of([table()], ["1"])

    assert (found.text, found.facts, found.note) == ("", (), tesseract.NOTHING)


def test_rows_of_another_form_are_left_out():
    rows = ["5\t1\tx\t1\t1\t1\t0\t0\t1\t1\t95\tword", "5\t1\t1", "not a row"]
    broken = "\n".join([HEAD, *rows, "5\t1\t1\t1\t1\t1\t0\t0\t9\t9\t-1\tghost"])

    assert tesseract.words_of(broken) == []


def test_pages_for_which_the_time_was_not_enough_are_told_of():
    found = tesseract.text_of([table((1, 1, 1, 95, "One."))], ["1", "2", "3"])

    assert found.note == "Only the first 1 pages of this file were read: reading more would take too long."
    assert [part.label for part in found.parts] == ["1"]
