"""Addresses of the pages: one list per stage."""

from django.urls import include, path

urlpatterns = [
    path("", include("diancai.interfaces.web.first.urls")),
    path("", include("diancai.interfaces.web.remark.urls")),
    path("", include("diancai.interfaces.web.need.urls")),
    path("", include("diancai.interfaces.web.supply.urls")),
    path("", include("diancai.interfaces.web.match.urls")),
    path("", include("diancai.interfaces.web.order.urls")),
    path("", include("diancai.interfaces.web.feedback.urls")),
    path("", include("diancai.interfaces.web.inbox.urls")),
    path("", include("diancai.interfaces.web.urging.urls")),
    path("", include("diancai.interfaces.web.handover.urls")),
    path("", include("diancai.interfaces.web.indicators.urls")),
    path("", include("diancai.interfaces.web.office.urls")),
    path("", include("diancai.interfaces.web.two_sheets.urls")),
]
