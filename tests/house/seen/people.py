"""What each of seven gets at the addresses of people; see `tests.house.seen`."""

PAGES = {
    "GET me/passkeys/PASSKEY/": "302 302 404 404 404 404 404",
    "POST me/passkeys/PASSKEY/": "302 302 404 404 404 404 404",
    "GET me/tokens/TOKEN/": "405",
    "POST me/tokens/TOKEN/": "302 302 404 404 404 404 404",
    "GET me/never/NEVER/": "405",
    "POST me/never/NEVER/": "302 302 404 404 404 404 404",
    "GET mail/confirm/NONE/": "404",
    "POST mail/confirm/NONE/": "404",
    "GET mail/forget/NONE/": "200",
    "POST mail/forget/NONE/": "200",
}

API = {"DELETE me/never/NEVER": "401 200 404 404 404 404 404"}
