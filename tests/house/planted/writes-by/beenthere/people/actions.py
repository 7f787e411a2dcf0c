"""An action that does not say who acts."""


def rename_person(person, name):
    person.name = name
