import pytest

from claims.wording.clauses import Clauses, quotations
from tests.claims.wording.said import read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("‘The bridge is safe,’ he said.", ["‘The bridge is safe,’"]),
        ("'We don't close it,' he said.", ["'We don't close it,'"]),
        ("‘The ministers’ bridge is safe,’ he said.", ["‘The ministers’ bridge is safe,’"]),
        ("\"They said 'it fell' to us,\" he said.", ["\"They said 'it fell' to us,\""]),
        ("‘They said “it fell” to us,’ he said.", ["‘They said “it fell” to us,’"]),
        ("The ministers’ spokesman and the workers’ union met.", []),
        ("The ministers' spokesman and the workers' union met.", []),
        ("The class of '98 met at the workers' club.", []),
        ("It's rock 'n' roll, 'til the workers' club closes.", []),
        ("Aujourd’hui l’eau et l’air d’ici sont sûrs.", []),
        ("'Aujourd'hui l'eau est sûre', dit-il.", ["'Aujourd'hui l'eau est sûre'"]),
        ("Ankara’da ve Sivas'ta köprü çöktü.", []),
        ("‘Ankara’da köprü çöktü’ dedi.", ["‘Ankara’da köprü çöktü’"]),
        ("قال: ‘الجسر آمن’", ["‘الجسر آمن’"]),
        ("A ‘mark that never closes, and “a quotation” after it.", ["“a quotation”"]),
        ("He 'said \"that' it\" fell.", ['"that\' it"']),
    ],
)
def test_single_marks_are_told_from_apostrophes(text, expected):
    assert [text[slice(*quote)] for quote in quotations(text)] == expected


@pytest.mark.parametrize(
    ("language", "text", "speaker", "content"),
    [
        ("en", "‘The bridge is safe,’ the mayor said.", "the mayor", "‘The bridge is safe,’"),
        ("en", "'We don't close it,' said Mayor Ana Roy.", "Mayor Ana Roy", "'We don't close it,'"),
        ("fr", "« Le préfet m’a dit ‘partez’ », a affirmé le maire.", "le maire", "« Le préfet m’a dit ‘partez’ »"),
        ("fr", "'L'eau est sûre', a affirmé le maire.", "le maire", "'L'eau est sûre'"),
        ("tr", "Vali, 'Ankara'da köprü sağlam' dedi.", "Vali", "'Ankara'da köprü sağlam'"),
        ("ar", "قال المحافظ: 'الجسر آمن'", "المحافظ", "'الجسر آمن'"),
    ],
)
def test_a_quotation_in_single_marks_is_direct(language, text, speaker, content):
    found = read(text, language)

    assert (found[0], found[3:]) == (speaker, ("direct", content))


def test_a_quotation_at_the_edge_of_what_is_said_is_kept_whole():
    assert read("Oz is ‘smart as hell’, the mayor said.", "en")[-1] == "Oz is ‘smart as hell’"


@pytest.mark.timeout(30)
@pytest.mark.parametrize("clutter", ["http://a", "www.a", "#a", "@a", "#ahttp://www.b@"])
@pytest.mark.parametrize("code", ["en", "fr", "tr", "ar"])
def test_addresses_written_into_one_another_are_looked_through_once(clutter, code):
    text = f"{clutter * 300} b"

    assert Clauses(text, code).end <= len(text)
