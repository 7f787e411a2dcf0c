"""The served place as it is: what another process of it keeps reaches the pages that are open here, over the
Unix bus; and it says goodbye when it ends."""

import json
import subprocess
import sys

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


def run_beside(folder, port: int, program: str, *words: str) -> str:
    """What another process of the place in `folder` prints."""
    environment = environment_for(
        folder, DJANGO_SETTINGS_MODULE="beenthere.settings", BEENTHERE_PORT=str(port)
    )
    whole = "import django; django.setup()\n" + program
    command = [sys.executable, "-c", whole, *words]
    return subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


def test_what_another_process_keeps_is_heard_here(tmp_path):
    port = free_port()
    with serving(tmp_path / "place", port=port):
        facts = json.loads(run_beside(tmp_path / "place", port, MEET))
        page = connect(
            f"ws://localhost:{port}/live/",
            origin=f"http://localhost:{port}",
            additional_headers={"Cookie": f"beenthere_sign_in_{port}={facts['token']}"},
            compression=None,
            proxy=None,
        ).__enter__()
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
