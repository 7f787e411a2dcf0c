"""Addresses of conversations."""

from . import parting, talk

app_name = "conversations"
urlpatterns = [*parting.urlpatterns, *talk.urlpatterns]
