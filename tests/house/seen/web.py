"""What each of seven gets at the addresses of web; see `tests.house.seen`."""

PAGES = {
    "GET begin/with/NONE/": "200",
    "POST begin/with/NONE/": "405",
}

API = {}
