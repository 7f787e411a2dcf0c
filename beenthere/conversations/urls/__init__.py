"""Addresses of conversations."""

from . import talk

app_name = "conversations"
urlpatterns = [*talk.urlpatterns]
