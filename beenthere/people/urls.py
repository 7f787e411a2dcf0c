"""Doors, oneself, and the links in mail."""

from django.urls import path

from .views import device, doors, mail, never, oneself, second, strip, ways_in

app_name = "people"
urlpatterns = [
    path("sign-in/", doors.sign_in, name="sign_in"),
    path("sign-in/code/", doors.recover, name="recover"),
    path("sign-in/second/", second.second_step, name="second_step"),
    path("sign-out/", doors.sign_out, name="sign_out"),
    path("me/", oneself.oneself, name="oneself"),
    path("me/prove/", doors.prove, name="prove"),
    path("me/recovered/", oneself.recovered, name="recovered"),
    path("me/passphrase/", ways_in.passphrase, name="passphrase"),
    path("me/passkeys/add/", ways_in.add_passkey, name="add_passkey"),
    path("me/passkeys/<str:ref>/", ways_in.passkey, name="passkey"),
    path("me/recovery/", ways_in.recovery, name="recovery"),
    path("me/codes/", second.one_time, name="one_time"),
    path("me/codes/away/", second.one_time_away, name="one_time_away"),
    path("me/device/", device.device, name="device"),
    path("me/browsers/", oneself.browsers, name="browsers"),
    path("me/tokens/", oneself.tokens, name="tokens"),
    path("me/tokens/<str:ref>/", oneself.token_away, name="token_away"),
    path("me/mail/", mail.mail, name="mail"),
    path("me/never/", never.never, name="never"),
    path("me/never/<str:ref>/", never.never_back, name="never_back"),
    path("me/quiet/", mail.quiet, name="quiet"),
    path("me/strip/", strip.strip, name="strip"),
    path("mail/confirm/<str:token>/", mail.confirm, name="confirm"),
    path("mail/forget/<str:token>/", mail.forget, name="forget"),
]
