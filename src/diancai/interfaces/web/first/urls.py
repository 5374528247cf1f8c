"""Addresses of the first page, the leader's page and search."""

from django.urls import path

from diancai.interfaces.web.first import leader, views

urlpatterns = [
    path("", views.first, name="first"),
    path("search/", views.search, name="search"),
    path("leader/", leader.leader, name="leader"),
]
