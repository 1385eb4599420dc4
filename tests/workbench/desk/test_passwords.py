import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from workbench.desk.models import User

EASY = [
    *["123456789012", "482910384756", "098765432109", "111111111111", "abcdefghijkl", "abcabcabcabc"],
    *["qwertyuiop12", "azertyuiopqs", "qwertzuiop12", "1q2w3e4r5t6y", "qazwsxedcrfv", "zxcvbnm,./zx"],
    *["password1234", "letmeinletmein", "trustno1trustno1", "iloveyou1234", "Verification1", "Password2024!"],
]
GOOD = [
    "a long bridge over the river",
    "correct horse battery",
    "hsd8f3ksd92f",
    "J’aime le fromage bleu",
    "سلام جسر نهر بعيد",
]


@pytest.mark.parametrize("password", EASY)
def test_a_password_that_a_program_guesses_is_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.mark.parametrize("password", [*GOOD, "long words " * 20])
def test_a_good_password_is_taken_however_long_it_is(password):
    validate_password(password)


def test_the_name_of_a_person_makes_no_password():
    person = User(username="mhaddad", first_name="Montserrat", last_name="Haddadian")

    with pytest.raises(ValidationError) as refused:
        validate_password("Haddadian2024", person)
    assert "password_easy_to_guess" in {error.code for error in refused.value.error_list}
