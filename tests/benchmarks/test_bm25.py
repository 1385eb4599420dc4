from benchmarks import bm25


def test_rare_words_and_short_texts_count_for_more():
    index = bm25.Index(["the bridge", "the road", "the bridge and the road and the town and the river", "nothing"])

    scores = index.scores("The BRIDGE")

    assert scores[0] > scores[2] > scores[1] > scores[3] == 0
