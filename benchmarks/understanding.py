"""How well words are understood: precision, recall and F1 over labelled sentences, by kind.

    python -m benchmarks.understanding [FILE ...]

A line is `kind<TAB>sentence<TAB>labels`; labels are `id` or `id=stand`, joined by `;`, none for a
sentence that tells of nothing lived through. Lines that are empty or begin with `#` are skipped.
"""

import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from beenthere.experiences.core.understanding import understand
from beenthere.experiences.core.vocabulary import Vocabulary, load_vocabulary

SENTENCES = Path(__file__).parent.parent / "tests" / "experiences" / "core"


@dataclass
class Counts:
    """Experiences found rightly, found wrongly and missed, over sentences; micro-averaged."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        both = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / both if both else 1.0


@dataclass
class Score:
    """`stands` counts the labelled stands of experiences rightly found: (same, all)."""

    overall: Counts = field(default_factory=Counts)
    kinds: dict[str, Counts] = field(default_factory=dict)
    stands: Counter = field(default_factory=Counter)
    differing: list[tuple[str, str, list[str], list[str]]] = field(default_factory=list)

    @property
    def stand_accuracy(self) -> float:
        return self.stands["same"] / self.stands["all"] if self.stands["all"] else 1.0


def read_sentences(path: Path) -> list[tuple[str, str, dict[str, str | None]]]:
    """(kind, sentence, {id: stand or None}) of each line of `path`."""
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        kind, sentence, *rest = line.split("\t")
        labels = {}
        for label in rest[0].split(";") if rest else ():
            experience, _, stand = label.strip().partition("=")
            if experience:
                labels[experience] = stand or None
        rows.append((kind, sentence, labels))
    return rows


def score(path: Path, vocabulary: Vocabulary | None = None) -> Score:
    """How `understand` does on the labelled sentences of `path`."""
    vocabulary = vocabulary or load_vocabulary()
    total = Score()
    for kind, sentence, labels in read_sentences(path):
        found = {one.experience: one.stand for one in understand(sentence, vocabulary=vocabulary)}
        for counts in (total.overall, total.kinds.setdefault(kind, Counts())):
            counts.right += len(found.keys() & labels.keys())
            counts.wrong += len(found.keys() - labels.keys())
            counts.missed += len(labels.keys() - found.keys())
        for experience, stand in labels.items():
            if stand and experience in found:
                total.stands["all"] += 1
                total.stands["same"] += found[experience] == stand
        if found.keys() != labels.keys():
            total.differing.append((kind, sentence, sorted(labels), sorted(found)))
    return total


def speed(path: Path, vocabulary: Vocabulary) -> float:
    """Microseconds a sentence takes, once every word has been met."""
    sentences = [sentence for _, sentence, _ in read_sentences(path)]
    for sentence in sentences:
        understand(sentence, vocabulary=vocabulary)
    begin = time.perf_counter()
    for sentence in sentences:
        understand(sentence, vocabulary=vocabulary)
    return (time.perf_counter() - begin) / max(1, len(sentences)) * 1e6


def main(arguments: list[str]) -> None:
    vocabulary = load_vocabulary()
    paths = [Path(one) for one in arguments if not one.startswith("--")]
    for path in paths or [SENTENCES / "sentences_en.tsv", SENTENCES / "sentences_es.tsv"]:
        if not path.exists():
            print(f"{path.name}: not there")
            continue
        total = score(path, vocabulary)
        print(f"{path.name}: stands {total.stand_accuracy:.3f}, {speed(path, vocabulary):.0f} us a sentence")
        for kind, counts in (("all", total.overall), *sorted(total.kinds.items())):
            print(
                f"  {kind:12} precision {counts.precision:.3f} recall {counts.recall:.3f} F1 {counts.f1:.3f}"
            )
        if "--differing" in arguments:
            for kind, sentence, wanted, found in total.differing:
                print(f"  {kind}: {sentence}\n      wanted {wanted}\n      found  {found}")


if __name__ == "__main__":
    main(sys.argv[1:])
