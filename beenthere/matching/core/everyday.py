"""Words that say little about a life: left out (`STOP_WORDS`) or counted little (`EVERYDAY_WORDS`)."""

_STOP_EN = """
a about above after again against all also am an and any are aren't as at be because been before being below
between both but by can can't cannot could couldn't did didn't do does doesn't doing don't dont down during
each either else ever every few for from further had hadn't has hasn't have haven't having he her here hers
herself him himself his how i i'd i'll i'm i've id if im in into is isn't it it's its itself ive just let
let's may me might more most must mustn't my myself neither no nor not of off on once only or other ought
our ours ourselves out over own per quite rather same shall shan't she should shouldn't so some such than
that that's the their theirs them themselves then there there's these they they'd they'll they're they've
this those though through to too under until up upon us very was wasn't we we'd we'll we're we've were
weren't what what's when where whether which while who who's whom whose why will with within without won't
would wouldn't yes yet you you'd you'll you're you've your yours yourself yourselves
"""

_STOP_ES = """
a al algo algunas algunos ante antes así aun aunque aún cada casi como con contra cual cuales cuando cuanto
de del desde donde dos durante e el él ella ellas ellos en entre era erais eran eras eres es esa esas ese
eso esos esta estaba estaban estado estamos estan están estar estas este esto estos estoy está estás estuve
fue fueron fui fuimos ha haber habia había habían han has hasta hay he hemos hubo la las le les lo los me mi
mí mía mientras mio mío mis misma mismo mucho muchos muy más mas ni no nos nosotras nosotros nuestra nuestro
o os otra otras otro otros para pero poco por porque pues que qué quien quién se sea ser si sí sido siempre
sin sino sobre solo sólo son soy su sus suya suyo también tan tanto te tenemos tengo tenía ti tiene tienen
toda todas todo todos tu tú tus tuve un una unas uno unos usted ustedes va vamos voy vosotras vosotros y ya
yo
"""

_EVERYDAY_EN = """
able actually afraid ago almost alone already always another anybody anymore anyone anything around away
back bad become began begin better big bit bring call came chance change come day days deal different do
done early easy end enough especially even evening everybody everyone everything eye face fact family
families far feel feeling feels felt find fine first found friend friends full gave get gets getting give
given go goes going gone good got great guess had half hand happen happened happens happy hard hate head
hear heard heart help helped helps hello hi home hope hour hours house idea keep kept kind knew know knows
last late later learn learned least leave left less life like liked likes line little live lived lives
living long look looking looks lot lots love made make makes making many maybe mean means meet meeting men
mind minute moment month months morning move much name near need needed needs never new next nice night
nobody nothing now often ok okay old one open part past people perhaps person place please point possible
probably put read ready real really reason remember right said say says saw see seem seems seen sense set
share sharing short show side simple since small someone somebody something sometimes somewhere soon sort
sorry start started still stop story sure take taken taking talk talked talking tell thank thanks thing
things think thinking thought three time times tired today together told tomorrow took tried try trying turn
two understand understands understood use used usually wait want wanted wants way week weeks well went
whatever while whole wish woman women word words work worked working works world worse worst write writing
wrong year years yesterday young
"""

_EVERYDAY_ES = """
ahí ahora alguien allí amigo amiga amigas amigos año años aquí ayer ayuda ayudar bastante bien bueno buena
buenas buenos cabeza cambio cara casa cierto claro cosa cosas creo cuenta dar día días decir dejar dejé
demasiado dentro después dice digo dije duro empecé empezar entender entonces escribir escuchar esperar
estuvo fácil familia feliz forma fuerte gente gracias gran grande gusta gustaría hablar hace hacer hacía
haciendo hago hice hizo hola hombre hora horas hoy igual importante intento ir juntos lado lejos llegar
llevo lugar luego mal malo manera mano mañana mayor mejor menos mes meses mí minuto modo momento mujer mundo
nada nadie necesito noche noches nombre nueva nuevo nunca ojos palabras parece parte pasa pasado pasar pasó
peor pensar pequeño persona personas poder podía problema pronto puede pueden puedo punto quedar quería
quiere quiero quizá quizás razón saber sabe sé seguir semana semanas sentir sentía siento siente señor sigo
suelo tal tarde tener tiempo tipo tomar total trabajo tres último única vez veces ver verdad vida viene
vivir vivo volver
"""

STOP_WORDS = {"en": frozenset(_STOP_EN.split()), "es": frozenset(_STOP_ES.split())}
EVERYDAY_WORDS = {"en": frozenset(_EVERYDAY_EN.split()), "es": frozenset(_EVERYDAY_ES.split())}
