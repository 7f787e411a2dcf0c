"""What each of seven gets at the addresses of matching; see `tests.house.seen`."""

PAGES = {
    "GET introductions/CARD/": "302 200 404 404 404 404 404",
    "POST introductions/CARD/": "302 302 404 404 404 404 404",
    "GET pair/NONE/": "404",
    "POST pair/NONE/": "404",
    "GET pair/NONE/columns/": "404",
    "POST pair/NONE/columns/": "404",
    "GET pair/NONE/run/": "404",
    "POST pair/NONE/run/": "404",
    "GET pair/NONE/progress/": "404",
    "POST pair/NONE/progress/": "404",
    "GET pair/NONE/hold/": "404",
    "POST pair/NONE/hold/": "404",
    "GET pair/NONE/why/": "404",
    "POST pair/NONE/why/": "404",
    "GET pair/NONE/left/": "404",
    "POST pair/NONE/left/": "404",
    "GET pair/NONE/forget/": "404",
    "POST pair/NONE/forget/": "404",
    "GET pair/NONE/table/pairs/": "404",
    "POST pair/NONE/table/pairs/": "404",
}

API = {
    "GET introductions/CARD": "401 200 404 404 404 404 404",
    "POST introductions/CARD/answer": "401 200 404 404 404 404 404",
}
