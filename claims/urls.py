"""Addresses of the top floor: claims, their evidence, reviews and decisions."""

from __future__ import annotations

from django.urls import path

from claims.views import listing

app_name = "claims"

urlpatterns = [
    path("", listing.queue, name="queue"),
    path("claims/", listing.claims, name="claims"),
]
