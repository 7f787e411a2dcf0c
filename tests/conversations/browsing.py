"""What tests do with the page of a conversation in a browser."""

SAID = "[...document.querySelectorAll('.words .said .text')].map((one) => one.textContent)"
READY = "document.querySelector('live-talk').line.ready"


def write(page, words):
    page.get_by_label("Write to").fill(words)
    page.get_by_role("button", name="Send").click()


def until(page, expression, wanted):
    """Playwright's own waiting evaluates text in the page, which our CSP forbids."""
    for _ in range(200):
        if (found := page.evaluate(expression)) == wanted:
            return
        page.wait_for_timeout(50)
    assert found == wanted


def wait_for(page, *words):
    until(page, SAID, list(words))
