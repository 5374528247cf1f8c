"""Addresses of the indicators."""

from django.urls import path

from diancai.interfaces.web.indicators import excluding, export, views

urlpatterns = [
    path("indicators/", views.indicators, name="indicators"),
    path("indicators/export/", export.export_table, name="export_indicators"),
    path("indicators/records/", views.records, name="indicator_records"),
    path("indicators/records/export/", export.export_records, name="export_indicator_records"),
    path("indicators/exclusions/", excluding.exclusions, name="exclusions"),
    path("indicators/exclusions/for-order/<int:order_id>/", excluding.propose, name="propose_exclusion"),
    path("indicators/exclusions/<int:exclusion_id>/decide/", excluding.decide, name="decide_exclusion"),
    path("indicators/exclusions/<int:exclusion_id>/lift/", excluding.lift, name="lift_exclusion"),
]
