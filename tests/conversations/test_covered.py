"""Ways of harming oneself, and urging somebody to it: asked about first, then met behind a cover. What
somebody says of themselves is never asked about, never covered."""

import json

import pytest

from beenthere.conversations.access import get_room_for
from beenthere.conversations.actions import Draft, send_messages
from beenthere.conversations.actions.carrying import say_been_there
from beenthere.conversations.actions.clearing import LineRefused, offer_line
from beenthere.conversations.actions.finding import mark_words_of
from beenthere.conversations.actions.parting import leave_with_a_last_word
from beenthere.conversations.actions.wanting import want
from beenthere.conversations.models import Kept, Message
from beenthere.conversations.queries import messages_for
from beenthere.conversations.queries.exporting import export_for
from beenthere.conversations.queries.picture import picture_of
from beenthere.conversations.sockets import frame
from beenthere.people.actions import make_access_token
from beenthere.stories.actions import change_piece, write_piece
from beenthere.stories.models import INTRODUCED, ME, Piece
from tests.cast import signed_in

from .browsing import READY, until, wait_for, write

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
METHOD = "how long does it take to bleed out"
URGING = "kys loser"
DISCLOSURE = "I want to die and I don't know who else to say it to."
LANES = [(METHOD, "method"), (URGING, "urging")]
ASKED = {
    "method": "This seems to speak of ways of harming oneself.",
    "urging": "This seems to push somebody to harm themselves.",
}
COVERS = {"method": "Something about ways of harming oneself.", "urging": "Words that may push somebody"}


def sent(who, talk, words, *, ok=False, mark="m1", **more):
    (outcome,) = send_messages([Draft(who.ref, talk.ref, mark, words, covered_ok=ok, **more)])
    return outcome


@pytest.mark.parametrize(("words", "lane"), LANES)
def test_its_writer_is_asked_first_and_then_it_goes_covered(ana, ben, talk, words, lane):
    assert sent(ana, talk, words).refused == lane
    assert Message.objects.count() == 0
    kept = sent(ana, talk, words, ok=True)
    assert (kept.refused, kept.covered) == (None, lane)
    assert sent(ana, talk, words).repeat, "kept before, and not asked about again"
    for who, mine in ((ana, True), (ben, False)):
        (said,) = messages_for(who, talk)
        assert (said.mine, said.words, said.covered) == (mine, words, lane)


@pytest.mark.parametrize("place", ["words", "note"])
def test_a_note_is_looked_at_too(ana, talk, place):
    told = {"words": "It was in March.", "note": "", place: URGING}
    assert sent(ana, talk, told["words"], note=told["note"]).refused == "urging"


def test_what_somebody_says_of_themselves_goes_as_it_is(ana, ben, talk):
    for ok in (False, True):
        outcome = sent(ana, talk, DISCLOSURE, ok=ok, mark=f"m{ok}")
        assert (outcome.refused, outcome.covered) == (None, "")
    assert [one.covered for one in messages_for(ben, talk)] == ["", ""]
    assert list(Message.objects.values_list("covered", flat=True)) == ["", ""]


def test_a_piece_that_goes_along_is_looked_at_and_looked_at_again(ana, ben, talk):
    outcome, ref = say_been_there(conversation=talk, words="Me too.", mark="m1", written=METHOD, by=ana)
    assert (outcome.refused, ref, Piece.objects.count()) == ("method", "", 0)
    own = write_piece(words="I set two cups out.", about={"experiences": []}, audience=ME, by=ana)
    assert say_been_there(conversation=talk, words="Me too.", mark="m2", piece=own.ref, by=ana)[0].number == 1
    assert [one.covered for one in messages_for(ben, talk)] == [""]
    change_piece(piece=own, words=METHOD, about={"experiences": []}, audience=ME, by=ana)
    assert [one.covered for one in messages_for(ben, talk)] == ["method"]


@pytest.mark.parametrize(("words", "lane"), LANES)
def test_by_form_without_a_script(client, ana, ben, talk, words, lane):
    at, address = signed_in(client, ana), f"/talk/{talk.ref}/"
    asked = at.post(address, {"words": words, "mark": "m1"})
    assert (asked.status_code, Message.objects.count()) == (422, 0)
    page = asked.content.decode()
    notice = page.split("data-cover")[1].split("</div>")[0]
    shown = [
        part.split("</b>")[0].split("<b>")[1] for part in notice.split("<p ")[1:] if " hidden>" not in part
    ]
    assert shown == [ASKED[lane]]
    assert f">{'' if words[0] == chr(10) else chr(10)}{words}</textarea>" in page
    agreed = at.post(address, {"words": words, "mark": "m1", "covered_ok": "yes"})
    assert agreed["Location"] == f"{address}?kept#m1"
    bens = signed_in(client, ben).get(address).content.decode().split('class="words"')[1].split("</ol>")[0]
    before, inside = bens.split('<details class="covered">')
    assert words not in before
    assert COVERS[lane] in inside.split("</summary>")[0]
    assert words in inside.split("</summary>")[1].split("</details>")[0]


