import pytest

from claims.pages.find_claim import CLAIMS
from tests import make

pytestmark = pytest.mark.django_db


def test_a_claim_is_found_by_words_of_any_wording():
    claim = make.claim("The bridge at Arvel was closed.")
    make.wording(claim, text="أغلق الجسر يوم الاثنين")
    make.claim("Another")

    assert [CLAIMS.matches(words).rows for words in ("arvel BRIDGE", "الجسر")] == [[claim], [claim]]


def test_a_number_names_its_claim_although_others_hold_it_in_their_words():
    claim = make.claim("The bridge")
    holds = make.claim(f"There were {claim.pk} people.")
    arabic = "".join(chr(0x0660 + int(digit)) for digit in str(claim.pk))

    found = [CLAIMS.named(words) for words in (str(claim.pk), f"#{claim.pk}", f" {claim.pk} ", arabic)]

    assert found == [claim] * 4
    assert CLAIMS.matches(str(claim.pk)).rows == [claim, holds]


@pytest.mark.parametrize("words", ["", "\0", "999999999", "9" * 40, "nothing"])
def test_what_no_claim_is_known_by_finds_none(words):
    make.claim("The bridge")

    assert (CLAIMS.named(words), CLAIMS.matches(words).rows) == (None, [])


def test_an_offer_shows_the_number_of_the_claim():
    claim = make.claim()

    assert CLAIMS.offer(claim).detail == f"No. {claim.pk} · Open"


@pytest.mark.parametrize("number", [1, 30])
def test_a_search_is_two_queries_however_many_claims_there_are(number, django_assert_num_queries):
    for _each in range(number):
        make.claim("The bridge")

    with django_assert_num_queries(2):
        assert len([CLAIMS.offer(row) for row in CLAIMS.matches("bridge").rows]) == min(number, 20)
