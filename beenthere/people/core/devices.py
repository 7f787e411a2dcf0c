"""What a browser calls itself, in two words its owner knows."""

BROWSERS = (("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("Edg", "Edge"), ("OPR/", "Opera"))
MORE = (
    ("SamsungBrowser/", "Samsung Internet"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"))
OTHERS = (("Macintosh", "Mac"), ("CrOS", "ChromeOS"), ("Linux", "Linux"))


def browser_and_system(agent: str) -> tuple[str, str]:
    """Their names as their makers write them; "" for what is not known. Nothing finer is kept."""
    return _first(agent, BROWSERS + MORE), _first(agent, SYSTEMS + OTHERS)


def _first(agent: str, known: tuple[tuple[str, str], ...]) -> str:
    return next((name for sign, name in known if sign in agent), "")
