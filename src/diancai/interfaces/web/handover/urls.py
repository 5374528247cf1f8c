"""Addresses of the hand-over book."""

from django.urls import path

from diancai.interfaces.web.handover import views

urlpatterns = [
    path("handover/", views.book, name="handover"),
    path("handover/word/", views.word, name="handover_word"),
]
