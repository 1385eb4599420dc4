"""What the check of the whole log includes for the ground floor: hash chains, seals of rows, and checkpoints."""

from __future__ import annotations

from workbench.desk import anchor_check, audit, seal_check

CHECKS = {"chains": audit.batches, "seals": seal_check.batches, "anchors": anchor_check.batches}
