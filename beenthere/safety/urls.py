"""Addresses of safety."""

from django.urls import path

from . import views

app_name = "safety"
urlpatterns = [
    path("safety/", views.index, name="index"),
    path("safety/report/<str:conversation>/", views.report, name="report"),
    path("safety/decision/<str:ref>/", views.decision, name="decision"),
    path("safety/desk/", views.desk, name="desk"),
    path("safety/desk/admit/", views.admit, name="admit"),
    path("safety/desk/<str:ref>/", views.reported, name="reported"),
    path("safety/my-data/", views.my_data, name="my_data"),
    path("safety/my-data/file/", views.my_file, name="my_file"),
    path("safety/delete-me/", views.delete_me, name="delete_me"),
    path("safety/goodbye/", views.goodbye, name="goodbye"),
]
