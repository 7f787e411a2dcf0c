"""The questions that are offered, as the package brings them."""

import tomllib
from functools import cache
from pathlib import Path

from ..core.prompts import MOMENTS, Prompt, prompts_from, some_of

FOLDER = Path(__file__).parents[1]
ENGLISH = "en"
LANGUAGES = (ENGLISH, "es")


@cache
def prompts_in(language: str) -> tuple[Prompt, ...]:
    """Every question in `language`, in English where there are none."""
    language = language if language in LANGUAGES else ENGLISH
    told = (FOLDER / f"prompts.{language}.toml").read_text(encoding="utf-8")
    return prompts_from(tomllib.loads(told), language)


def some_prompts(moment: str, page: int, language: str) -> list[Prompt]:
    """Three of a moment; those of the first moment where it is none."""
    return some_of(prompts_in(language), moment if moment in MOMENTS else MOMENTS[0], page)


def prompt_called(id: str, language: str) -> Prompt | None:
    """The question with that id; None when there is none."""
    return next((one for one in prompts_in(language) if one.id == id), None)
