"""Every address of the site. Only this app composes the others."""

from importlib.util import find_spec

from django.urls import include, path

from . import views
from .demo_door import demo_door

APPS = ("people", "stories", "conversations", "matching", "signposts", "ui", "safety", "api")

urlpatterns = [
    path("", views.home, name="home"),
    path("begin/", views.begin, name="begin"),
    path("begin/join/", views.join, name="join"),
    path("begin/address/", views.address, name="address"),
    path("begin/here/", views.here, name="here"),
    path("begin/with/<str:code>/", views.invited, name="invited"),
    path("first/", views.first, name="first"),
    path("first/two/", views.two_more, name="two_more"),
    path("today/", views.today, name="today"),
    path("today/room/", views.room, name="room"),
    path("rules/", views.rules, name="rules"),
    path("demo/", demo_door, name="demo_door"),  # 404 where no demo is
    path("about/", views.about, name="about"),
    path("pairing/", views.pairing, name="pairing"),
    *(path("", include(f"beenthere.{app}.urls")) for app in APPS if find_spec(f"beenthere.{app}.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]

handler400 = views.bad_request
handler403 = views.not_allowed
handler404 = views.not_found
handler500 = views.went_wrong
