"""Addresses of notices and absences."""

from django.urls import path

from diancai.interfaces.web.inbox import absences, reports, views, wishes

urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/<int:notice_id>/", views.open_notice, name="open_notice"),
    path("inbox/read/", views.read_all, name="read_notices"),
    path("inbox/settings/", wishes.wishes, name="notice_settings"),
    path("inbox/reports/<str:channel>/", reports.report, name="sending_report"),
    path("absences/<str:username>/", absences.absences, name="absences"),
    path("absences/<str:username>/<int:absence_id>/end/", absences.end, name="end_absence"),
]
