"""What the check of the whole log includes for the ground floor: seals of rows, and checkpoints."""

from __future__ import annotations

from workbench.desk import anchor_check, seal_check

CHECKS = [*seal_check.CHECKS, *anchor_check.CHECKS]
