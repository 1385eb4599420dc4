import random
from collections import Counter

import pytest

from sources.formats.files import pdf_grids, pdf_layout
from sources.formats.files.pdf_rules import rules_of
from tests.sources.formats.files.test_pdf_cells import piece

WORDS = ["Halem", "42", "two hospitals", "the villages on the bank", "1 204", "none"]


def drawn(chance, left, top, wide, high, depth=0):
    """Return the boxes and the pieces of a table, of which some cells hold another one."""
    boxes, pieces = [], []
    down, across = chance.randint(1, 4), chance.randint(1, 3)
    for at in range(down * across):
        box = (left + wide / across * (at % across), top + high / down * (at // across), wide / across, high / down)
        if chance.random() < 0.95:
            boxes.append((box[0], -box[1] - box[3], box[0] + box[2], -box[1]))
        if depth < 2 and box[2] > 90 and box[3] > 60 and chance.random() < 0.5:
            margin = chance.choice([0, 4, 8])
            inner = (box[0] + margin, box[1] + margin, box[2] - 2 * margin, box[3] - 2 * margin)
            more = drawn(chance, *inner, depth=depth + 1)
            boxes, pieces = boxes + more[0], pieces + more[1]
        elif box[3] > 14:
            pieces.append(piece(box[0] + 3, box[1] + 1, chance.choice(WORDS), width=3.0))
    return boxes, pieces


def page(seed):
    """Return the pieces and rules of a page with tables at any place, also over one another, and text beside them."""
    chance = random.Random(seed)
    boxes, pieces = [], []
    for _table in range(chance.randint(1, 3)):
        place = (chance.uniform(0, 200), chance.uniform(0, 500), chance.uniform(200, 400), chance.uniform(80, 400))
        more = drawn(chance, *place)
        boxes, pieces = boxes + more[0], pieces + more[1]
    for _line in range(chance.randint(0, 20)):
        pieces.append(piece(chance.choice([20, 250, 480]), chance.uniform(0, 800), chance.choice(WORDS) * 2, width=4.0))
    return pieces, rules_of(boxes, 0)


def letters(texts):
    return Counter(letter for text in texts for letter in text if not letter.isspace())


@pytest.mark.parametrize("seed", range(60))
def test_of_tables_beside_in_and_over_one_another_nothing_is_lost_or_read_twice(seed):
    pieces, rules = page(seed)

    found = pdf_layout.paragraphs_of(pieces, rules)

    assert letters(row.text for each in found for row in each.rows) == letters(each.text for each in pieces)
    kept = [id(each) for grid in pdf_grids.grids(pieces, rules) for part in grid.all() for each in part.whole]
    assert len(kept) == len(set(kept))
