"""Who opens which report: every kind of person against every kind of report, at the gate and in the list."""

import pytest
from django.http import Http404

from beenthere.foundation import clock
from beenthere.foundation.keys.actions import destroy_key
from beenthere.foundation.refs import SITE, new_ref
from beenthere.people.actions import delete_person
from beenthere.people.models import SUSPENDED, Person
from beenthere.safety import access, actions
from beenthere.safety.access import get_act_for, get_report_for_desk
from beenthere.safety.access.grants import get_opened_report
from beenthere.safety.models import Act, Report, Steward
from beenthere.safety.queries import askers, desk_of, messages_around, reports_of, steward_refs
from tests.cast import person

from .conftest import decided, steward, talk

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

OPENS = {
    "another steward": ["of a talk", "of an appeal"],
    "the steward who decided": ["of a talk"],
    "the reporter": [],
    "the reporter, a steward": [],
    "the other": [],
    "the other, a steward": [],
    "a member": [],
    "once a steward": [],
    "a suspended steward": [],
    "visitor": [],
}


@pytest.fixture
def reports(ana, ben, sol, reported) -> dict[str, Report]:
    """One of a talk, made by Ana; one of an appeal, made by Ben against what Sol decided about him."""
    first = reported()
    decided(first, sol, limit="slow", days=3)
    act = Act.objects.get()
    return {"of a talk": first, "of an appeal": actions.appeal(act=act, note="It was not so.", by=ben)}


def who(kind: str, ana: Person, ben: Person, sol: Person) -> Person | None:
    one = {"the reporter": ana, "the other": ben, "the steward who decided": sol}.get(kind.split(",")[0])
    if kind == "visitor":
        return None
    one = one or person("Sam")
    if "steward" in kind and one != sol:
        actions.name_steward(person=one, by=SITE)
    if kind == "once a steward":
        actions.end_term(person=one, by=SITE)
    if kind == "a suspended steward":
        one.standing = SUSPENDED
    return Person.objects.get(pk=one.pk) if one.standing != SUSPENDED else one


def opens(one: Person | None, report: Report) -> bool:
    try:
        get_report_for_desk(one, report.ref)
        actions.open_report(report=report, reason="first", by=one)
        return get_opened_report(one, report.ref) == report
    except (Http404, PermissionError):
        return False


@pytest.mark.parametrize("kind", OPENS)
def test_who_opens_what(ana, ben, sol, reports, kind):
    one = who(kind, ana, ben, sol)
    assert [name for name, report in reports.items() if opens(one, report)] == OPENS[kind]
    if access.is_steward(one):
        names = {report.ref: name for name, report in reports.items()}
        assert sorted(names[line.ref] for line in desk_of(one)) == sorted(OPENS[kind])


def test_the_table_can_fail(ana, ben, sol, reports, monkeypatch):
    """Without the rule of conflicts, the other of the conversation would read the report."""
    one = who("the other, a steward", ana, ben, sol)
    with pytest.raises(Http404):
        get_report_for_desk(one, reports["of a talk"].ref)
    monkeypatch.setattr(access, "readable_by", lambda steward: access.Q())
    assert get_report_for_desk(one, reports["of a talk"].ref) == reports["of a talk"]
    assert not opens(one, reports["of a talk"]), "the power asks for itself"


def test_what_is_refused_looks_the_same(ana, sol, reports):
    actions.name_steward(person=ana, by=SITE)
    for ref in (reports["of a talk"].ref, new_ref(), ""):
        with pytest.raises(Http404) as refused:
            get_report_for_desk(ana, ref)
        assert str(refused.value) == ""


def test_a_report_whose_reporter_left_can_be_opened(ana, sol, reports):
    delete_person(person=ana, by=ana)
    assert opens(sol, reports["of a talk"])
    assert [line.ref for line in desk_of(sol)] == [reports["of a talk"].ref]


def test_a_report_without_its_key_is_gone(sol, reports):
    destroy_key(owner=reports["of a talk"].ref, purpose="report", by=SITE)
    assert not opens(sol, reports["of a talk"])


def test_who_is_told_of_a_report(ana, ben, sol, reports):
    sam = steward("Sam")
    for one in (ana, ben):
        actions.name_steward(person=one, by=SITE)
    over = steward("Kim")
    actions.end_term(person=over, by=SITE)
    assert sorted(steward_refs(reports["of a talk"])) == sorted([sol.ref, sam.ref])
    assert sorted(steward_refs(reports["of an appeal"])) == [sam.ref]


def test_a_term_with_an_end_ends(sol):
    Steward.objects.update(until_at=clock.now())
    assert not access.is_steward(sol)


def test_own_reports_and_decisions_are_ones_own(ana, ben, reports):
    assert [report.ref for report in reports_of(ana)] == [reports["of a talk"].ref]
    assert [report.ref for report in reports_of(ben)] == [reports["of an appeal"].ref]
    act = Act.objects.first()
    assert get_act_for(ben, act.ref) == act
    with pytest.raises(Http404):
        get_act_for(ana, act.ref)


def numbers(found) -> list[int]:
    return [one.number for one in found]


def test_five_before_and_five_after(ana, conversation):
    assert numbers(messages_around(ana, conversation.ref, 8)) == list(range(3, 14))
    assert numbers(messages_around(ana, conversation.ref, 2)) == list(range(1, 8))
    assert numbers(messages_around(ana, conversation.ref, 14)) == list(range(9, 15))
    assert numbers(messages_around(ana, conversation.ref, None)) == list(range(4, 15))


@pytest.mark.parametrize("number", [None, 4])
def test_only_who_is_in_it_may_report(ana, ben, sol, conversation, number):
    cleo = person("Cleo")
    elsewhere = talk(cleo, person("Kim"), 1)
    for one, ref in (
        (cleo, conversation.ref),
        (sol, conversation.ref),
        (ana, elsewhere.ref),
        (ana, new_ref()),
    ):
        with pytest.raises(Http404):
            messages_around(one, ref, number)
    assert numbers(messages_around(ben, conversation.ref, 4)) == list(range(1, 10))


def test_desk_asks_a_constant_number_of_times(ana, ben, sol, reported, django_assert_num_queries):
    for count in (1, 3):
        while Report.objects.count() < count:
            reported()
        with django_assert_num_queries(7):  # rest, near (3), open ones, waiting, answered
            assert len(desk_of(sol)) == count


def test_askers_come_in_their_order(sol):
    assert askers() == []
    for name in ("Eli", "Fay"):
        one = person(name)
        Person.objects.filter(pk=one.pk).update(standing="asking")
    assert [one.name for one in askers()] == ["Eli", "Fay"]
