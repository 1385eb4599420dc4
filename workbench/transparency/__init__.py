"""Transparency log: Merkle tree, checkpoints as signed notes, and Ed25519, with only Python's standard library.

Packages carry these modules as they are, so that others check a desk without its program.
"""
