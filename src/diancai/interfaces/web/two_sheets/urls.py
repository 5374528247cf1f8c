"""Addresses of the two-sheets page."""

from django.urls import path

from diancai.interfaces.web.two_sheets import views

urlpatterns = [
    path("two-sheets/", views.drop, name="two-sheets"),
    path("two-sheets/<str:tray>/", views.result, name="two-sheets-result"),
    path("two-sheets/<str:tray>/<str:name>", views.fetch, name="two-sheets-file"),
]
