"""Where the project is, and where the labelled data beside it may be."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"  # tests that need what is in it are skipped where it is missing
