"""Small words and what they do in a sentence, by language; all folded as `tokens` folds."""


def listed(text: str) -> frozenset[str]:
    """The words of `text`, apart by blanks."""
    return frozenset(text.split())


ARTICLES = {"en": listed("a an the"), "es": listed("el la los las un una a al")}

# What may stand between two words of a saying at no cost.
FREE = {
    "en": listed(
        "a an the my our your his her their this that really so very just quite also always all both "
        "own 's too even dear lovely poor beloved old older younger little big of"
    ),
    "es": listed(
        "el la los las un una unos unas mi mis tu su sus nuestro nuestra muy tan mas siempre tambien a "
        "al de del querido querida pobre mayor menor pequeno pequena que me se"
    ),
}

# Never inside a saying: something else begins.
BREAKS = {
    "en": listed(
        "but because when while since although though if then unless until whereas i without over says "
        "say said think thinks thought told"
    ),
    "es": listed(
        "pero porque cuando mientras aunque si entonces sino pues yo sin dice dicen dijo cree piensa"
    ),
}

COORDINATORS = {"en": listed("and or nor &"), "es": listed("y e o u ni")}

AFTER_A_LIST = {
    "en": listed(
        "and or in within last this because when while since so then at after before but all on years too"
    ),
    "es": listed("y o en este esta el porque cuando desde asi despues antes pero hace con tras tambien"),
}

# A word that also stands for another in the first person ...
ALSO = {
    "en": {
        "our": ("my",),
        "us": ("me",),
        "we": ("i",),
        "ourselves": ("myself",),
        "somebody": ("someone",),
        "nobody": ("no",),
        "anybody": ("anyone",),
    },
    "es": {"nos": ("me",), "mis": ("mi",), "nuestro": ("mi",), "nuestra": ("mi",)},
}

# ... and one that does so when somebody else is spoken of.
THIRD_TO_FIRST = {
    "en": {
        "himself": ("myself",), "herself": ("myself",), "themselves": ("myself",), "themself": ("myself",),
        "itself": (), "his": ("my",), "her": ("my", "me"), "their": ("my",), "him": ("me",), "them": ("me",),
    },
    "es": {"se": ("me",), "le": ("me",), "les": ("me",), "su": ("mi",), "sus": ("mi",)},
}  # fmt: skip

# Which language a sentence is in: words that are common in one and no words of the other.
TELLTALE = {
    "en": listed(
        "no me he the a an and i my is was of to in it that for with have has had been am are not you "
        "on at from but they she we this what when who after since do does did can could would will so "
        "his her him just about because never don't can't i'm all get got out up as be or by how feel "
        "years their them there where if still more"
    ),
    "es": listed(
        "el la los las un una y que de en mi mis se es por con para no me lo su sus al del como mas "
        "pero porque cuando desde hace estoy soy tengo esta era fue ha he muy ya yo nos le sin todo "
        "todos mucho siempre nunca donde quien despues ahora anos mucha tambien solo ni o si hay tenia "
        "estaba puedo"
    ),
}

NEGATORS = {
    "en": listed("not no never none nor without neither"),
    "es": listed("no nunca jamas sin tampoco ningun ninguna ninguno ni"),
}

# Words a negation reaches over to what it denies: "never really been to", "no he tenido ningun".
NEGATION_PASSES = {
    "en": listed(
        "i i'm have has had having be been being am is are was were do did does done get got ever "
        "really actually even a an the any much to in of with from at my for suffer suffered experience "
        "experienced go gone went through lived live feel felt feeling think thought believe say call "
        "called consider myself as or and been particularly officially clinically yet once personally "
        "real proper serious kind sort single one time anything like history problem problems issues "
        "issue trouble would ever need needed use used take took struggle struggled become became take "
        "diagnosed 's it touched touch drop picked up"
    ),
    "es": listed(
        "he ha han has hemos habia haya tengo tuve tenia tenido tenga tiene tienen soy fui era sido sea "
        "es estoy estuve estaba estado este esta yo me se nos le de del en con un una el la los las lo "
        "a al por ningun ninguna ninguno nada sufro sufri sufrido padezco padecido pase pasado vivido "
        "vivi sentido siento creo pienso que considero diria llamaria realmente exactamente nunca jamas "
        "hubo hay problema problemas tipo ni o y tampoco para alguna alguno algo como tan muy hecho "
        "hice ido fumado probado tenido"
    ),
}

NOT_DENYING = {"en": listed("only just sure"), "es": listed("solo solamente unicamente")}

CLAUSE_BREAKS = {
    "en": listed(
        "but because when while since although though so then until before after if whereas just however"
    ),
    "es": listed(
        "pero porque cuando mientras aunque entonces sino hasta antes despues si desde asi pues solo"
    ),
}

STOPPING = {
    "en": listed("stop stopping stopped quit quitting without up off cut"),
    "es": listed("dejar dejando deje dejo sin parar"),
}
EXCESS = {"en": listed("much alone heavily daily again"), "es": listed("mucho demasiado diario")}

STOPPED = {
    "en": listed("stopped quit quitting gave given kicked"),
    "es": listed("deje dejamos dejado abandone"),
}
STOPPING_PASSES = {
    "en": listed(
        "the my up taking going to being feeling having using all completely on a doing with it off"
    ),
    "es": listed("de el la los las de mi con por completo"),
}
# Before "stopped": it has not been done.
UNSURE = {
    "en": listed("want wanted try trying tried if wish"),
    "es": listed("quiero quisiera intento intentado si"),
}

OPEN_SUBJECTS = listed("i he she they we it my his her the i'm there this that now")

SUPPOSING = {
    "en": listed("if imagine unless suppose whether"),
    "es": listed("si imagina imaginate"),
}
SUPPOSING_MARKS = {"en": listed("would 'd will 'll might could"), "es": frozenset()}
NOT_YET = {"en": listed("might nearly almost"), "es": listed("casi podria podrian quiza quizas mejor")}
FEARS = {
    "en": listed(
        "afraid scared terrified frightened fear fears feared fearing worried worry worrying dread "
        "dreading petrified nervous threatened threatening"
    ),
    "es": listed(
        "miedo temo temor temia temiendo asusta asustada asustado aterra aterrada aterrado terror "
        "preocupa preocupada preocupado panico pavor"
    ),
}
HOPES = {
    "en": listed("hope hoping hopes wish wishing pray praying imagine dreaming"),
    "es": listed("ojala espero esperamos gustaria sueno imagina rezo"),
}

# What may stand inside a false friend.
HELPING = listed(
    "the a an my has have had just is was be been really also se me el la mi un una ha he ya muy of de to"
)

# What makes a word before it one of a trade or a show: "divorce lawyer".
TRADES = listed(
    "lawyer lawyers research charity librarian officer officers guard guards nurse nurses doctor "
    "film films movie movies series show joke jokes fundraiser awareness shop store party museum "
    "statistics industry documentary drama book books"
)

# Who owns what follows: a new owner in the middle of a saying begins something else.
OWN = {"en": listed("my our"), "es": listed("mi mis nuestro nuestra")}

DEATH_OF = {"en": listed("of from to with by in after"), "es": listed("de por con en a tras")}
