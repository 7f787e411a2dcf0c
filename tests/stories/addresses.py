"""The addresses of the site, and those of pieces, whether or not the site includes them yet."""

from django.urls import include, path

from beenthere.web import urls

urlpatterns = [path("", include("beenthere.stories.urls")), *urls.urlpatterns]
handler404 = urls.handler404
