"""Addresses of the local page. A sheet's ref is the only key to it."""

from django.urls import path

from . import views

app_name = "matching"
urlpatterns = [
    path("pair/", views.pair, name="pair"),
    path("pair/example/", views.example, name="example"),
    path("pair/forgotten/", views.forgotten, name="forgotten"),
    path("pair/<str:ref>/", views.sheet, name="sheet"),
    path("pair/<str:ref>/columns/", views.columns, name="columns"),
    path("pair/<str:ref>/run/", views.run, name="run"),
    path("pair/<str:ref>/progress/", views.progress, name="progress"),
    path("pair/<str:ref>/hold/", views.hold, name="hold"),
    path("pair/<str:ref>/why/", views.why, name="why"),
    path("pair/<str:ref>/table/<str:name>/", views.table, name="table"),
    path("pair/<str:ref>/left/", views.left, name="left"),
    path("pair/<str:ref>/forget/", views.forget, name="forget"),
]
