"""V6: passphrases are taken as they are typed, and nothing comes with the software that opens a door."""

import ast
import re
import secrets
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client

from beenthere.foundation import clock
from beenthere.people import access
from beenthere.people.actions import invite, join, make_access_token, make_recovery_codes, sign_in
from beenthere.people.core.passphrases import passphrase_fault
from beenthere.people.core.words import ALPHABET, recovery_code
from beenthere.people.forms import CodeForm, PassphraseForm, ProofForm, SignInForm
from beenthere.people.models import Passphrase, Person, RecoveryCode, SignIn
from beenthere.safety.models import Steward
from tests.asvs.code import calling, calls, importing, scripts, templates
from tests.asvs.test_v01_encoding import Seen
from tests.cast import person, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
PHRASE = "four lamps beside the old canal"


def opens(joined, passphrase: str) -> bool:
    return access.person_by_passphrase(joined.sign_in_name, passphrase) is not None


def joins(passphrase: str):
    return join(name="Ana", prefers={"language": "en"}, passphrase=passphrase, passkey=None)


@pytest.mark.parametrize(
    "passphrase",
    [
        "lampcanalboatriver",
        "LAMPCANALBOATRIVER",
        "739104826558",
        "            lamp 7 7 x y",
        "}{|~`^<>()&%$#@!",
        "лампаканалрекамост",
        "🕯🛶🌉🏮🪔🔦🛥️🏞️🗼⛵🚤🛤️🌊",
    ],
)
def test_any_kind_of_sign_will_do(passphrase):
    """6.2.5: letters alone, digits alone, blanks, signs, any script."""
    assert passphrase_fault(passphrase) is None
    assert opens(joins(passphrase), passphrase)


def test_it_is_checked_as_it_was_typed():
    """6.2.8: case, blanks and the last sign count; nothing is cut off."""
    long = f" {PHRASE.title()} " + "x" * 460 + "yZ"
    joined = joins(long)
    others = [
        long.strip(),
        long.lower(),
        long.upper(),
        long[:-1],
        long[1:],
        long + " ",
        long[:72],
        long[:256],
    ]
    assert [opens(joined, one) for one in (long, *others)] == [True] + [False] * len(others)


@pytest.mark.parametrize("length", [12, 64, 128, 500])
def test_long_ones_are_taken_whole(length):
    """6.2.1, 6.2.9: by the form as by the action."""
    phrase = ("many words beside a canal, " * 20)[: length - 1] + "Q"
    joined = joins(phrase)
    given = {"sign_in_name": joined.sign_in_name, "passphrase": phrase}
    assert Client().post("/sign-in/", given).status_code == 302
    assert Client().post("/sign-in/", {**given, "passphrase": phrase[:-1]}).status_code == 422


def test_it_is_good_for_ever():
    """6.2.10."""
    with clock.stopped_at(datetime(2026, 1, 1, tzinfo=UTC)) as hands:
        joined = joins(PHRASE)
        hands.move(timedelta(days=10 * 365).total_seconds())
        given = {"sign_in_name": joined.sign_in_name, "passphrase": PHRASE}
        assert Client().post("/sign-in/", given)["Location"] == "/today/"


def fields_of(page: str) -> list[dict[str, str]]:
    tags = re.findall(r"<input\b[^>]*>", page)
    return [dict(Seen(tag).attributes) for tag in tags]


def test_it_is_masked_and_known_to_keepers_of_passphrases():
    """6.2.6, 6.2.7: in every form that asks for one."""
    joined = joins(PHRASE)
    here = signed_in(Client(), joined.person)
    pages = [Client().get("/sign-in/"), here.get("/me/passphrase/"), here.get("/me/prove/")]
    found = [
        (one["name"], one["type"], one["autocomplete"])
        for page in pages
        for one in fields_of(page.content.decode())
        if one.get("name") in ("passphrase", "again", "current")
    ]
    assert {(kind, keeper) for _, kind, keeper in found} == {
        ("password", "current-password"),
        ("password", "new-password"),
    }
    assert {name for name, _, _ in found} >= {"passphrase", "again"}


