"""Every address of the site. Only this app composes the others."""

from django.urls import include, path

from . import views
from .demo_door import demo_door

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
    path("leave/", views.leave, name="leave"),
    path("about/", views.about, name="about"),
    path("pairing/", views.pairing, name="pairing"),
    path("", include("beenthere.people.urls")),
    path("", include("beenthere.stories.urls")),
    path("", include("beenthere.conversations.urls")),
    path("", include("beenthere.matching.urls")),
    path("", include("beenthere.safety.urls")),
    path("", include("beenthere.signposts.urls")),
    path("", include("beenthere.ui.urls")),
    path("", include("beenthere.api.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]

handler400 = views.bad_request
handler403 = views.not_allowed
handler404 = views.not_found
handler500 = views.went_wrong
