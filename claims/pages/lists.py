"""What the lists of claims and reports are called, and what they say when they are empty."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from workbench.pages.lists import ListTexts

CLAIMS = ListTexts(
    title=_("Claims"),
    caption=_("Claims, newest first"),
    empty=_("No claims yet."),
    no_match=_("No claim matches. Change the filter, or log the claim."),
)
REPORTS = ListTexts(
    title=_("Reports"),
    caption=_("Reports, newest first"),
    empty=_("No reports yet. A report appears here when an editor publishes the verdict on a claim."),
    no_match=_("No report matches. Change the filter."),
)
CLAIM_SEARCHES = ListTexts(
    title=_("Searches for this claim"),
    caption=_("Searches, newest first"),
    empty=_("No search has been run yet."),
)
CASES = ListTexts(
    title=_("Cases"),
    caption=_("Cases, newest first"),
    empty=_("No cases yet. A case gathers the claims, sources and tags of one matter, such as an election."),
)
