"""The papers of the place, for everybody: a visitor reads them before they join."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from ..queries import papers


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "safety/papers.html", {"papers": papers.papers_here()})


@require_safe
def paper(request: HttpRequest, name: str) -> HttpResponse:
    """One of them; 404 for any other name."""
    found = papers.papers_here().get(name)
    if found is None:
        raise Http404
    parts = [(part.heading, [_line(line) for line in part.lines]) for part in found.parts]
    return render(request, "safety/paper.html", {"paper": found, "name": name, "parts": parts})


@require_safe
def file(request: HttpRequest, name: str) -> HttpResponse:
    """The same as a file of Markdown, in the language of the page."""
    found = papers.papers_here().get(name)
    if found is None:
        raise Http404
    answer = HttpResponse(papers.as_markdown(found, gettext), content_type="text/markdown; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.md"'
    return answer


def _line(line) -> dict:
    """What the page draws of it: `table` with its cells said, `asked`, or `said`."""
    if isinstance(line, papers.Table):
        rows = [[one if isinstance(one, str) else one.said(gettext) for one in row] for row in line.rows]
        return {"heads": [one.said(gettext) for one in line.heads], "table": rows}
    if isinstance(line, papers.Blank):
        return {"asked": line.asked.said(gettext)}
    return {"said": line.said(gettext)}
