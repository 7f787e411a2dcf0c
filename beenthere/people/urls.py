"""Doors, oneself, and the links in mail."""

from django.urls import path

from .views import doors, mail, oneself, ways_in

app_name = "people"
urlpatterns = [
    path("sign-in/", doors.sign_in, name="sign_in"),
    path("sign-in/code/", doors.recover, name="recover"),
    path("sign-out/", doors.sign_out, name="sign_out"),
    path("me/", oneself.oneself, name="oneself"),
    path("me/prove/", doors.prove, name="prove"),
    path("me/recovered/", oneself.recovered, name="recovered"),
    path("me/passphrase/", ways_in.passphrase, name="passphrase"),
    path("me/passkeys/add/", ways_in.add_passkey, name="add_passkey"),
    path("me/passkeys/<str:ref>/", ways_in.passkey, name="passkey"),
    path("me/recovery/", ways_in.recovery, name="recovery"),
    path("me/browsers/", oneself.browsers, name="browsers"),
    path("me/tokens/", oneself.tokens, name="tokens"),
    path("me/tokens/<str:ref>/", oneself.token_away, name="token_away"),
    path("me/mail/", mail.mail, name="mail"),
    path("me/quiet/", mail.quiet, name="quiet"),
    path("mail/confirm/<str:token>/", mail.confirm, name="confirm"),
    path("mail/forget/<str:token>/", mail.forget, name="forget"),
]
