import pytest

from benchmarks import attribution
from benchmarks.attribution import PROBES, Probe, Said

TEXT = "Two men died, but the mayor said that the town was calm."


@pytest.mark.parametrize(("table", "most_wrong"), [("attribution.tsv", 0), ("attribution_held_out.tsv", 0)])
def test_no_probe_is_answered_wrongly(table, most_wrong):
    judged = attribution.judged(attribution.probes(PROBES / table))

    assert judged["wrong"] <= most_wrong
    assert judged["right"] >= judged["asked"] * 0.9


@pytest.mark.parametrize(
    ("speaker", "content", "modality", "verdict"),
    [
        ("the mayor", "the town was calm", "", "right"),
        ("the mayor", "the town was calm", "denies", "wrong"),
        ("the mayor", "Two men died", "", "wrong"),
        ("Two men", "the town was calm", "", "wrong"),
        ("-", "the town was calm", "", "wrong"),
        ("", "", "", "wrong"),
    ],
)
def test_a_probe_is_judged_by_speaker_content_and_modality(speaker, content, modality, verdict):
    assert attribution.verdict(Probe("clause", "en", TEXT, speaker, content, modality)) == verdict


def test_an_attribution_of_half_the_characters_counts():
    text = "The mayor said that the town was calm."

    counted = attribution.tally("en", [(text, [Said([(20, 37)], [(0, 9)]), Said([(0, 3)], [])])])

    assert counted == (1, 1, 2, 1)


def test_labels_are_read_from_standoff(take, tmp_path):
    (tmp_path / "one.txt").write_text("The mayor said that the town was calm.")
    (tmp_path / "one_ab12.ann").write_text(
        "T1\tSource 0 9\tThe mayor\nT2\tContent 20 37\tthe town was calm\nT3\tAttribution 10 14\tsaid\n"
        "E1\tAttribution:T3 Content:T2 Source:T1\n"
    )

    figures = take("attribution", tmp_path)

    assert (figures["content_f1"], figures["speaker_accuracy"]) == ({"en": 1.0}, {"en": 1.0})
    assert figures["wrong_but_sure"] == 0


def test_a_folder_without_texts_is_unusable(take, tmp_path):
    with pytest.raises(SystemExit):
        take("attribution", tmp_path)
