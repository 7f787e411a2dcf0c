"""Learns what words add to the lanes of a crisis, and writes it into the file of rules.

    python -m benchmarks.crisis_weights [--write]

Learned from lines written for it alone: `training.*.jsonl`, and our own ordinary lines. The suite is never
read here. By lane a logistic regression over the features of `signposts/core/weights.py`, its numbers
rounded; the bar is where, of ordinary lines in folds that were held out, at most `ALARMS` would come to it.
The same lines give the same file.
"""

import argparse
import json
from collections import Counter
from pathlib import Path

import numpy
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from beenthere.signposts.core.crisis import FILE, the_rules
from beenthere.signposts.core.rules import Reading, rewritten
from beenthere.signposts.core.weights import PASSAGE, features, words_in

TESTS = Path(__file__).resolve().parents[1] / "tests" / "signposts"
TRAINING = sorted((TESTS / "crisis").glob("training.*.jsonl"))
ORDINARY = TESTS / "outside" / "ordinary.jsonl"
LANES = ("disclosure", "urging", "method")
ALARMS = {"disclosure": 0.003, "urging": 0.0005, "method": 0.0005}  # of ordinary lines
LEAST, FOLDS, STEPS, GIVE = (
    2,
    5,
    20,
    1.0,
)  # times a feature is seen; folds; parts of one; how far numbers may go


def learned() -> dict:
    """What the file of rules holds under `weights`: by lane the bar, and by number the words that add it."""
    lines = lines_of_all()
    seen = [features([word.said for word in words_in(mended(words))][:PASSAGE]) for words, _, _ in lines]
    counts = Counter(feature for found in seen for feature in found)
    names = sorted(feature for feature, count in counts.items() if count >= LEAST)
    table = table_of(seen, {name: place for place, name in enumerate(names)})
    ordinary = numpy.array([kind == "ordinary" for _, _, kind in lines])
    told = {}
    for lane in LANES:
        is_lane = numpy.array([one == lane for _, one, _ in lines])
        held_out = numpy.zeros(len(lines))
        for fold in range(FOLDS):
            test = numpy.arange(len(lines)) % FOLDS == fold
            adds, begin = fitted(table[~test], is_lane[~test])
            held_out[test] = rounded(table[test], adds) / STEPS + begin
        adds, begin = fitted(table, is_lane)
        bar = float(numpy.quantile(held_out[ordinary], 1 - ALARMS[lane], method="higher"))
        whole = numpy.rint(adds * STEPS).astype(int)
        told[lane] = {"bar": int(numpy.ceil((bar - begin) * STEPS)) + 1, "adds": by_number(names, whole)}
        hard = numpy.array([one == "none" and kind != "ordinary" for _, one, kind in lines])
        print(
            f"{lane}: {is_lane.sum()} lines, held out {100 * (held_out[is_lane] > bar).mean():.1f} % caught, "
            f"{100 * (held_out[hard] > bar).mean():.1f} % of {hard.sum()} hard ones fire, "
            f"{numpy.count_nonzero(whole)} words"
        )
    return told


def lines_of_all() -> list[tuple[str, str, str]]:
    """Words, lane and kind of every line learned from, in an order that mixes the files."""
    lines = []
    for file in TRAINING:
        kind = "ordinary" if "ordinary" in file.name else "written"
        lines += [(one["words"], one["lane"], kind) for one in json_lines(file)]
    lines += [(one["words"], "none", "ordinary") for one in json_lines(ORDINARY)]
    order = numpy.random.default_rng(1).permutation(len(lines))
    return [lines[place] for place in order]


def json_lines(file: Path) -> list[dict]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").split("\n") if line.strip()]


def mended(words: str) -> bytes:
    rules = the_rules()
    return rewritten(Reading(words.translate(rules.folds).encode(), ()), rules.ways["mend"]).text


def table_of(seen: list[set[str]], places: dict[str, int]) -> csr_matrix:
    """A row a line, a column a feature, 1 where the line has it."""
    found, ends = [], [0]
    for one in seen:
        found += sorted(places[feature] for feature in one if feature in places)
        ends.append(len(found))
    return csr_matrix((numpy.ones(len(found)), found, ends), shape=(len(seen), len(places)))


def fitted(table: csr_matrix, is_lane: numpy.ndarray) -> tuple[numpy.ndarray, float]:
    """What each feature adds, and what is there before any: logistic regression held small by squares."""
    sign, across = numpy.where(is_lane, 1.0, -1.0), table.T.tocsr()

    def loss(at: numpy.ndarray) -> tuple[float, numpy.ndarray]:
        adds, begin = at[:-1], at[-1]
        score = sign * (table @ adds + begin)
        pull = -sign / (1 + numpy.exp(numpy.clip(score, -500, 500)))
        slope = numpy.append(across @ pull + adds / GIVE, pull.sum())
        return numpy.logaddexp(0, -score).sum() + adds @ adds / (2 * GIVE), slope

    found = minimize(loss, numpy.zeros(table.shape[1] + 1), jac=True, method="L-BFGS-B")
    return found.x[:-1], float(found.x[-1])


def rounded(table: csr_matrix, adds: numpy.ndarray) -> numpy.ndarray:
    return table @ numpy.rint(adds * STEPS)


def by_number(names: list[str], whole: numpy.ndarray) -> dict[str, str]:
    """By number, the largest first, the words that add it; those that add nothing are left out."""
    told: dict[int, list[str]] = {}
    for name, number in zip(names, whole.tolist(), strict=True):
        if number:
            told.setdefault(number, []).append(name)
    return {str(number): ", ".join(told[number]) for number in sorted(told, reverse=True)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the file of rules anew")
    told = learned()
    if parser.parse_args().write:
        rules = json.loads(FILE.read_text(encoding="utf-8"))
        rules["weights"] = told
        FILE.write_text(json.dumps(rules, ensure_ascii=True, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
