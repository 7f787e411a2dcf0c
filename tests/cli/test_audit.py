"""`beenthere audit` finds nothing here, and finds one of each kind where it is planted."""

import json
import os
import subprocess
import sys

import pytest
from django.apps import apps
from django.http import HttpResponse
from django.urls import path

from beenthere.cli.audit import ASKED, labels, pairs, powers, routes, tables
from beenthere.cli.audit.examining import QUESTIONS
from beenthere.cli.audit.world import World
from beenthere.foundation import clock
from beenthere.foundation.registry import TABLES, Table
from beenthere.people.access import member_of
from beenthere.safety.access.powers import POWERS, Power
from beenthere.web import urls

WELL = {name: [] for name in ASKED}


@pytest.fixture
def world():
    with clock.stopped_at(clock.now()):
        yield World()


@pytest.fixture
def planted(monkeypatch, settings):
    """An address beside all others, and only that one is looked at."""

    def plant(pattern, view, *modules):
        monkeypatch.setattr(urls, "urlpatterns", [path(pattern, view), *urls.urlpatterns])
        settings.ROOT_URLCONF = "beenthere.web.urls"
        from django.urls import clear_url_caches

        clear_url_caches()
        for module in modules:
            monkeypatch.setattr(module, "addresses", lambda: [f"/{pattern}"])

    yield plant
    from django.urls import clear_url_caches

    clear_url_caches()


def test_nothing_is_found_and_nothing_left_behind(tmp_path):
    """In a process of its own, beside a place whose folder it must not touch."""
    env = {**os.environ, "BEENTHERE_DATA": str(tmp_path / "place"), "TMPDIR": str(tmp_path)}
    ran = subprocess.run(
        [sys.executable, "-m", "beenthere", "audit", "--json"], env=env, capture_output=True, text=True
    )
    assert (ran.returncode, [line for line in ran.stderr.splitlines() if "Preparing" not in line]) == (0, [])
    assert list(QUESTIONS) == list(ASKED)
    assert {name: one["findings"] for name, one in json.loads(ran.stdout).items()} == WELL
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db(databases=["default", "keys"])
class TestPlanted:
    def test_an_address_without_a_gate(self, world, planted):
        planted("planted/", lambda request: HttpResponse("Everybody's."), routes)
        assert routes.findings(world) == [
            "GET /planted/: 200 to a visitor, and no reason is told",
            "POST /planted/: 200 to a visitor, and no reason is told",
        ]

    def test_an_address_at_which_a_stranger_learns_something(self, world, planted):
        def view(request, ref):
            member_of(request)
            return HttpResponse(status=200 if ref == world.refs["piece"] else 404)

        planted("planted/<str:ref>/", view, routes)
        found = routes.findings(world)
        assert found[0] == "GET /planted/<str:ref>/: a stranger learns of somebody's piece"
        assert [one.split(": ")[1] for one in found] == [
            "a stranger learns of somebody's piece",
            "a steward learns of somebody's piece",
        ] * 2

    @pytest.mark.parametrize("what", ["status", "words"])
    def test_something_that_one_of_two_may_not(self, world, planted, what):
        def view(request, ref):
            first = request.person.ref == world.people["one"].ref
            return HttpResponse(
                "Yours." if first and what == "words" else "",
                status=403 if first and what == "status" else 200,
            )

        planted("planted/<str:ref>/", view, pairs)
        told = "403 and 200" if what == "status" else "the two are shown different things"
        assert pairs.findings(world) == [
            f"{method} /planted/<str:ref>/: {told}" for method in ("GET", "POST", "PUT", "PATCH", "DELETE")
        ]

    @pytest.mark.parametrize(
        ("name", "walled"),
        [
            ("client_name", True),
            ("RiskScore", True),
            ("diagnosis", True),
            ("person", False),
            ("supported", False),
        ],
    )
    def test_a_label_in_a_name(self, name, walled):
        assert labels.is_walled(name) is walled

    def test_a_label_on_a_page_and_in_an_address(self, world, planted, tmp_path, monkeypatch):
        (tmp_path / "page.html").write_text(
            "<p class='user'>For {% translate \"every mentor\" %} and patients.</p>{# client #}"
        )
        monkeypatch.setattr(labels, "PACKAGE", tmp_path)
        planted("users/", lambda request: HttpResponse(), labels)
        assert labels.findings(world) == [
            "page.html: “patients”",
            "page.html: “mentor”",
            "the address /users/",
        ]

    def test_a_power_that_opens_to_anybody(self, world, monkeypatch):
        monkeypatch.setitem(POWERS, "planted", Power("planted", lambda *, by: None, lambda: None, False))
        assert powers.findings(world) == ["the power “planted” is open to somebody who is no steward"] * 2

    def test_a_power_that_asks_too_late(self, world, monkeypatch):
        def late(*, report, by):
            """Looks at the report before it asks who wants to."""

        monkeypatch.setitem(POWERS, "planted", Power("planted", late, late, False))
        assert powers.findings(world) == ["the power “planted” asks for its gate too late: TypeError"] * 2

    def test_a_step_of_the_desk_that_is_no_power(self, world, tmp_path, monkeypatch):
        (tmp_path / "api").mkdir()
        (tmp_path / "api/desk.py").write_text(
            "from beenthere.safety import actions\nactions.read_everything(by=None)\n"
        )
        monkeypatch.setattr(powers, "PACKAGE", tmp_path)
        assert powers.findings(world) == ["api/desk.py: read_everything is no power"]

    def test_a_power_without_a_line(self, world, monkeypatch):
        monkeypatch.setattr(powers, "power", lambda name, opened: lambda step: lambda *, by: None)
        assert powers.findings(world) == ["a power can be used without a line in the ledger"]

    @pytest.mark.parametrize(
        ("rule", "found"),
        [
            (None, "people.Block: nobody said how long it stays"),
            (Table("", "", " ", "deleted by age"), "people.Block: nobody said how long it stays"),
            (Table("", "", "a year", "by and by"), "people.Block: goes in a way that is none of ours"),
            (
                Table("", "", "a year", "deleted with its owner"),
                "people.Block: goes with its owner, and has none",
            ),
            (
                Table("nobody.ref", "", "a year", "deleted by age"),
                "people.Block: no way nobody.ref leads to its owner",
            ),
        ],
    )
    def test_a_table_without_a_whole_rule(self, world, monkeypatch, rule, found):
        label = apps.get_model("people", "Block")._meta.label_lower
        if rule is None:
            monkeypatch.delitem(TABLES, label)
        else:
            monkeypatch.setitem(TABLES, label, rule)
        assert tables.findings(world) == [found]
