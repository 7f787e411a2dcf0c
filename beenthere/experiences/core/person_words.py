"""Words for people, and what stands between them and what they live through; folded as `tokens` folds."""

from .words import listed

KIN = {
    "en": listed(
        "brother sister brothers sisters husband wife partner boyfriend girlfriend son daughter sons "
        "daughters kids child children uncle aunt cousin nephew niece parents mother father grandfather "
        "grandmother ex family"
    ),
    "es": listed(
        "hermano hermana hermanos hermanas marido esposo esposa mujer pareja novio novia hijo hija "
        "hijos hijas tio tia primo prima sobrino sobrina padres madre padre abuelo abuela ex suegra "
        "suegro cunado cunada familia nieto nieta"
    ),
}
BARE_KIN = {
    "en": listed("mum mom dad mummy daddy grandma grandpa granny nan"),
    "es": listed("mama papa"),
}
FRIENDS = {
    "en": listed("friend friends mate buddy roommate flatmate"),
    "es": listed("amigo amiga amigos amigas companero companera"),
}
STRANGERS = {
    "en": listed(
        "colleague colleagues coworker coworkers neighbour neighbours neighbor neighbors boss people "
        "someone somebody man men woman women guy guys girl boy lady film films movie movies book books "
        "novel series show documentary news article podcast character actor actress singer celebrity "
        "stranger strangers client clients patient patients customer customers teacher teachers student "
        "students everyone folk folks others landlord classmate classmates lodger acquaintance "
        "character victims veterans refugees alcoholics addicts they fella fellow bloke chap lad lads driver "
        "drivers hairdresser barber postman cashier waiter waitress plumber builder priest vicar speaker "
        "author writer team players player tenant landlady receptionist manager nurse doctor dentist vet "
        "singers footballer politician politicians prince king queen president cousin's mate's somebody's"
    ),
    "es": listed(
        "colega colegas vecino vecina vecinos vecinas jefe jefa gente alguien hombre hombres mujeres "
        "senor senora tipo chico chica chicos chicas pelicula peliculas libro libros novela serie "
        "series documental noticias noticia articulo podcast personaje actor actriz cantante famoso "
        "famosa desconocido desconocida cliente clientes paciente pacientes profesor profesora alumno "
        "alumna alumnos personas persona conocido conocida casero casera cartero peluquera peluquero taxista "
        "panadero panadera carnicero camarero camarera ponente autor autora escritor escritora equipo "
        "jugador jugadores cura alcalde presidente presidenta rey reina dentista fontanero portero "
        "portera conductor futbolista politico politicos muchacho muchacha fulano inquilino inquilina "
        "maestra maestro"
    ),
}
POSSESSIVES = {
    "en": listed("my our his her their 's"),
    "es": listed("mi mis su sus nuestro nuestra nuestros nuestras"),
}
THIRD_POSSESSIVES = {"en": listed("his her their your whose"), "es": listed("su sus tu tus cuyo cuya")}
SELF = {
    "en": listed("me my myself us our mine ourselves"),
    "es": listed("me mi mis nos conmigo nuestro nuestra"),
}
FIRST_PERSON = {
    "en": listed("i we i'm myself"),
    "es": listed(
        "yo me nos tengo he estoy soy fui estuve tuve puedo quiero siento llevo vivo perdi bebo bebi "
        "sufro sufri sigo pase voy hago hice quise pude sali fumo fumaba fume consumo consumi deje tomo "
        "vengo naci creci hui cai recai oigo escucho veo duermo juego aposte trabajo intente volvi vine "
        "emigre acabo cuido pienso creo conozco estamos somos tenemos hemos fuimos vivimos tuvimos "
        "perdimos nosotros nosotras debo gano busco temo odio lloro corto autolesiono medico estudio "
        "suspendi reprobe cuide servi aborte adopte necesito"
    ),
}
# Others did something to the writer, who is the one that it goes on about.
DONE_TO_ME = {"en": listed("me us"), "es": listed("verme visitarme llevarme dejarme encontrarme buscarme")}
BROUGHT = listed("see saw visit visited visits took take brought put drove left sent got kept found leave")
HE_OR_SHE = {"en": listed("he she"), "es": listed("ella ellos ellas")}
THIRD_PERSON_VERBS = {
    "es": listed(
        "bebe toma consume juega apuesta oye escucha fuma tiene sufre intento perdio bebio recayo esta "
        "estuvo fue bebia tomaba consumia se quiso dice vuelve llora grita duerme come sale anda vive "
        "trabaja dejo cayo entro salio cree piensa siente quiere puede viene lleva sigue llego volvio "
        "llegaba gritaba"
    )
}
PREPOSITIONS = {
    "en": listed(
        "with to for from at by about of without on like than as after against around behind beside near"
    ),
    "es": listed("con para por de a sin sobre como desde tras contra hacia segun ante"),
}
OF = {"en": listed("of"), "es": listed("de del")}
WHO = {"en": listed("who that which and whose"), "es": listed("que quien y quienes cuyo cuya")}
# Words that put a distance between the writer and what follows: heard of, worked with, read about.
OUTSIDE = {
    "en": listed("volunteer volunteering volunteered nurse researching researcher lecture lectures charity"),
    "es": listed("voluntario voluntaria voluntariado investigo"),
}
