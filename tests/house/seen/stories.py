"""What each of seven gets at the addresses of stories; see `tests.house.seen`."""

PAGES = {
    "GET stories/OWN/": "404 200 404 404 404 404 404",
    "POST stories/OWN/": "405",
    "GET stories/MET/": "404 200 200 404 404 404 404",
    "POST stories/MET/": "405",
    "GET stories/ALL/": "404 200 200 200 404 200 200",
    "POST stories/ALL/": "405",
    "GET stories/ANYONE/": "200",
    "POST stories/ANYONE/": "405",
    "GET stories/ANYONE/change/": "302 200 404 404 404 404 404",
    "POST stories/ANYONE/change/": "302 302 404 404 404 404 404",
    "GET stories/ANYONE/withdraw/": "302 302 404 404 404 404 404",
    "POST stories/ANYONE/withdraw/": "302 200 404 404 404 404 404",
}

API = {
    "GET pieces/OWN": "401 200 404 404 404 404 404",
    "PUT pieces/OWN": "401 200 404 404 404 404 404",
    "DELETE pieces/OWN": "401 200 404 404 404 404 404",
    "GET pieces/MET": "401 200 200 404 404 404 404",
    "PUT pieces/MET": "401 200 404 404 404 404 404",
    "DELETE pieces/MET": "401 200 404 404 404 404 404",
    "GET pieces/ALL": "401 200 200 200 404 200 200",
    "PUT pieces/ALL": "401 200 404 404 404 404 404",
    "DELETE pieces/ALL": "401 200 404 404 404 404 404",
    "GET pieces/ANYONE": "401 200 200 200 200 200 200",
    "PUT pieces/ANYONE": "401 200 404 404 404 404 404",
    "DELETE pieces/ANYONE": "401 200 404 404 404 404 404",
}
