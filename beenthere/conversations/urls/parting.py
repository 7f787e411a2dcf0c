"""Leaving, and a silence."""

from django.urls import path

from ..views import parting as views

urlpatterns = [
    path("talk/<str:ref>/leave/", views.leave, name="leave"),
    path("talk/<str:ref>/room/", views.room, name="room"),
]
