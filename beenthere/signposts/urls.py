"""Addresses of other help."""

from django.urls import path

from . import views

app_name = "signposts"
urlpatterns = [
    path("help/", views.help_now, name="help"),
    path("help/kept/", views.kept, name="kept"),
    path("help/no-network/", views.no_network, name="no_network"),
    path("help/worker.js", views.worker, name="worker"),
    path("help/supporting/", views.supporting, name="supporting"),
    path("help/words/", views.words, name="words"),
    path("leaving/", views.leaving, name="leaving"),
]
