"""A view that fetches rows itself."""


def person(request, ref):
    return Person.objects.filter(ref=ref).first()  # noqa: F821
