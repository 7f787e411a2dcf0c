"""A view that writes."""


def rename(request, person):
    person.save()
