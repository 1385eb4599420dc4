"""The Chromium of this machine, for tests and benchmarks that open pages, and how it is started."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

# The headless shell beside Chromium is the same engine without its windows: a page costs a third.
NAMED = Path(os.environ.get("CHROMIUM", "chromium"))
CHROMIUM = shutil.which(NAMED.with_name("chromium-headless-shell")) or shutil.which(NAMED)
NO_CHROMIUM = "no Chromium: apt-get install chromium, or name one in CHROMIUM"
QUIET = ("--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync")
SMALL = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic")
APART = ("--site-per-process",)  # as Chromium does by itself where it has windows
# Of two switches of one name the last counts, so what Playwright turns off stands here again, but for what only Edge
# knows. A renderer that waits for the next page, and one for each tab, cost a seventh of a test.
OFF = (
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades", "LensOverlay"),
    *("HttpsFirstBalancedModeAutoEnable", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning", "AimEnabled"),
    *("AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints", "NetworkTimeServiceQuerying", "PreconnectToSearch"),
    "SpareRendererForSitePerProcess",
)
TOGETHER = ("--renderer-process-limit=1", f"--disable-features={','.join(OFF)}")
OPTIONS = [*QUIET, *SMALL, *APART, *TOGETHER]  # for root, and in a small container
