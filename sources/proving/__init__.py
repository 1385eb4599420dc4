"""Prove that captures are unchanged: hash chain, timestamps, evidence packages, copies, replay."""
