"""Addresses of the JSON interface; the description for programs is at `/api/v1/openapi.json`."""

from django.urls import path

from diancai.interfaces.api.v1 import api

urlpatterns = [path("v1/", api.urls)]
