"""What the table calls not applicable is really not there."""

import ast
import re

from django.conf import settings

from tests.asvs.code import ROOT, importing, scripts, templates, trees


def locked() -> set[str]:
    """Names of all packages that are installed to run."""
    text = (ROOT / "requirements" / "runtime.lock").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z0-9._-]+)==", text, re.MULTILINE))


def without(*names: str) -> None:
    assert importing(*names) == set()
    assert {
        one for one in locked() for name in names if one.replace("-", "_").startswith(name.lower())
    } == set()


def test_no_directory_is_asked():
    without("ldap", "ldap3", "python_ldap")


def test_no_xpath_is_built():
    without("lxml", "elementpath", "xpath")
    assert importing("xml.etree", "xml.dom", "xml.sax") == set()


def test_no_latex_is_set():
    without("latex", "pylatex", "weasyprint", "reportlab")


def test_no_java_names_are_looked_up():
    without("jnius", "jpype", "py4j", "jaydebeapi")


def test_there_is_no_graphql():
    without("graphql", "graphene", "strawberry", "ariadne")


def test_nothing_goes_by_telephone():
    without("twilio", "vonage", "phonenumbers", "sms", "plivo")


def test_there_is_no_other_service_to_sign_in_by():
    """Neither as one who asks nor as one who is asked: no OAuth, no OpenID, no SAML, no tokens of others."""
    without(
        "oauth",
        "oauthlib",
        "authlib",
        "jwt",
        "pyjwt",
        "jose",
        "saml",
        "pysaml2",
        "openid",
        "social",
        "allauth",
    )
    assert settings.INSTALLED_APPS.count("oauth2_provider") == 0
    pages = " ".join([*templates().values(), *scripts().values()])
    assert re.findall(r"oauth|openid|saml|id_token|authorization_code", pages, re.IGNORECASE) == []


def test_nobody_shows_a_certificate_of_their_own():
    """What ends TLS asks for none, and nothing here reads one from a header."""
    told = " ".join(ast.unparse(tree) for tree in trees().values())
    assert re.findall(r"(?i)ssl[_-]client|x-client-cert|client_cert|getpeercert", told) == []


def test_there_is_no_sound_and_no_picture_between_two():
    pages = " ".join([*templates().values(), *scripts().values()])
    assert re.findall(r"RTC\w+|getUserMedia|MediaStream|webrtc|turn:|stun:", pages) == []
    without("aiortc", "livekit", "janus", "mediasoup")
