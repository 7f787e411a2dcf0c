"""Addresses of pieces."""

from django.urls import path

from . import views

app_name = "stories"
urlpatterns = [
    path("stories/", views.index, name="index"),
    path("stories/write/", views.write, name="write"),
    path("stories/<str:ref>/", views.piece, name="piece"),
    path("stories/<str:ref>/change/", views.change, name="change"),
    path("stories/<str:ref>/withdraw/", views.withdraw, name="withdraw"),
]
