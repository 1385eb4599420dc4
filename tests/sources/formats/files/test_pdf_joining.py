import pytest

from sources.formats.files.pdf_joining import PageLines, TextBlock, TextLine, joined, without_heads


def page(*paragraphs, head="", foot="", **changes):
    blocks = [TextBlock([TextLine(line) for line in lines], 10.0, is_full=True, is_cells=False) for lines in paragraphs]
    top = [TextBlock([TextLine(head, 20.0)], 8.0, is_full=False, is_cells=False)] if head else []
    bottom = [TextBlock([TextLine(foot, -20.0)], 8.0, is_full=False, is_cells=False)] if foot else []
    return PageLines([*top, *blocks, *bottom])


@pytest.mark.parametrize(
    ("first", "second", "text"),
    [
        ("The authori-", "ty said so.", "The authority said so."),
        ("The authori\u00ad", "ty said so.", "The authority said so."),
        ("It is a self-", "made map.", "It is a self-made map."),
        ("Il viendra peut-", "être demain.", "Il viendra peut-être demain."),
        ("C’est-à-", "dire demain.", "C’est-à-dire demain."),
        ("with Jean-", "Pierre", "with Jean-Pierre"),
        ("of COVID-", "19", "of COVID-19"),
        ("from 2019–", "2023", "from 2019– 2023"),
        ("one line", "and the next", "one line and the next"),
    ],
)
def test_words_that_a_line_end_has_cut_are_whole_again(first, second, text):
    assert joined([page([first, second])])[0] == text


def test_the_other_words_of_a_file_tell_whether_a_hyphen_stays():
    known = page(["They want a co-operative and no cooperative."], ["See the by-laws of the town."])

    text, _spans = joined([known, page(["All by-", "laws were changed."])])

    assert text.splitlines()[-1] == "All by-laws were changed."


def test_heads_on_three_pages_and_page_numbers_are_left_out_and_table_heads_stay():
    pages = [page([f"Text of page {word}."], head="Report 2023", foot=f"- {at} -") for at, word in enumerate("abc", 1)]

    found, heads = without_heads(pages)

    assert joined(found)[0].splitlines() == ["Text of page a.", "Text of page b.", "Text of page c."]
    assert heads == ["Report 2023"]


def test_a_line_that_stands_at_the_head_of_one_page_stays():
    found, heads = without_heads([page(["A."], head="Summary"), page(["B."], head="Findings"), page(["C."])])

    assert joined(found)[0].splitlines() == ["Summary", "A.", "Findings", "B.", "C."]
    assert heads == []
