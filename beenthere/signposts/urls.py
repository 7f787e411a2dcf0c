"""Addresses of other help."""

from django.urls import path

from . import views

app_name = "signposts"
urlpatterns = [
    path("help/", views.help_now, name="help"),
    path("leaving/", views.leaving, name="leaving"),
]
