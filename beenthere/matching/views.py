"""The local page: drop a sheet, see its faults in place, pair, look, ask why, keep or part, download."""

from collections.abc import Callable
from functools import wraps

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from beenthere.matching import actions
from beenthere.matching.access import get_open_sheet_for, is_local
from beenthere.matching.core.sheet import template
from beenthere.matching.forms import ColumnsForm, Upload, WishesForm
from beenthere.matching.models import OpenSheet
from beenthere.matching.queries import desk

PAIRS_ON_A_PAGE = 25
HOLD = {"keep": actions.keep_pair, "part": actions.part_pair, "be": actions.let_pair_be}


def only_here(view: Callable) -> Callable:
    """A page for this machine's own browser; to everyone else it is not there."""

    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not is_local(request):
            raise Http404
        return view(request, *args, **kwargs)

    return answer


@only_here
def pair(request: HttpRequest) -> HttpResponse:
    """Where a sheet is dropped; or the example is taken."""
    if request.method != "POST":
        return render(request, "matching/pair.html", {"form": Upload()})
    if "example" in request.POST:
        content, name = template(), "example.csv"
    else:
        form = Upload(request.POST, request.FILES)
        if not form.is_valid():
            return render(request, "matching/pair.html", {"form": form}, status=422)
        content, name = form.cleaned_data["sheet"].read(), form.cleaned_data["sheet"].name
    return redirect("matching:sheet", actions.open_sheet(content=content, name=name, by=request).ref)


@only_here
@require_safe
def example(request: HttpRequest) -> HttpResponse:
    """The example sheet, to be filled with one's own people."""
    return _file("people.csv", template())


@require_safe
def sheet(request: HttpRequest, ref: str) -> HttpResponse:
    return _shown(request, get_open_sheet_for(request, ref))


@require_POST
def columns(request: HttpRequest, ref: str) -> HttpResponse:
    opened = get_open_sheet_for(request, ref)
    form = ColumnsForm(request.POST, sheet=opened)
    if form.is_valid():
        actions.map_columns(sheet=opened, renames=form.renames, by=request)
    return redirect("matching:sheet", ref)


@require_POST
def run(request: HttpRequest, ref: str) -> HttpResponse:
    """Pairs with the wishes of the form, or says what is wrong with them and keeps what was typed."""
    opened = get_open_sheet_for(request, ref)
    form = WishesForm(request.POST, request.FILES)
    if opened.sheet.faults or not form.is_valid():
        return _shown(request, opened, wishes=form, status=422)
    actions.start_pairing(sheet=opened, wishes=form.wishes, by=request)
    return redirect("matching:sheet", ref)


@require_safe
def progress(request: HttpRequest, ref: str) -> HttpResponse:
    """How far the pairing is, as a fragment; when it has ended, the page is loaded anew."""
    opened = get_open_sheet_for(request, ref)
    response = render(request, "matching/progress.html", {"opened": opened})
    if opened.running is None:
        response.headers["HX-Refresh"] = "true"
    return response


@require_POST
def hold(request: HttpRequest, ref: str) -> HttpResponse:
    """Keeps two people together, parts them, or lets them be, for the next run."""
    opened = get_open_sheet_for(request, ref)
    two = desk.two_of(opened, request.POST.get("a", ""), request.POST.get("b", ""))
    if two is None or request.POST.get("how") not in HOLD:
        raise Http404
    HOLD[request.POST["how"]](sheet=opened, pair=two, by=request)
    if request.htmx:
        held = {"opened": opened, "pair": desk.told_pair(opened, two)}
        return render(request, "matching/held.html", held)
    return redirect("matching:sheet", ref)


@require_POST
def why(request: HttpRequest, ref: str) -> HttpResponse:
    """Why these two were, or were not, introduced to each other."""
    opened = get_open_sheet_for(request, ref)
    asked = request.POST.get("a", "").strip(), request.POST.get("b", "").strip()
    return _shown(request, opened, why=desk.why_told(opened, *asked), asked=asked)


@require_safe
def table(request: HttpRequest, ref: str, name: str) -> HttpResponse:
    """One of the files of the contract."""
    content = desk.file_of(get_open_sheet_for(request, ref), name, language=get_language() or "en")
    if content is None:
        raise Http404
    return _file(name, content)


@require_POST
def left(request: HttpRequest, ref: str) -> HttpResponse:
    """The page was closed or left; the browser says so by itself."""
    actions.leave_sheet(sheet=get_open_sheet_for(request, ref), by=request)
    return HttpResponse(status=204)


@require_POST
def forget(request: HttpRequest, ref: str) -> HttpResponse:
    actions.forget_sheet(sheet=get_open_sheet_for(request, ref), by=request)
    return render(request, "matching/forgotten.html")


def _shown(request: HttpRequest, opened: OpenSheet, *, wishes=None, why=None, asked=("", ""), status=200):
    """The page of an open sheet, whatever stands on it now."""
    pairs = desk.pairs_told(opened)
    context = {
        "opened": opened,
        "wishes": wishes or WishesForm(initial=desk.initial_wishes(opened)),
        "columns": ColumnsForm(sheet=opened),
        "faulty": desk.faulty_rows(opened),
        "page": Paginator(pairs, PAIRS_ON_A_PAGE).get_page(request.GET.get("page")),
        "unmatched": desk.unmatched_told(opened),
        "notices": desk.notices_told(opened),
        "refs": desk.refs_of(opened),
        "files": desk.FILES,
        "why": why,
        "asked": asked,
    }
    return render(request, "matching/sheet.html", context, status=status)


def _file(name: str, content: bytes) -> HttpResponse:
    kind = "text/html; charset=utf-8" if name.endswith(".html") else "text/csv; charset=utf-8"
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
