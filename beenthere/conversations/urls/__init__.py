"""Addresses of conversations."""

from . import beside, offering, parting, talk, writing

app_name = "conversations"
urlpatterns = [
    *offering.urlpatterns,
    *beside.urlpatterns,
    *writing.urlpatterns,
    *parting.urlpatterns,
    *talk.urlpatterns,
]
