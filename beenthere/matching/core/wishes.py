"""What a coordinator asks of a pairing."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Wishes:
    """The options of a pairing; `on` None means the latest `since` of the sheet. `floor` is a decimal
    as written, so that no float stands between what was asked and what is compared."""

    rounds: int = 1
    floor: str = "0.15"
    seed: int = 0
    nearest: int = 0
    met: tuple[tuple[str, str], ...] = ()
    kept: tuple[tuple[str, str], ...] = ()
    on: date | None = None
