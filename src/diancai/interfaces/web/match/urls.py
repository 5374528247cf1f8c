"""Addresses of matches and gaps."""

from django.urls import path

from diancai.interfaces.web.match import export, views

urlpatterns = [
    path("matches/", views.matches, name="matches"),
    path("matches/export/", export.export_matches, name="export_matches"),
    path("matches/<int:match_id>/", views.match, name="match"),
    path("matches/<int:match_id>/confirm/", views.confirm, name="confirm_match"),
    path("matches/<int:match_id>/refuse/", views.refuse, name="refuse_match"),
    path("matches/for-need/<int:need_id>/", views.make, name="make_match"),
    path("gaps/", views.gaps, name="gaps"),
    path("gaps/needs/", views.needs_without, name="needs_without_offer"),
    path("gaps/offers/", views.offers_unasked, name="offers_unasked"),
    path("gaps/needs/export/", export.export_needs_without, name="export_needs_without"),
    path("gaps/offers/export/", export.export_offers_unasked, name="export_offers_unasked"),
]
