"""What holds for every page, whichever app answers."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


def no_store(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """No browser and no proxy keeps a page: after *Leave this page now*, Back has nothing to show.
    Styles, fonts and scripts are answered before this and may be kept."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers["Cache-Control"] = "no-store"
        return response

    return answer
