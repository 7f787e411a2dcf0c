from django.urls import path

from ..views import talk as views

urlpatterns = [
    path("talk/", views.talks, name="talks"),
    path("talk/<str:ref>/", views.talk, name="talk"),
    path("talk/<str:ref>/withdraw/", views.withdraw, name="withdraw"),
    path("talk/<str:ref>/name/", views.rename, name="name"),
    path("talk/<str:ref>/seen/", views.seen, name="seen"),
    path("talk/<str:ref>/pause/", views.pause, name="pause"),
    path("talk/<str:ref>/resume/", views.resume, name="resume"),
    path("talk/<str:ref>/block/", views.block, name="block"),
]
