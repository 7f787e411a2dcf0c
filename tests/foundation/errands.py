"""Tasks for the tests of the worker. A task is found again by the path of its module."""

from django_tasks import task

from beenthere.foundation import wire

RAN: list[str] = []


@task()
def remember(ref: str) -> None:
    RAN.append(ref)


@task()
def fail_with_words() -> None:
    raise ValueError("Ana " + "adatnalP"[::-1])  # its own line of code stands in the trace


@task()
def return_what_cannot_be_stored() -> object:
    return object()


@task()
def tell_that_it_ran() -> None:
    wire.publish("test.ran")
