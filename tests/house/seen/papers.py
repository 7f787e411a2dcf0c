"""What each of seven gets at the addresses of the papers: they are for everybody, and carry no ref."""

PAGES = {
    "GET safety/papers/NONE/": "404",
    "POST safety/papers/NONE/": "405",
    "GET safety/papers/NONE/file/": "404",
    "POST safety/papers/NONE/file/": "405",
}
API = {
    "GET papers/NONE": "404",
}
