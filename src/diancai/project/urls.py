"""Every address of the product; each room of `interfaces` brings its own."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("diancai.interfaces.web.sign_in")),
    path("api/", include("diancai.interfaces.api.urls")),
    path("", include("diancai.interfaces.web.urls")),
]
