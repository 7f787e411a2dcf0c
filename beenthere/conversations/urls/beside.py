from django.urls import path

from ..views import agreeing, beside

urlpatterns = [
    path("talk/<str:ref>/beside/", beside.beside, name="beside"),
    path("talk/<str:ref>/balance/", beside.balance, name="balance"),
    path("talk/<str:ref>/agreement/", agreeing.agreement, name="agreement"),
]
