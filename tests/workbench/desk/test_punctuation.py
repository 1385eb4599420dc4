from django.utils import translation

from workbench.desk.punctuation import labelled, shortened


def test_a_colon_has_a_space_before_it_in_french_only():
    with translation.override("fr"):
        french = labelled("Rapport 1", "Résumé")

    assert (labelled("Report 1", "Summary"), french) == ("Report 1: Summary", "Rapport 1\u00a0: Résumé")


def test_a_long_text_is_cut_between_words_with_dots():
    assert shortened("dam failure on 2 March", 22) == "dam failure on 2 March"
    assert shortened("dam failure on 2 March", 20) == "dam failure on 2…"
    assert shortened("x" * 30, 20) == "x" * 19 + "…"
