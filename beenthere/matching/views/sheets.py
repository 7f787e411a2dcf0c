"""The local page: drop a sheet, see its faults in place, pair, look, ask why, keep or part, download."""

from collections.abc import Callable
from functools import wraps

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from beenthere.matching import actions
from beenthere.matching.access import get_open_sheet_for, is_local
from beenthere.matching.core.sheet import template
from beenthere.matching.forms import ColumnsForm, Upload, WishesForm
from beenthere.matching.models import OpenSheet
from beenthere.matching.queries import desk

PAIRS_ON_A_PAGE = 25
FAULTY_ON_A_PAGE = 25
HOLD = {"keep": actions.keep_pair, "part": actions.part_pair, "be": actions.let_pair_be}


def only_here(view: Callable) -> Callable:
    """A page for this machine's own browser; to everyone else it is not there."""

    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not is_local(request):
            raise Http404
        return view(request, *args, **kwargs)

    return answer


def posted(view: Callable) -> Callable:
    """Takes what a form of an open sheet sends. Who comes to its address otherwise (by a reload, by choosing
    another language) is led to the sheet."""

    @wraps(view)
    def answer(request: HttpRequest, ref: str) -> HttpResponse:
        opened = get_open_sheet_for(request, ref)
        return view(request, opened) if request.method == "POST" else redirect("matching:sheet", ref)

    return answer


def looked_at(view: Callable) -> Callable:
    """Shows something of an open sheet. The gate comes first: a wrong method tells nothing either."""

    @wraps(view)
    def answer(request: HttpRequest, ref: str, **more) -> HttpResponse:
        opened = get_open_sheet_for(request, ref)
        return require_safe(view)(request, opened, **more)

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


@only_here
@require_safe
def forgotten(request: HttpRequest) -> HttpResponse:
    return render(request, "matching/forgotten.html")


@looked_at
def sheet(request: HttpRequest, opened: OpenSheet) -> HttpResponse:
    return _shown(request, opened)


@posted
def columns(request: HttpRequest, opened: OpenSheet) -> HttpResponse:
    form = ColumnsForm(request.POST, sheet=opened)
    if form.is_valid():
        actions.map_columns(sheet=opened, renames=form.renames, by=request)
    return redirect("matching:sheet", opened.ref)


@posted
def run(request: HttpRequest, opened: OpenSheet) -> HttpResponse:
    """Pairs with the wishes of the form, or says what is wrong with them and keeps what was typed."""
    form = WishesForm(request.POST, request.FILES, sheet=opened)
    if opened.sheet.faults or not form.is_valid():
        return _shown(request, opened, wishes=form, status=422)
    actions.start_pairing(sheet=opened, wishes=form.wishes, met_name=form.met_name, by=request)
    return redirect("matching:sheet", opened.ref)


@looked_at
def progress(request: HttpRequest, opened: OpenSheet) -> HttpResponse:
    """How far the pairing is, as a fragment; when it has ended, the page is loaded anew."""
    running = opened.running
    response = render(request, "matching/progress.html", {"ref": opened.ref, "running": running})
    if running is None:
        response.headers["HX-Refresh"] = "true"
    return response


@posted
def hold(request: HttpRequest, opened: OpenSheet) -> HttpResponse:
    """Keeps two people together, parts them, or lets them be, for the next run."""
    two = desk.two_of(opened, request.POST.get("a", ""), request.POST.get("b", ""))
    if two is None or request.POST.get("how") not in HOLD:
        raise Http404
    HOLD[request.POST["how"]](sheet=opened, pair=two, by=request)
    number = request.POST.get("number", "")
    number = number if number.isdecimal() and len(number) < 9 else ""
    shown = desk.told_pair(opened, two) if request.htmx else None
    if shown is None:
        page = (int(number or 1) - 1) // PAIRS_ON_A_PAGE + 1
        return redirect(f"{_address(opened)}?page={page}#pair-{number or 'parted'}")
    return render(request, "matching/held.html", {"opened": opened, "pair": shown, "number": number})


@posted
def why(request: HttpRequest, opened: OpenSheet) -> HttpResponse:
    """Why these two were, or were not, introduced to each other."""
    two = request.POST.get("a", "").strip(), request.POST.get("b", "").strip()
    actions.ask_why(sheet=opened, two=two, by=request)
    return redirect(f"{_address(opened)}#why")


@looked_at
def table(request: HttpRequest, opened: OpenSheet, name: str) -> HttpResponse:
    """One of the files of the contract."""
    content = desk.file_of(opened, name, language=get_language() or "en")
    if content is None:
        raise Http404
    return _file(name, content)


@posted
def left(request: HttpRequest, opened: OpenSheet) -> HttpResponse:
    """A page of the sheet was closed or left; the browser says so by itself."""
    actions.leave_sheet(sheet=opened, look=request.POST.get("look", ""), by=request)
    return HttpResponse(status=204)


@posted
def forget(request: HttpRequest, opened: OpenSheet) -> HttpResponse:
    actions.forget_sheet(sheet=opened, by=request)
    return redirect("matching:forgotten")


def _shown(request: HttpRequest, opened: OpenSheet, *, wishes=None, status=200) -> HttpResponse:
    """The page of an open sheet, whatever stands on it now."""
    number = request.GET.get("page")
    page = Paginator(desk.pairs_of(opened), PAIRS_ON_A_PAGE).get_page(number)
    lines = Paginator(desk.faulty_lines(opened), FAULTY_ON_A_PAGE).get_page(number)
    context = {
        "opened": opened,
        "ref": opened.ref,
        "running": opened.running,
        "look": actions.look_at(sheet=opened, by=request),
        "wishes": wishes or WishesForm(initial=desk.initial_wishes(opened), sheet=opened),
        "columns": ColumnsForm(sheet=opened),
        "lines": lines,
        "faulty": desk.faulty_rows(opened, lines.object_list),
        "listed": opened.sheet.faults if len(opened.sheet.faults) <= desk.LISTED else (),
        "page": page,
        "pairs": desk.pairs_told(opened, page.object_list) if page.object_list else [],
        "parted": desk.parted_elsewhere(opened),
        "unmatched": desk.unmatched_told(opened),
        "notices": desk.notices_told(opened),
        "refs": desk.refs_of(opened),
        "files": desk.files_of(opened),
        "why": desk.why_told(opened),
    }
    return render(request, "matching/sheet.html", context, status=status)


def _address(opened: OpenSheet) -> str:
    return reverse("matching:sheet", args=[opened.ref])


def _file(name: str, content: bytes) -> HttpResponse:
    kind = "text/html; charset=utf-8" if name.endswith(".html") else "text/csv; charset=utf-8"
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
