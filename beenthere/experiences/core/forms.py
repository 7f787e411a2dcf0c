"""Irregular forms and contractions: what a stemmer cannot bring together.

Everything here is folded as `tokens` folds it (lower case, no accents).
"""

_ENGLISH = """
be: am is are was were been being im
have: has had having
do: does did done doing
can: could cant
drink: drank drunk drunken drinker
lose: lost losing
leave: left leaving
feel: felt
hear: heard
take: took taken
get: got gotten getting
go: went goes
sleep: slept
wake: woke woken
break: broke broken
find: found
keep: kept
fall: fell fallen
come: came
give: gave given
see: saw seen
say: said
tell: told
think: thought
flee: fled
grow: grew grown
fight: fought
forget: forgot forgotten
spend: spent
throw: threw thrown
steal: stole stolen
hide: hid hidden
begin: began begun
become: became
bring: brought
eat: ate eaten
run: ran
raise: raised
beat: beaten
steal: stole
shake: shook shaken
speak: spoke spoken
sell: sold
pay: paid
buy: bought
hold: held
make: made
mean: meant
meet: met
stand: stood
understand: understood
bear: borne
sink: sank sunk
fly: flew flown
burn: burnt
learn: learnt
dream: dreamt
choose: chose chosen
die: dying
self: selves
child: children
man: men
woman: women
wife: wives
life: lives
mum: mom mam mums moms
vape: vaping
i: im
anymore: longer
every: each
alone: lonely
"""

_SPANISH = """
ser: soy eres es somos son era eras eramos eran fui fue fuimos fueron sido siendo
estar: estoy estas esta estamos estan estaba estabas estabamos estaban estuve estuvo estuvimos estado
haber: he has ha hemos han habia habias habiamos habian hubo hay
tener: tengo tienes tiene tenemos tienen tenia tenias teniamos tenian
tener: tuve tuvo tuvimos tuvieron tenido teniendo
poder: puedo puedes puede podemos pueden podia podias podiamos podian pude pudo pudimos podido
querer: quiero quieres quiere queremos quieren queria querias queriamos querian
querer: quise quiso quisimos querido quisiera
hacer: hago haces hace hacemos hacen hacia hacias haciamos hacian hice hizo hicieron hecho haciendo
decir: digo dices dice decimos dicen decia decian dije dijo dijeron dicho diciendo
ir: voy vas va vamos van iba ibas ibamos iban ido yendo
sentir: siento sientes siente sentimos sienten sentia sentias sentian senti
sentir: sintio sintieron sintiendo sentirme sentirse
dormir: duermo duermes duerme dormimos duermen dormia dormi durmio durmiendo dormirme
morir: muero mueres muere mueren moria murio murieron muerto muerta
morir: muertos muertas muriendo morirme morirse muera
perder: pierdo pierdes pierde pierden perdia perdi perdio perdimos perdieron perdido perdiendo
oir: oigo oyes oye oimos oyen oia oian oi oyo oido oyendo
jugar: juego juegas juega juegan jugaba jugue jugo jugado jugando
volver: vuelvo vuelves vuelve vuelven volvi volvio volvia vuelto volviendo
poner: pongo pones pone ponen ponia puse puso puesto poniendo ponerme
dejar: dejo dejas deja dejan dejaba deje dejado dejando dejarme dejaron dejara
pegar: pego pegas pega pegan pegaba pegaban pegue pegado pegarme pegaron
recaer: recaigo recae recai recayo recaido recaida recaidas recayendo
encontrar: encuentro encuentras encuentra encuentran encontre encontro encontraba encontrado
contar: cuento cuenta conte conto contado
costar: cuesta cuestan costo costaba
tomar: tomo tomas toma toman tomaba tomaban tome tomado tomando
beber: bebo bebes bebe beben bebia bebian bebi bebio bebieron bebido bebiendo
salir: salgo sales sale salen salia sali salio salido saliendo
venir: vengo viene vienen venia vine vino venido
dar: doy das da dan daba di dio dado dando
ver: veo ves ve ven veia vi vio visto viendo verme
saber: se sabes sabe sabia supe supo sabido
huir: huyo huye huimos huyeron huia hui huyo huido huyendo
caer: caigo cae caen caia cai cayo caido cayendo
cerrar: cierro cierra cierran cerro cerraba cerrado
despedir: despiden despidieron despidio despedido despedida despidiendo
echar: echo echa echan echaron echado echarme
creer: creo crees cree creen creia crei creyo creido creian creyeron
seguir: sigo sigues sigue siguen segui siguio seguia
pensar: pienso piensas piensa piensan pensaba pense penso pensado
apostar: apuesto apuesta apuestan apostaba aposte apostado
mentir: miento miente mentia menti mintio
sufrir: sufro sufre sufren sufria sufri sufrio sufrido
romper: rompo rompe rompi rompio rompimos roto rota
abrir: abro abre abri abierto
traer: traigo trae traje
servir: sirvo sirve servia
vivir: vivo vives vive viven vivia vivi vivio vivido viviendo
"""


