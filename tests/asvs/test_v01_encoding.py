"""V1: what somebody writes is kept as it is, and shown as nothing but text, wherever it stands."""

import html
import json
import logging
from html.parser import HTMLParser

import pytest
from django.core import mail
from django.test import Client

from beenthere.conversations.actions import Draft, open_conversation, send_messages
from beenthere.foundation.refs import SITE
from beenthere.people.actions import change_oneself, make_access_token
from beenthere.people.core.addresses import tidy_address
from beenthere.people.models import AccessToken, MailAddress, Person
from beenthere.stories.actions import write_piece
from beenthere.stories.models import ME, Piece
from tests.asvs.door import answer, request
from tests.asvs.test_v03_headers import open_place_for_all
from tests.cast import person, signed_in
from tests.foundation.test_attacks import logs_of_a_place

__all__ = ["open_place_for_all"]
pytestmark = pytest.mark.django_db(databases=["default", "keys"])
# Each would mean something to one who decodes once too often, or puts it where it is read as code.
TWICE = "&lt;b&gt; &amp;lt;b&amp;gt; %3Cb%3E %253Cb%253E \\u003cb\\u003e +plus+ \\x41 &#60;"
MARKUP = "<script>alert(1)</script><img src=x onerror=alert(1)><svg/onload=alert(1)><!-- --><b>b</b>"
OTHERS = "**bold** [a](javascript:alert(1)) [b]x[/b] @import url(x); {{ 7|add:7 }} {% debug %} ${7*7} #{7}"
FORMATS = "%s %(name)s %n {0} {0.__class__} {name!r} %d"
QUOTES = "\" onfocus=alert(1) autofocus x=' onfocus=alert(2) `x"
ABOUT = {"experiences": [], "language": "en"}


