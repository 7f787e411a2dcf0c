"""What each of seven gets at the addresses of safety; see `tests.house.seen`."""

PAGES = {
    "GET safety/report/TALK/": "302 200 200 404 404 404 404",
    "POST safety/report/TALK/": "302 302 302 404 404 404 404",
    "GET safety/report/OVER/": "302 200 404 404 404 200 404",
    "POST safety/report/OVER/": "302 302 404 404 404 302 404",
    "GET safety/report/BLOCKED/": "302 200 404 404 200 404 404",
    "POST safety/report/BLOCKED/": "302 302 404 404 302 404 404",
    "GET safety/decision/DECISION/": "302 200 404 404 404 404 404",
    "POST safety/decision/DECISION/": "302 302 404 404 404 404 404",
    "GET safety/desk/REPORT/": "404 404 404 404 404 404 200",
    "POST safety/desk/REPORT/": "404 404 404 404 404 404 302",
}

API = {
    "GET desk/REPORT": "401 404 404 404 404 404 200",
    "POST desk/REPORT/open": "401 404 404 404 404 404 200",
    "POST desk/REPORT/answer": "401 404 404 404 404 404 409",
    "POST desk/REPORT/confirm": "401 404 404 404 404 404 409",
    "POST desk/REPORT/decide": "401 404 404 404 404 404 409",
    "POST desk/REPORT/review": "401 404 404 404 404 404 409",
}