def _table(text: str) -> dict[str, str]:
    """Form -> base, of lines `base: form form`."""
    table = {}
    for line in text.strip().splitlines():
        base, _, forms = line.partition(":")
        for form in forms.split():
            table.setdefault(form, base)
    return table


IRREGULAR = {"en": _table(_ENGLISH), "es": _table(_SPANISH)}
# Words that a stemmer takes for forms of another: they stay as they are.
_FINAL = """
perdidas perdida gastos volcan suicidal empties fired overeating overeater overeaters como para nada
hoyo hoyos decaido decaida mania manias bateria baterias marido maridos epoca caso casos sobre entre
hasta cada cana mares parado parada morado morada moradas morados mora moro moros moras mente mentes
sala salas sabado sabados venado venas costa costado pared paredes parto partos toc coma beba coser
moto motos mote medico medicos medica medicas psiquiatra psiquiatras numero numeros
"""
FINAL = frozenset(_FINAL.split())
del IRREGULAR["en"]["im"], IRREGULAR["en"]["lonely"], IRREGULAR["en"]["longer"]
del IRREGULAR["es"]["se"], IRREGULAR["es"]["di"], IRREGULAR["es"]["vino"], IRREGULAR["es"]["echo"]

CONTRACTIONS = {
    "cannot": ("can", "not"),
    "cant": ("can", "not"),
    "can't": ("can", "not"),
    "dont": ("do", "not"),
    "doesnt": ("does", "not"),
    "didnt": ("did", "not"),
    "isnt": ("is", "not"),
    "arent": ("are", "not"),
    "wasnt": ("was", "not"),
    "werent": ("were", "not"),
    "hasnt": ("has", "not"),
    "havent": ("have", "not"),
    "hadnt": ("had", "not"),
    "couldnt": ("could", "not"),
    "wouldnt": ("would", "not"),
    "shouldnt": ("should", "not"),
    "wont": ("will", "not"),
    "won't": ("will", "not"),
    "aint": ("is", "not"),
    "ain't": ("is", "not"),
    "im": ("i", "am"),
    "ive": ("i", "have"),
    "youve": ("you", "have"),
    "weve": ("we", "have"),
    "theyve": ("they", "have"),
    "youre": ("you", "are"),
    "theyre": ("they", "are"),
    "hes": ("he", "'s"),
    "shes": ("she", "'s"),
    "wanna": ("want", "to"),
    "gonna": ("going", "to"),
    "gotta": ("got", "to"),
    "let's": ("let", "us"),
}

_ENDINGS = (
    ("n't", "not"),
    ("'s", "'s"),
    ("'m", "am"),
    ("'re", "are"),
    ("'ve", "have"),
    ("'ll", "will"),
    ("'d", "'d"),
)


def pieces(word: str) -> tuple[str, ...]:
    """The words that `word` (folded, apostrophes as ') stands for: `don't` is `do`, `not`."""
    known = CONTRACTIONS.get(word)
    if known:
        return known
    if "'" not in word:
        return (word,)
    for ending, said in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending):
            return (*pieces(word[: -len(ending)]), said)
    bare = word.replace("'", "")
    return CONTRACTIONS.get(bare) or ((bare,) if bare else ())
