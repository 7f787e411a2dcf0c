"""Every address of the site. Only this app composes the others."""

from django.urls import include, path

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("pairing/", views.pairing, name="pairing"),
    path("", include("beenthere.matching.urls")),
    path("", include("beenthere.signposts.urls")),
    path("", include("beenthere.ui.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]

handler400 = views.bad_request
handler403 = views.not_allowed
handler404 = views.not_found
handler500 = views.went_wrong
