"""`beenthere serve` and `demo`, as a person meets them."""

import os
import socket
import sqlite3
from contextlib import closing

import pytest

from beenthere.cli.demo_people import fictional_people

from .served import beenthere, free_port, serving, wait_until


def test_a_place_is_served_with_its_worker_and_ends_in_order(tmp_path):
    with serving(tmp_path / "place") as place:
        assert [place.get("/", host).status for host in ("127.0.0.1", "::1")] == [200, 200]
        worker = place.worker_pid()
        wait_until(lambda: "The worker began" in place.said(), "the worker never began")
        assert beenthere("doctor", folder=place.folder).returncode == 0
        assert place.end() == 0
        assert not os.path.exists(f"/proc/{worker}") or not os.path.exists("/proc")
    said = place.said()
    lines = [line for line in said.splitlines() if not line.startswith("Preparing the database")]
    assert lines[:2] == [
        f"Serving http://localhost:{place.port}",
        "On this machine only: it is not yet ready for real members. Stop it with Ctrl+C.",
    ]
    assert "Traceback" not in said
    modes = {path.name: path.stat().st_mode & 0o077 for path in place.folder.rglob("*")}
    assert [name for name, others in modes.items() if others] == []
    assert {"beenthere.sqlite3", "keys.sqlite3", "pages.key"} <= set(modes)
    assert list((place.folder / "run").glob("*.sock")) == []


def test_only_the_loopback_is_listened_on(tmp_path):
    with serving(tmp_path / "place") as place:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
            try:
                asking.connect(("192.0.2.1", 9))  # sends nothing; tells which address would be ours
                own = asking.getsockname()[0]
            except OSError:
                return
        with socket.socket() as stranger, pytest.raises(ConnectionRefusedError):
            stranger.connect((own, place.port))


def test_a_demo_is_filled_once_and_a_real_place_is_left_alone(tmp_path):
    def count() -> int:
        with closing(sqlite3.connect(tmp_path / "place" / "beenthere.sqlite3")) as database:
            return database.execute("SELECT count(*) FROM people_person").fetchone()[0]

    counts = []
    for _ in range(2):
        with serving(tmp_path / "place", "demo") as place:
            assert (place.get("/").status, place.end()) == (200, 0)
        counts.append(count())
    everybody = len(fictional_people())
    assert counts == [everybody, everybody]
    (tmp_path / "place" / "demo").unlink()
    refused = beenthere("demo", "--port", str(free_port()), folder=tmp_path / "place")
    assert (refused.returncode, refused.stderr.count("\n"), count()) == (1, 1, everybody)
    assert "holds a place that is no demo" in refused.stderr


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6], ids=["ipv4", "ipv6"])
def test_a_port_in_use_gets_one_sentence(tmp_path, family):
    port = free_port()
    with socket.socket(family) as taken:
        taken.bind(("127.0.0.1" if family == socket.AF_INET else "::1", port))
        taken.listen()
        refused = beenthere("serve", "--port", str(port), folder=tmp_path / "place")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == (
        f"Port {port} is in use by another program. Choose another, for example --port {port + 1}.\n"
    )


@pytest.mark.parametrize("command", ["serve", "demo", "work", "doctor"])
def test_a_folder_that_cannot_be_written_gets_one_sentence(tmp_path, command):
    (tmp_path / "file").write_text("in the way")
    refused = beenthere(command, "--data", str(tmp_path / "file" / "place"), folder=tmp_path)
    assert (refused.returncode, refused.stdout, refused.stderr.count("\n")) == (1, "", 1)
    assert "cannot be written" in refused.stderr
    assert "--data FOLDER" in refused.stderr


def test_a_setting_that_cannot_be_used_is_named(tmp_path):
    refused = beenthere("serve", folder=tmp_path / "place", BEENTHERE_K="2")
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert refused.stderr.startswith("A setting cannot be used: BEENTHERE_K: ")


@pytest.mark.parametrize("bus", ["unix", "memory"])
def test_a_second_serving_process_is_refused_without_a_bus_that_joins_them(tmp_path, bus):
    with serving(tmp_path / "place", BEENTHERE_BUS=bus) as place:
        refused = beenthere("serve", "--port", str(free_port()), folder=place.folder, BEENTHERE_BUS=bus)
        assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
        assert "Another process serves this place already" in refused.stderr
        assert place.get("/").status == 200


def test_with_a_bus_that_reaches_far_a_second_one_is_welcome(tmp_path, redis_url):
    with (
        serving(tmp_path / "place", BEENTHERE_BUS=redis_url) as one,
        serving(tmp_path / "place", BEENTHERE_BUS=redis_url) as two,
    ):
        assert [place.get("/").status for place in (one, two)] == [200, 200]


def test_a_place_on_postgresql(tmp_path, postgres_url):
    import psycopg

    with psycopg.connect(postgres_url, autocommit=True) as server:
        server.execute("CREATE DATABASE served")
    url = postgres_url.rsplit("/", 1)[0] + "/served"
    with serving(tmp_path / "place", "demo", BEENTHERE_DATABASE=url, BEENTHERE_BUS="postgresql") as place:
        assert place.get("/").status == 200
        place.worker_pid()
        wait_until(lambda: "The worker began" in place.said(), "the worker never began")
        doctor = beenthere("doctor", folder=place.folder, BEENTHERE_DATABASE=url, BEENTHERE_BUS="postgresql")
        assert (doctor.returncode, doctor.stderr) == (0, "")
    assert "Traceback" not in place.said()
    with psycopg.connect(url) as server:
        tables = server.execute(
            "SELECT table_schema, table_name FROM information_schema.tables WHERE table_name LIKE 'keys_%'"
        ).fetchall()
    assert {schema for schema, _ in tables} == {"beenthere_keys"}
    assert len(tables) == 3


def test_a_large_post_is_told_so_and_a_page_still_comes(tmp_path):
    import http.client

    with serving(tmp_path / "place") as place:
        connection = http.client.HTTPConnection("127.0.0.1", place.port, timeout=60)
        connection.request("POST", "/", body=b"x" * 1_000_000, headers={"Accept-Language": "en"})
        answer = connection.getresponse()
        assert (answer.status, b"256 KB" in answer.read()) == (413, True)
        connection.close()
        assert place.get("/").status == 200
