"""A transaction that nobody guards."""


def rename_person(*, person, name, by):
    with transaction.atomic():  # noqa: F821
        person.name = name
