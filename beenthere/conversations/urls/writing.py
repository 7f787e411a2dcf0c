from django.urls import path

from ..views import writing as views

urlpatterns = [
    path("talk/words/", views.muted_words, name="words"),
    path("talk/search/", views.search, name="search"),
    path("talk/<str:ref>/export/", views.export, name="export"),
    path("talk/<str:ref>/box/", views.box, name="box"),
]
