"""Addresses of introductions, and of the local page, where a sheet's ref is the only key to it."""

from django.urls import path

from .views import introductions, sheets

app_name = "matching"
urlpatterns = [
    path("introductions/", introductions.introductions, name="introductions"),
    path("introductions/room/", introductions.room_now, name="room_now"),
    path("introductions/telling/", introductions.telling, name="telling"),
    path("introductions/<str:ref>/", introductions.introduction, name="introduction"),
    path("pair/", sheets.pair, name="pair"),
    path("pair/example/", sheets.example, name="example"),
    path("pair/forgotten/", sheets.forgotten, name="forgotten"),
    path("pair/<str:ref>/", sheets.sheet, name="sheet"),
    path("pair/<str:ref>/columns/", sheets.columns, name="columns"),
    path("pair/<str:ref>/run/", sheets.run, name="run"),
    path("pair/<str:ref>/progress/", sheets.progress, name="progress"),
    path("pair/<str:ref>/hold/", sheets.hold, name="hold"),
    path("pair/<str:ref>/why/", sheets.why, name="why"),
    path("pair/<str:ref>/table/<str:name>/", sheets.table, name="table"),
    path("pair/<str:ref>/left/", sheets.left, name="left"),
    path("pair/<str:ref>/forget/", sheets.forget, name="forget"),
]
