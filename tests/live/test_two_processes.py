"""The served place as it is: what another process of it keeps reaches the pages that are open here, over the
Unix bus; and it says goodbye when it ends."""

import json
import subprocess
import sys
import threading
from contextlib import ExitStack

import psycopg
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tests.cli.served import environment_for, free_port, serving
from tests.live.talk import hear, tell

MEET = """
import json
from beenthere.conversations.actions import open_conversation
from beenthere.foundation.refs import SITE
from beenthere.people.actions import make_access_token, sign_in, welcome_person
ana, ben = (welcome_person(name=name, by=SITE) for name in ("Ana", "Ben"))
talk = open_conversation(people=[(ana, "Ana"), (ben, "Ben")], by=SITE)
token = sign_in(person=ana, device="A browser", by=ana)[1]
own = make_access_token(label="Own", by=ana)[1]
print(json.dumps({"ben": ben.ref, "talk": talk.ref, "token": token, "own": own}))
"""
SAY = """
import sys
from beenthere.conversations.actions import Draft, send_messages
from beenthere.foundation.wire import PLUG
by, talk = sys.argv[1:]
outcomes = send_messages([Draft(by=by, conversation=talk, mark="m1", words="I am here too.")])
assert outcomes[0].number == 1, outcomes
PLUG.unplug()
"""


def run_beside(folder, port: int, program: str, *words: str, **more: str) -> str:
    """What another process of the place in `folder` prints."""
    environment = environment_for(
        folder, DJANGO_SETTINGS_MODULE="beenthere.settings", BEENTHERE_PORT=str(port), **more
    )
    whole = "import django; django.setup()\n" + program
    command = [sys.executable, "-c", whole, *words]
    return subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


def window(port: int, token: str):
    """A socket as a page of the place at `port` opens it."""
    return connect(
        f"ws://localhost:{port}/live/",
        origin=f"http://localhost:{port}",
        additional_headers={"Cookie": f"beenthere_sign_in_{port}={token}"},
        compression=None,
        proxy=None,
        max_queue=None,
    ).__enter__()


def test_what_another_process_keeps_is_heard_here(tmp_path):
    port = free_port()
    with serving(tmp_path / "place", port=port):
        facts = json.loads(run_beside(tmp_path / "place", port, MEET))
        page = window(port, facts["token"])
        tell(page, open=facts["talk"], after=0)
        assert hear(page) == {"open": facts["talk"], "now": 0}
        run_beside(tmp_path / "place", port, SAY, facts["ben"], facts["talk"])
        said = hear(page)
        assert (said["said"], said["number"], said["words"]) == (facts["talk"], 1, "I am here too.")
        assert facts["ben"] not in json.dumps(said)
    with pytest.raises(ConnectionClosed) as ended:
        page.recv(timeout=30)
    assert ended.value.rcvd.code == 1001
    page.close()


MEET_TEN = """
import json
from beenthere.conversations.actions import open_conversation
from beenthere.foundation.refs import SITE
from beenthere.people.actions import sign_in, welcome_person
people = [welcome_person(name=f"Person {number}", by=SITE) for number in range(10)]
talk = open_conversation(people=[(one, "A name") for one in people], kind="circle", by=SITE)
tokens = [sign_in(person=one, device="A browser", by=one)[1] for one in people]
print(json.dumps({"talk": talk.ref, "tokens": tokens, "people": [one.ref for one in people]}))
"""
SAY_MANY = """
import sys
from beenthere.conversations.actions import Draft, send_messages
from beenthere.foundation.wire import PLUG
talk, *people = sys.argv[1:]
for number in range(15):
    drafts = [Draft(by=by, conversation=talk, mark=f"m{number}", words=f"{number}") for by in people]
    assert all(one.refused is None for one in send_messages(drafts))
PLUG.unplug()
"""
EACH = 15  # under the measure of a person


def hears_all(socket, count: int, heard: list[int]) -> None:
    """Appends the numbers that come, until `count` have."""
    while len(heard) < count:
        frame = hear(socket)
        if "said" in frame:
            heard.append(frame["number"])
        assert "refused" not in frame, frame


@pytest.mark.parametrize("bus", ["unix", "postgresql", "redis"])
def test_ten_at_two_processes_say_much_and_each_hears_all_of_it_once(bus, tmp_path, request):
    """Five sit at each process and say fifteen messages each, all at once. A Unix bus has one serving
    process, so there the other five speak from a process beside it."""
    more = {} if bus == "unix" else {"BEENTHERE_BUS": bus}
    if bus == "postgresql":
        url = request.getfixturevalue("postgres_url")
        with psycopg.connect(url, autocommit=True) as server:
            server.execute("CREATE DATABASE two_processes")
        more["BEENTHERE_DATABASE"] = url.rsplit("/", 1)[0] + "/two_processes"
    elif bus == "redis":
        more["BEENTHERE_BUS"] = request.getfixturevalue("redis_url")
    folder, ports = tmp_path / "place", [free_port() for _ in range(1 if bus == "unix" else 2)]
    with ExitStack() as stack:
        for port in ports:
            stack.enter_context(serving(folder, port=port, **more))
        facts = json.loads(run_beside(folder, ports[0], MEET_TEN, **more))
        windows = [window(ports[number % len(ports)], token) for number, token in enumerate(facts["tokens"])]
        for one in windows:
            stack.callback(one.close)
            tell(one, open=facts["talk"], after=0)
        for one in windows:
            assert hear(one) == {"open": facts["talk"], "now": 0}
        heard: list[list[int]] = [[] for _ in windows]
        threads = [
            threading.Thread(target=hears_all, args=(one, 10 * EACH, heard[number]))
            for number, one in enumerate(windows)
        ]
        for thread in threads:
            thread.start()
        speaking = windows if bus != "unix" else windows[:5]
        if bus == "unix":
            beside = (SAY_MANY, facts["talk"], *facts["people"][5:])
            threads.append(threading.Thread(target=run_beside, args=(folder, ports[0], *beside)))
            threads[-1].start()
        for number in range(EACH):
            for one in speaking:
                tell(one, say=facts["talk"], mark=f"m{number}", words=f"{number}")
        for thread in threads:
            thread.join(90)
        assert heard == [list(range(1, 10 * EACH + 1))] * 10
