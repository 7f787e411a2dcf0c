"""The rules of crisis words: which they are and where. No draft is asked for here; they run on a device."""

from django.http import HttpRequest
from django.templatetags.static import static
from ninja import Router, Schema

from beenthere.signposts.queries.crisis_rules import the_file

router = Router(tags=["crisis words"], auth=None)


class CrisisRules(Schema):
    """`rules`: address of the file; `page`: what it does, in plain words; `lanes`: what is told apart."""

    version: str
    languages: list[str]
    lanes: list[str]
    rules: str
    page: str


@router.get("/crisis/rules", response=CrisisRules, summary="Where the rules of crisis words are")
def read_crisis_rules(request: HttpRequest):
    told = the_file()
    return {
        "version": told.version,
        "languages": told.languages,
        "lanes": told.lanes,
        "rules": static("signposts/crisis.json"),
        "page": "/help/words/",
    }