def test_a_note_before_a_cover_stands_inside(client, ana, ben, talk):
    sent(ana, talk, METHOD, ok=True, note="the bathroom")
    page = signed_in(client, ben).get(f"/talk/{talk.ref}/").content.decode()
    item = page.split('<li id="m1"')[1].split("</li>")[0]
    assert "the bathroom" not in item.split("</summary>")[0]


def test_frames_say_so(ana, talk):
    draft = Draft(ana.ref, talk.ref, "m1", METHOD, covered_ok=True)
    (outcome,) = send_messages([draft])
    assert frame(draft, outcome)["covered"] == "method"
    plain = Draft(ana.ref, talk.ref, "m2", "Hello.")
    assert "covered" not in frame(plain, send_messages([plain])[0])


def test_search_and_exports_keep_the_cover(client, ana, ben, talk):
    sent(ana, talk, METHOD, ok=True)
    want(conversation=talk, what="export", by=ana)
    mark_words_of(by=ben)
    page = signed_in(client, ben).post("/talk/search/", {"words": "bleed"}).content.decode()
    hits = page.split('class="hits"')[1].split("</ol>")[0]
    assert METHOD not in hits.split('<details class="covered">')[0]
    assert METHOD in hits.split("</summary>")[1]
    (taken,) = export_for(ben, get_room_for(ben, talk.ref)).plain()["said"]
    assert (taken["words"], taken["covered"]) == (METHOD, "method")
    text = client.get(f"/talk/{talk.ref}/export/?as=text").content.decode()
    assert text.index("It stood behind a cover") < text.index(METHOD)


def test_the_api_asks_with_a_reason_a_program_can_read(client, ana, ben, talk):
    def ask(who, method, path, told=None):
        _, token = make_access_token(label="A program", by=who)
        more = {} if told is None else {"data": json.dumps(told), "content_type": "application/json"}
        headers = {"authorization": f"Bearer {token}"}
        return getattr(client, method)(f"/api/v1/conversations/{talk.ref}/{path}", headers=headers, **more)

    refused = ask(ana, "post", "messages", {"mark": "m1", "words": METHOD})
    assert (refused.status_code, refused.json()["covered"]) == (409, "method")
    kept = ask(ana, "post", "messages", {"mark": "m1", "words": METHOD, "covered_ok": True})
    assert (kept.status_code, kept.json()["number"]) == (201, 1)
    (said,) = ask(ben, "get", "messages").json()["messages"]
    assert (said["words"], said["covered"]) == (METHOD, "method")


def test_in_a_browser_one_is_asked_and_the_other_meets_a_cover(ana, ben, talk, opened):
    page, bens = opened(ana, f"/talk/{talk.ref}/"), opened(ben, f"/talk/{talk.ref}/")
    for one in (page, bens):
        until(one, READY, True)
    write(page, METHOD)
    asked = page.locator("[data-cover]:not([hidden])")
    asked.get_by_text(ASKED["method"]).wait_for()
    assert Message.objects.count() == 0
    page.get_by_role("button", name="Send it covered").click()
    for one in (page, bens):
        wait_for(one, METHOD)
    assert page.get_by_text("The other sees it behind a cover").first.is_visible()
    assert not bens.locator("#m1 .text").is_visible()
    assert (
        bens.locator("live-talk [data-told]").inner_text()
        == "Ana wrote something that stands behind a cover."
    )
    bens.locator("#m1 summary").get_by_text(COVERS["method"]).click()
    assert bens.locator("#m1 .text").is_visible()
    write(page, DISCLOSURE)
    wait_for(bens, METHOD, DISCLOSURE)
    assert asked.count() == 0
    assert bens.locator("#m2 .text").is_visible()


@pytest.mark.parametrize(("words", "lane"), LANES)
def test_where_no_cover_stands_it_is_not_taken(client, ana, ben, talk, words, lane):
    with pytest.raises(LineRefused):
        offer_line(conversation=talk, words=words, by=ana)
    offer_line(conversation=talk, words=DISCLOSURE, by=ana)
    answer = signed_in(client, ana).post(f"/talk/{talk.ref}/leave/", {"last_word": words, "with": "1"})
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert get_room_for(ana, talk.ref).is_open
    leave_with_a_last_word(conversation=talk, words=DISCLOSURE, by=ana)
    assert Kept.objects.get(person=ben).words == DISCLOSURE


def test_our_picture_holds_nothing_that_stands_behind_a_cover(ana, ben, talk):
    for words in (METHOD, DISCLOSURE):
        write_piece(words=words, about={"experiences": []}, audience=INTRODUCED, by=ana)
    picture = picture_of(ben, get_room_for(ben, talk.ref), "en")
    assert [one.words for one in picture.theirs] == [DISCLOSURE]