def test_nothing_keeps_one_from_pasting():
    everything = "\n".join([*scripts().values(), *templates().values()])
    assert re.findall(r"onpaste|[\"']paste[\"']|autocomplete=[\"']off[\"'][^>]*password", everything) == []


def test_nobody_is_there_before_somebody_joins():
    """6.3.2: no account comes with the software, and none with its migrations."""
    assert (Person.objects.count(), Steward.objects.count(), SignIn.objects.count()) == (0, 0, 0)
    assert type(settings.PLACE).model_fields["demo"].default is False
    assert Client().post("/demo/", {"who": "ana"}).status_code == 404


def test_there_is_no_hint_and_no_question():
    """6.4.2: of a passphrase its hash is kept and nothing that leads to it, and no form asks for such."""
    kept = {field.name for field in Passphrase._meta.concrete_fields}
    assert kept == {"id", "ref", "person", "name_digest", "hashed", "made_at"}
    boxes = {name for form in (SignInForm, CodeForm, ProofForm, PassphraseForm) for name in form.base_fields}
    assert [one for one in sorted(boxes) if one not in BOXES] == []


DOORS = {
    "people/actions/signing.py",
    "people/views/entering.py",  # passphrase, passkey, recovery code, second step: all by come_in
    "web/views/arriving.py",  # who has just joined
    "web/demo_door.py",
}
# What the doors ask for.
BOXES = {"sign_in_name", "passphrase", "again", "current", "new_name", "code", "shared"}


def test_sign_ins_are_made_behind_the_known_doors_alone():
    """6.3.4: a new door would have to enter this list, docs/security.md and the limits."""
    made = calling("sign_in", "SignIn")
    assert {place for place in made if not place.startswith("cli/")} == DOORS
    assert importing("django.contrib.auth.views", "django.contrib.admin", "allauth") == set()


def test_looking_at_a_page_signs_nobody_in():
    """7.6.2: a sign-in is made by a form that was sent, never by an address that was opened."""
    from tests.web.test_attacks_csrf import addresses

    browser = Client(raise_request_exception=False)
    seen = [browser.get(address).status_code for address in addresses()]
    assert (len(seen) > 60, SignIn.objects.count()) == (True, 0)
    assert settings.SIGN_IN_COOKIE not in browser.cookies


def test_codes_have_140_bits_and_none_is_kept():
    """6.5.2, 6.5.3, 6.5.4: far more than 112, so a keyed hash is enough."""
    ana, drawn = person("Ana"), []
    code = recovery_code(lambda n: drawn.append(n) or 0)
    assert (len(ALPHABET), drawn, len(code.replace("-", ""))) == (32, [32] * 28, 28)
    codes = make_recovery_codes(by=ana)
    kept = str(list(RecoveryCode.objects.values()))
    assert [code for code in codes if code in kept or code.replace("-", "") in kept] == []
    assert len({len(row) for row in RecoveryCode.objects.values_list("code_digest", flat=True)}) == 1


MARKS = {"cli/talking/acting.py", "conversations/forms/offering.py", "conversations/forms/talk.py"}


def test_what_must_not_be_guessed_is_drawn_by_the_system(monkeypatch):
    """7.2.2, 7.2.3, 11.5.1: 128 bits or more, new each time, never by `random`; UUIDs only mark a message, so
    that it is kept once."""
    assert (importing("random"), importing("uuid")) == (set(), MARKS)
    asked = []
    real = secrets.token_urlsafe
    monkeypatch.setattr("secrets.token_urlsafe", lambda n=None: asked.append(n) or real(n))
    ana = person("Ana")
    tokens = {sign_in(person=ana, device="x", by=ana)[1] for _ in range(20)}
    tokens |= {make_access_token(label="x", by=ana)[1] for _ in range(5)}
    tokens |= {invite(by=ana) for _ in range(20)}
    assert (len(tokens), set(asked)) == (45, {32, 18})
    drawn = [
        ast.literal_eval(node.args[0])
        for _, name, node in calls()
        if name.startswith("secrets.token_") and node.args and isinstance(node.args[0], ast.Constant)
    ]
    assert [count for count in drawn if count * 8 < 128] == []
