from sources.formats.files import kinds, reader_names


def test_every_reader_has_a_version_and_a_kind():
    known = {kind.media_type for kind in kinds.KINDS.values()}
    current = reader_names.current()

    assert set(reader_names.NAMES) <= known
    assert all(current[reader_names.family(name)] == name for name in reader_names.NAMES.values())
