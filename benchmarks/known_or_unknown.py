"""Whether the time of an answer tells who is here: known and unknown names at the door, one after the other.

    python -m benchmarks.known_or_unknown [trials]

Prints the medians, their gap (to stay under 5 ms) and the p of a Kolmogorov-Smirnov test (to stay over 0.01).
Makes a place of its own in a folder that goes afterwards. To be run on a quiet machine.
"""

import os
import sys
import tempfile
from statistics import median
from time import perf_counter

TRIALS = 2_000
GOOD, WRONG = "four lamps beside the old canal", "wrong but long enough"


def main(trials: int) -> None:
    """Two times `trials`, interleaved, the one that comes first by turns."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client
    from scipy.stats import ks_2samp

    from beenthere.people.actions import join, trying

    for database in ("default", "keys"):
        call_command("migrate", database=database, verbosity=0)
    most = ((10**9, 60),)
    trying.BY_NAME = trying.BY_NETWORK = trying.BY_BROWSER = most  # the tries themselves are not measured
    joined = join(name="Ana", prefers={}, passphrase=GOOD, passkey=None, standing="member")
    client = Client()
    taken: dict[str, list[float]] = {joined.sign_in_name: [], "nobody-knows-this-11": []}
    for trial in range(trials + 20):
        for name in sorted(taken, reverse=bool(trial % 2)):
            began = perf_counter()
            answer = client.post("/sign-in/", {"sign_in_name": name, "passphrase": WRONG})
            took = (perf_counter() - began) * 1000
            if answer.status_code != 422:
                sys.exit(f"the door answered {answer.status_code}")
            if trial >= 20:
                taken[name].append(took)
    known, unknown = taken.values()
    print(f"known {median(known):.2f} ms, unknown {median(unknown):.2f} ms, of {trials} each")
    print(f"gap {abs(median(known) - median(unknown)):.2f} ms, KS p {ks_2samp(known, unknown).pvalue:.3f}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "BEENTHERE_DATA": folder,
            "BEENTHERE_HOSTS": '["testserver"]',
            "BEENTHERE_LOG_LEVEL": "ERROR",
        }
        os.environ["DJANGO_SETTINGS_MODULE"] = "beenthere.settings"
        os.makedirs(f"{folder}/keys", exist_ok=True)
        main(int(sys.argv[1]) if len(sys.argv) > 1 else TRIALS)
