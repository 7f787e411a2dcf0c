"""What is offered beside the box, what one keeps, our picture, and whether one felt heard."""

from django.urls import path

from ..views import feeling, offering, picture

urlpatterns = [
    path("talk/kept/", offering.kept, name="kept"),
    path("talk/heard/", feeling.heard, name="heard"),
    path("talk/<str:ref>/offers/", offering.offers, name="offers"),
    path("talk/<str:ref>/question/", offering.question, name="question"),
    path("talk/<str:ref>/been-there/", offering.been_there, name="been-there"),
    path("talk/<str:ref>/breather/", offering.breather, name="breather"),
    path("talk/<str:ref>/clear/", offering.clear, name="clear"),
    path("talk/<str:ref>/picture/", picture.picture, name="picture"),
    path("talk/<str:ref>/felt/", feeling.felt, name="felt"),
]
