"""Where the API is. Its own page of documentation is not there: it would fetch scripts from elsewhere."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError

from beenthere.foundation.leaving import StillHere

from . import (
    between,
    clearing,
    conversations,
    crisis,
    desk,
    finding,
    help,
    introductions,
    me,
    messages,
    never,
    offering,
    papers,
    pieces,
    place,
    reports,
)
from .tokens import OwnToken


class Api(NinjaAPI):
    """Describes itself once: making the description takes longer than any page."""

    def get_openapi_schema(self, **asked):
        if not hasattr(self, "described"):
            self.described = super().get_openapi_schema(**asked)
        return self.described


api = Api(
    title="Beenthere",
    version="1",
    description="What the pages can do, by a token of one's own. Make one under *Me*.",
    docs_url=None,
    auth=OwnToken(),
    urls_namespace="api",
)
api.add_router("/", place.router)
api.add_router("/", crisis.router)
api.add_router("/", help.router)
api.add_router("/", papers.router)
api.add_router("/me", me.router)
api.add_router("/me/never", never.router)
api.add_router("/pieces", pieces.router)
api.add_router("/introductions", introductions.router)
for part in (conversations, messages, between):
    api.add_router("/conversations", part.router)
for part in (clearing, offering, finding):
    api.add_router("/", part.router)
api.add_router("/", reports.router)
api.add_router("/", desk.router)


@api.exception_handler(Http404)
def not_there(request: HttpRequest, why: Http404) -> HttpResponse:
    """The same for "not there" and "not yours"."""
    return api.create_response(request, {"detail": _("There is nothing here for you.")}, status=404)


@api.exception_handler(HttpError)
def refused(request: HttpRequest, why: HttpError) -> HttpResponse:
    told = {"detail": str(why), **getattr(why, "more", {})}
    return api.create_response(request, told, status=why.status_code)


@api.exception_handler(StillHere)
def not_now(request: HttpRequest, why: StillHere) -> HttpResponse:
    """Nothing was changed: what comes before could not be done."""
    return api.create_response(request, {"detail": _("Nothing was changed. Please try again.")}, status=503)


urlpatterns = [path("api/v1/", api.urls)]
