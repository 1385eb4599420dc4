"""The starter pack: what each entry must have."""

from urllib.parse import urlsplit

from sources.models.vocabulary import SourceKind
from sources.registry import starter_pack


def test_every_entry_has_a_secure_address_a_language_and_a_known_kind():
    entries = starter_pack.entries()

    assert {each.language for each in entries} == {"ar", "en", "fr", "tr"}
    assert all(urlsplit(each.feed).scheme == "https" and each.kind in SourceKind.values for each in entries)
    assert len({each.feed for each in entries}) == len(entries)
    assert all(len(each.country) in {0, 2} and each.name and each.site for each in entries)


def test_it_is_chosen_from_by_language_and_country():
    turkish = starter_pack.chosen_from({"tr"}, {"TR"})

    assert {each.name for each in turkish} == {"TRT Haber", "Anadolu Ajansı"}
    assert starter_pack.chosen_from(set(), set()) == list(starter_pack.entries())