class Seen(HTMLParser):
    """What a browser would make of a page: elements, attributes, text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs) -> None:
        self.elements.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data) -> None:
        self.text += data


def page_of(words: str) -> Seen:
    """The page of a piece with these words, as its author sees it."""
    ana = person("Ana")
    piece = write_piece(words=words, about=ABOUT, audience=ME, by=ana)
    browser = signed_in(Client(), ana)
    return Seen(browser.get(f"/stories/{piece.ref}/").content.decode())


@pytest.mark.parametrize("words", [TWICE, MARKUP, OTHERS, FORMATS, QUOTES])
def test_what_is_written_is_kept_as_it_is(words):
    """1.1.1, 1.1.2: nothing is decoded or escaped before it is kept."""
    ana = person("Ana")
    write_piece(words=words, about=ABOUT, audience=ME, by=ana)
    assert Piece.objects.get().words == words


def test_a_form_is_decoded_once():
    ana = person("Ana")
    browser = signed_in(Client(), ana)
    sent = {"do": "keep", "words": TWICE, "audience": "me", "language": "en"}
    assert browser.post("/stories/write/", sent).status_code == 302
    assert Piece.objects.get().words == TWICE


def test_the_api_decodes_once():
    ana = person("Ana")
    _, token = make_access_token(label="mine", by=ana)
    headers = {"Authorization": f"Bearer {token}"}
    told = json.dumps({"words": TWICE, "audience": "me", "experiences": []})
    kept = Client().post("/api/v1/pieces/", told, content_type="application/json", headers=headers)
    assert (kept.status_code, kept.json()["words"], Piece.objects.get().words) == (201, TWICE, TWICE)


def test_an_address_is_decoded_once():
    ana = person("Ana")
    piece = write_piece(words="Mine.", about=ABOUT, audience=ME, by=ana)
    browser, once = signed_in(Client(), ana), f"%{ord(piece.ref[0]):02X}{piece.ref[1:]}"
    assert browser.get(f"/stories/{once}/").status_code == 200
    assert browser.get(f"/stories/{once.replace('%', '%25')}/").status_code == 404


@pytest.mark.parametrize("words", [TWICE, MARKUP, OTHERS, FORMATS, QUOTES])
def test_it_is_shown_as_text_and_makes_nothing(words):
    """1.2.1, 1.3.1, 1.3.5, 1.3.7, 1.3.10: the same elements and attributes as with harmless words."""
    plain, seen = page_of("Harmless words."), page_of(words)
    assert " ".join(words.split()) in " ".join(seen.text.split())
    assert seen.elements == plain.elements
    assert [name for name, _ in seen.attributes] == [name for name, _ in plain.attributes]


@pytest.mark.parametrize("words", [MARKUP, OTHERS, FORMATS, QUOTES])
def test_words_of_the_other_are_text_in_a_talk_too(words):
    ana, ben = person("Ana"), person("Ben")
    pages = []
    for said in ("Harmless words.", words):
        talk = open_conversation(people=[(ana, "Ana"), (ben, "Ben")], by=SITE).ref
        (kept,) = send_messages([Draft(ben.ref, talk, "m1", said)])
        if kept.refused:  # what leads outside is held at the door, and shown to nobody
            return
        pages.append(Seen(signed_in(Client(), ana).get(f"/talk/{talk}/").content.decode()))
    assert " ".join(words.split()) in " ".join(pages[1].text.split())
    assert pages[1].elements == pages[0].elements


@pytest.mark.parametrize("label", [MARKUP[:60], QUOTES, FORMATS, "</bt-passkey><script>"])
def test_what_stands_in_attributes_and_scripts_stays_there(label):
    """1.2.1, 1.2.3: a value of an attribute ends where it ends, and JSON in it is the JSON that was made."""
    ana = person("Ana")
    browser = signed_in(Client(HTTP_HOST="localhost"), ana)
    make_access_token(label=label, by=ana)
    plain = Seen(browser.get("/me/passkeys/add/").content.decode())
    Person.objects.get()
    ana.name = label
    ana.save()
    seen = Seen(browser.get("/me/passkeys/add/").content.decode())
    assert seen.elements == plain.elements
    options = [value for name, value in seen.attributes if value.startswith('{"')]
    assert [json.loads(one)["user"]["name"] for one in options] == [label] * len(options)
    assert len(options) == 1
    page = Seen(browser.get("/me/").content.decode())
    assert AccessToken.objects.get().label in page.text
    assert ("script", "img") not in zip(page.elements, page.elements[1:], strict=False)
    assert dict(page.attributes).get("onfocus") is None


def test_json_is_json_and_never_a_page():
    """1.2.3: what the API says is one JSON value, whatever stands in it, and says that it is."""
    ana = person("Ana")
    write_piece(words=MARKUP + QUOTES, about=ABOUT, audience=ME, by=ana)
    _, token = make_access_token(label="mine", by=ana)
    told = Client().get("/api/v1/pieces/", headers={"Authorization": f"Bearer {token}"})
    assert told.headers["Content-Type"] == "application/json; charset=utf-8"
    assert [one["words"] for one in json.loads(told.content)] == [MARKUP + QUOTES]


@pytest.mark.parametrize(
    "sent", ["//evil.example/x", "/\\evil.example", "javascript:alert(1)", "data:text/html,x", "/\x00x"]
)
def test_where_to_go_next_is_a_page_of_ours(sent):
    """1.2.2, 3.7.2: neither another host nor another kind of address, in a header or in a page."""
    browser = signed_in(Client(), person("Ana"))
    given = browser.get("/sign-in/", {"next": sent})
    assert (given.status_code, given["Location"].startswith("/")) == (302, True)
    assert given["Location"] in ("/today/", "/%00x")
    page = Seen(Client().get("/sign-in/", {"next": sent}).content.decode())
    away = ("//", "/\\", "javascript:", "data:")
    assert [value for _, value in page.attributes if value.startswith(away)] == []


def test_no_line_of_its_own_enters_a_header():
    """1.2.1: what stands in an address is encoded before it stands in a header."""
    browser = signed_in(Client(), person("Ana"))
    given = browser.get("/sign-in/", {"next": "/a\r\nX-Evil: 1"})
    assert (given["Location"], "X-Evil" in given.headers) == ("/a%0D%0AX-Evil:%201", False)


@pytest.mark.parametrize("path", ["//evil.example/", "/\\evil.example/", "///evil.example", '/x?a="><b>'])
def test_the_way_back_of_a_refusal_is_a_page_of_ours(path, open_place_for_all):
    status, _, page = answer(request(path, method="POST", content_length="9" * 12))
    (back,) = [value for name, value in Seen(page).attributes if name == "href"]
    assert status == 413
    assert (back[0], back[1:2] in ("/", "\\"), '"' in back) == ("/", False, False)


@pytest.mark.parametrize("sign", ["\r\nBcc: eve@evil.example", "\nX: y", "\0", ",eve@evil.example", ">;"])
def test_no_address_writes_a_header_of_a_mail(sign):
    """1.3.11."""
    for typed in (f"ana@here.example{sign}", f"ana{sign}@here.example", f"{sign}ana@here.example"):
        with pytest.raises(ValueError, match="no address"):
            tidy_address(typed)
    assert tidy_address("\r\n ana@here.example\u2028\r") == "ana@here.example"


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_no_name_writes_a_header_of_a_mail():
    from beenthere.people.actions import give_mail_address
    from beenthere.people.actions.mail import ask_to_confirm

    ana = person("Ana")
    change_oneself(prefers={"sender": 'A\r\nBcc: eve@evil.example\r\n\r\nWords "'}, by=ana)
    give_mail_address(address="ana@here.example", by=ana)
    mail.outbox.clear()
    assert ask_to_confirm(person_ref=ana.ref)
    (sent,) = mail.outbox
    head = sent.message().as_string().partition("\n\n")[0]
    assert [line for line in head.splitlines() if line.lower().startswith(("bcc", "cc"))] == []
    assert sent.recipients() == ["ana@here.example"] == [MailAddress.objects.get().address]


def test_a_format_in_words_is_no_format_of_a_log():
    """1.3.10."""
    with logs_of_a_place(terminal=False) as stream:
        logging.getLogger("ours").warning("Went by: %s", FORMATS)
    assert html.unescape(stream.getvalue()).count("%(name)s %n {0} {0.__class__}") == 1
