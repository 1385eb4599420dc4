import hashlib

import pytest

from workbench.transparency import merkle

LEAVES = [merkle.leaf_hash(f"entry {n}".encode()) for n in range(40)]
# Of seven leaves, as Certificate Transparency tests them (RFC 6962 reference: google/certificate-transparency).
REFERENCE = [bytes.fromhex(text) for text in ["", "00", "10", "2021", "3031", "40414243", "5051525354555657"]]
REFERENCE_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
]


def slow_root(leaves):
    """The definition of RFC 9162 section 2.1.1, word for word."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return merkle.node_hash(slow_root(leaves[:half]), slow_root(leaves[half:]))


def subtree(first, end):
    return slow_root(LEAVES[first:end])


@pytest.mark.parametrize("number", range(7))
def test_roots_are_those_of_the_reference_implementation(number):
    leaves = [merkle.leaf_hash(data) for data in REFERENCE[: number + 1]]

    assert merkle.root(leaves).hex() == REFERENCE_ROOTS[number]


def test_a_tree_that_grows_has_the_root_of_the_definition_at_every_size():
    assert [merkle.root(LEAVES[:n]) for n in range(40)] == [slow_root(LEAVES[:n]) for n in range(40)]


def test_every_leaf_of_every_tree_is_proved():
    for size in range(1, 40):
        for index in range(size):
            path = merkle.inclusion(index, size, subtree)
            assert merkle.root_of_inclusion(index, size, LEAVES[index], path) == slow_root(LEAVES[:size])


def test_a_proof_of_another_leaf_place_or_form_proves_nothing():
    path, root = merkle.inclusion(5, 12, subtree), slow_root(LEAVES[:12])

    assert merkle.root_of_inclusion(5, 12, LEAVES[6], path) != root
    assert merkle.root_of_inclusion(4, 12, LEAVES[5], path) != root
    for index, size, changed in [(12, 12, path), (-1, 12, path), (5, 12, path[1:]), (5, 12, [*path, path[0]])]:
        with pytest.raises(merkle.NotProved):
            merkle.root_of_inclusion(index, size, LEAVES[5], changed)


def test_every_tree_is_proved_to_begin_with_every_smaller_one():
    for size in range(1, 40):
        for old in range(1, size + 1):
            path, before = merkle.consistency(old, size, subtree), slow_root(LEAVES[:old])
            assert merkle.roots_of_consistency(old, size, before, path) == (before, slow_root(LEAVES[:size]))


@pytest.mark.parametrize(("old", "size", "path"), [(0, 5, [b"x"]), (6, 5, [b"x"]), (3, 5, []), (3, 5, [b"x"] * 9)])
def test_a_consistency_proof_of_another_form_proves_nothing(old, size, path):
    with pytest.raises(merkle.NotProved):
        merkle.roots_of_consistency(old, size, b"x", path)
