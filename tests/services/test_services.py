"""The services really answer, and the watch over the browser and strace really see."""

import subprocess

import psycopg
import pytest
import redis

from tests.services.found import remembered
from tests.services.watching import Watch


def test_postgresql_answers_and_keeps_its_promise_of_durability(postgres_url):
    with psycopg.connect(postgres_url) as connection:
        assert connection.execute("select 1").fetchone() == (1,)
        assert connection.execute("show fsync").fetchone() == ("on",)


def test_strace_sees_a_sync_and_makes_it_fail(tmp_path):
    command = [remembered("strace"), "-qq", "-e", "trace=fsync", "-e", "inject=fsync:error=EIO"]
    asked = ["python3", "-c", "import os; os.fsync(os.open('there', os.O_CREAT | os.O_WRONLY))"]
    ran = subprocess.run([*command, *asked], cwd=tmp_path, capture_output=True, text=True)
    assert "(INJECTED)" in ran.stderr
    assert "Input/output error" in ran.stderr.splitlines()[-1]


def test_redis_answers(redis_url):
    with redis.Redis.from_url(redis_url) as client:
        assert client.ping() is True


def test_chromium_shows_a_page(page):
    page.goto("data:text/html,<title>Hello</title>")
    assert page.title() == "Hello"


def test_a_request_to_another_host_is_seen_and_refused(page, watch):
    page.set_content("<img src='http://elsewhere.example/x.png'>")
    page.wait_for_load_state("networkidle")
    with pytest.raises(AssertionError, match=r"asked another host: http://elsewhere\.example/x\.png"):
        watch.judge()
    watch.wrong.clear()


def test_an_error_in_the_console_is_seen(page, watch):
    page.evaluate("console.error('broken')")
    page.evaluate("setTimeout(() => { throw new Error('torn') })")
    page.evaluate("new Promise(done => setTimeout(done, 50))")
    assert sorted(line.split(" (")[0] for line in watch.wrong) == [
        "console: broken",
        "script error: torn",
    ]
    watch.wrong.clear()


def test_an_expected_complaint_is_forgiven_and_no_other():
    watch = Watch()
    watch.expects("status of 404")
    watch.wrong = ["console: the server responded with a status of 404", "console: another"]
    with pytest.raises(AssertionError, match="another"):
        watch.judge()


def test_two_profiles_share_no_cookies(new_profile):
    ana, ben = new_profile(), new_profile()
    ana.add_cookies([{"name": "who", "value": "ana", "url": "http://localhost"}])
    assert [len(profile.cookies()) for profile in (ana, ben)] == [1, 0]
