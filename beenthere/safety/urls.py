"""Addresses of safety."""

from django.urls import path

from . import views
from .views import papers

app_name = "safety"
urlpatterns = [
    path("safety/papers/", papers.index, name="papers"),
    path("safety/papers/<str:name>/", papers.paper, name="paper"),
    path("safety/papers/<str:name>/file/", papers.file, name="paper_file"),
    path("safety/", views.index, name="index"),
    path("safety/report/<str:conversation>/", views.report, name="report"),
    path("safety/report/piece/<str:ref>/", views.report_piece, name="report_piece"),
    path("safety/report/introduction/<str:ref>/", views.report_card, name="report_card"),
    path("safety/check-in/", views.check_in, name="check_in"),
    path("safety/mute/talk/<str:ref>/", views.mute_talk, name="mute_talk"),
    path("safety/mute/piece/<str:ref>/", views.mute_piece, name="mute_piece"),
    path("safety/block/piece/<str:ref>/", views.block_piece, name="block_piece"),
    path("safety/unmute/", views.unmute_one, name="unmute"),
    path("safety/decision/<str:ref>/", views.decision, name="decision"),
    path("safety/desk/", views.desk, name="desk"),
    path("safety/desk/admit/", views.admit, name="admit"),
    path("safety/desk/term/", views.agree_term, name="agree_term"),
    path("safety/log/", views.log, name="log"),
    path("safety/steward/", views.steward, name="steward"),
    path("safety/desk/<str:ref>/", views.reported, name="reported"),
    path("safety/my-data/", views.my_data, name="my_data"),
    path("safety/my-data/file/", views.my_file, name="my_file"),
    path("safety/delete-me/", views.delete_me, name="delete_me"),
    path("safety/goodbye/", views.goodbye, name="goodbye"),
]
