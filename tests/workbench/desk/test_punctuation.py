from django.utils import translation

from workbench.desk.punctuation import labelled


def test_a_colon_has_a_space_before_it_in_french_only():
    with translation.override("fr"):
        french = labelled("Rapport 1", "Résumé")

    assert (labelled("Report 1", "Summary"), french) == ("Report 1: Summary", "Rapport 1\u00a0: Résumé")
