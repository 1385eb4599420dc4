"""The search providers beyond our own collection, by engine: to add one, write its folder and one line here."""

from __future__ import annotations

from sources.gathering.providers.brave import brave
from sources.gathering.providers.claimreview import claimreview
from sources.gathering.providers.fact_checks import fact_checks
from sources.gathering.providers.gal import gal
from sources.gathering.providers.gdelt import gdelt
from sources.gathering.providers.media_cloud import media_cloud
from sources.gathering.providers.provider import Provider
from sources.gathering.providers.searxng import searxng
from sources.gathering.providers.sites import sites
from sources.gathering.providers.wayback import wayback
from sources.models.vocabulary import Engine

PROVIDERS: dict[Engine, Provider] = {
    each.PROVIDER.engine: each.PROVIDER
    for each in (
        gdelt,
        gal,
        searxng,
        fact_checks,
        claimreview,
        brave,
        media_cloud,
        wayback,
        sites,
    )
}
