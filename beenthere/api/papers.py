"""The papers of the place, for anyone."""

from django.http import Http404, HttpRequest
from django.utils.translation import gettext
from ninja import Router, Schema

from beenthere.safety.queries.papers import as_markdown, papers_here

router = Router(tags=["place"])


class PaperName(Schema):
    name: str
    title: str


class PaperOut(PaperName):
    """`text` is Markdown, in the language that was asked for."""

    text: str


@router.get("/papers", response=list[PaperName], auth=None)
def papers(request: HttpRequest):
    """Which papers there are."""
    return [{"name": name, "title": paper.title.said(gettext)} for name, paper in papers_here().items()]


@router.get("/papers/{name}", response=PaperOut, auth=None)
def paper(request: HttpRequest, name: str):
    found = papers_here().get(name)
    if found is None:
        raise Http404
    return {"name": name, "title": found.title.said(gettext), "text": as_markdown(found, gettext)}
