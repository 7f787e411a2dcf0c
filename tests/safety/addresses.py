"""The addresses of the site, and those of safety, whether or not the site includes them yet."""

from django.urls import include, path

from beenthere.web import urls

urlpatterns = [
    path("", include("beenthere.safety.urls")),
    path("", include("beenthere.conversations.urls")),
    *urls.urlpatterns,
]
handler404 = urls.handler404
