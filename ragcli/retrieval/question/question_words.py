"""The words with which languages other than English and French ask and answer: one table for each.

Each word is an alternative of a regular expression, read without regard to case. A kind that a language lacks here is not
told apart in it: where no letter is a capital, no name can be seen.
"""

from collections.abc import Mapping

QUESTION_WORDS: Mapping[str, Mapping[str, str]] = {
    "de": {
        "date":
            r"wann|(?:welche[mnrs]?) (?:jahr|datum|(?:wochen)?tag|monat|jahrhundert)\w*|um wie ?viel uhr"
            "|(?:was|wie) (?:ist|war|lautet) das datum",
        "frequency": "wie (?:oft|häufig)|alle wie ?viele?",
        "duration":
            r"wie lange|wie ?viel zeit|(?:binnen|innerhalb|in) welcher (?:zeit|\w*frist)|welche \w*(?:frist|dauer)"
            r"|welche (?:reaktions|bearbeitungs|lauf|warte|liefer)zeit"
            r"|(?:was|wie) (?:ist|war|lautet) die (?:\w+ )?\w*(?:frist|dauer|laufzeit)",
        "number":
            "wie ?viele?|wie (?:hoch|groß|lang|alt|weit|tief|schnell|schwer|breit|teuer|dick)|was kosten?t?"
            r"|(?:was|wie) (?:ist|war|lautet) (?:der|die|das) (?:\w+ )?(?:preis|anzahl|zahl|höhe|größe|fläche|länge|summe"
            "|betrag|bevölkerung|einwohnerzahl|anteil|durchschnitt|temperatur|geschwindigkeit|gewicht|quote|rate)"
            "|welche[nr]? (?:prozentsatz|anteil)",
        "reason": "warum|weshalb|wieso|aus welche[mn] gr(?:und|ünden)",
        "place": "wo|wohin|woher|welche[mnrs]? (?:stadt|land|ort|region|straße)",
        "person": "wer|wen|wem|wessen",
        "price":
            r"preis|kosten?t?|gebühr\w*|gehalt|lohn|budget|\w*miete|\w*summe|betrag|gesamt\w*"
            "|(?:be)?zahl(?:en|t|e)|teuer",
        "of_prices":
            r"geld|preis\w*|koste\w*|gebühr\w*|summe|betr[aä]g\w*|(?:be)?zahl(?:en|t|e)|teuer|hoch|schuld\w*"
            "|fällig",
        "share": r"prozent\w*|anteil|quote",
        "counts": "wie ?viele?",
        "numbers": "zwei(?:er)?|drei(?:er)?|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf",
        "dates":
            "januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember|jahrhunderts?|uhr",
        "within": "innerhalb|binnen|nach|vor|spätestens",
        "amounts":
            r"ein(?:e[mnrs]?|einhalb)?|zwei(?:er)?|drei(?:er)?|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|\w+zehn|\w+zig"
            r"|\w*hundert|mehrere[rn]?|wenige[rn]?",
        "units":
            r"sekunden?|minuten?|(?:viertel)?stunden?|\w*tage?[ns]?|wochen?|monat(?:e[ns]?|s)?|quartale?[ns]?|semestern?"
            "|jahre?[ns]?|jahrzehnte?n?",
        "lasting":
            r"(?:\d+-?|\w+)(?:minütig|stündig|tägig|wöchig|monatig|jährig)\w*|unbefristet\w*|(?:unbestimmte|lebens)zeit"
            "|lebenslang|lebenslänglich|unbegrenzt",
        "weekdays": "(?:mon|diens|donners|frei|sams|sonn)tags?|mittwochs?|sonnabends?",
        "degrees": "wie ?viel zeit|wie (?:lange? dauer\\w+|hoch|groß|lange?|alt|weit|tief|schnell|schwer|breit|teuer|dick|laut)",
        "frequencies":
            "(?:ein|zwei|drei|vier)mal|mal (?:pro|im|am)|jede[mnrs]?|alle|nie"
            r"|(?:täg|wöchent|monat|(?:viertel)?jähr|stünd)lich\w*",
        "reasons": "weil|da|denn|damit|deshalb|daher|wegen|aufgrund|gr(?:und|ünde)|sonst|um .{3,60}? zu",
        "is": "was (?:ist|sind)",
        "means": "was (?:bedeute[nt]|heißt|versteht man unter)|wofür steh(?:t|en)",
        "articles": "der|die|das|den|dem|eine?[mnr]?",
        "verbs": "ist|sind|war|waren|bedeute[nt]|bezeichne[nt]|heißt|heißen|steht für|beschreibt|dient",
        "understood": r"unter (?:\w+ )?SAID (?:versteht|verstehen)",
        "place_before": "in im am an auf aus bei beim nach unter neben",
        "goes_on":
            "und|aber|oder|also|auch|dann|warum|wieso|weshalb|was ist mit|wie steht es mit|wie sieht es"
            "|sonst noch",
        "points_back":
            "er|(?-i:sie|ihnen|ihre?[mnrs]?)|(?<!gibt )(?<!geht )es(?! (?:möglich|erlaubt|nötig|verboten))|ihn"
            "|ihm|seine[mnrs]?|diese[mnrs]?|davon|dafür|darin|damit|dazu|daran|darüber|dabei|deren|dessen|dort",
    },
    "es": {
        "date": "cuándo|qué (?:años?|fecha|día|mes|siglo|hora)|cuál (?:es|era|fue) (?:la fecha|el año)",
        "frequency": r"con qué (?:frecuencia|periodicidad)|cada cuánt\w+",
        "duration":
            r"cuánto (?:tiempo|dur\w+|tard\w+)|cuál (?:es|era|fue) (?:el|la|su) (?:plazo|duración|vigencia)"
            "|(?:en|dentro de) qué (?:plazo|tiempo)|qué (?:plazo|duración)",
        "number":
            "cuánt[oa]s?|cuál (?:es|era|fue) (?:el|la|su) (?:número|precio|coste?|importe|total|superficie|altura|longitud"
            "|edad|renta|población|porcentaje|tasa|promedio|tamaño|temperatura|velocidad|peso|distancia"
            "|profundidad|cantidad|proporción|área)"
            "|qué (?:superficie|altura|longitud|tamaño|edad|precio|porcentaje|distancia|cantidad|proporción|población)",
        "reason": "por qué|cuál es (?:el motivo|la razón|la causa)",
        "place": "dónde|adónde|(?:en|de) qué (?:país|ciudad|región|lugar)",
        "person": "quién(?:es)?",
        "price":
            r"precio|coste?|cuesta\w*|vale|tarifa|salario|sueldo|presupuesto|alquiler|renta|suma|total|importe"
            r"|pag\w+",
        "of_prices": r"dinero|precio|coste?|cuesta\w*|vale|tarifa|suma|importe|pag\w+|deb\w+|asciende",
        "share": "porcentaje|proporción|tanto por ciento",
        "counts": "cuánt[oa]s?",
        "numbers": "dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce",
        "degrees": r"cuánto (?:tiempo )?dur\w+|cuánto tiempo",
        "amounts":
            r"un[oa]?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|quince|veint\w+|treinta|\w+enta|cien|vari[oa]s",
        "units": r"segundos?|minutos?|horas?|hs|días?|semanas?|mes(?:es)?|\w*mestres?|años?|décadas?|siglos?",
        "lasting": r"indefinid\w+|indeterminad\w+|vitalici\w+|de por vida",
        "dates":
            "enero|febrero|marzo|abril|mayo|junio|julio|agosto|se(?:p)?tiembre|octubre|noviembre|diciembre|siglo",
        "within": "dentro|plazo|antes|después|tras|transcurrid[oa]s",
        "weekdays": "lunes|martes|miércoles|jueves|viernes|sábados?|domingos?",
        "frequencies":
            r"ve(?:z|ces)|cada|tod[oa]s l[oa]s|nunca|diari\w+|semanal\w*|mensual\w*|trimestral\w*|anual\w*",
        "reasons":
            "porque|pues|ya que|puesto que|debido a|a causa de|gracias a|por (?:eso|ello|lo tanto)|para que"
            r"|para \w+r|motivo|razón",
        "is": "qué (?:es|son)",
        "means": "qué (?:significan?|quieren? decir|se entiende por)",
        "articles": "el|la|los|las|una?s?|unos",
        "verbs": "es|son|era|eran|significan?|designan?|consisten?|se refieren?",
        "understood": r"(?:se entiende )?por (?:\w+ )?SAID",
        "place_before": "en a de desde hacia cerca",
        "goes_on": "y|e|pero|o|entonces|también|por qu[eé]|qué hay de|qué más|qué pasa con|además",
        "points_back": "él|ell[oa]s?|sus?|suy[oa]s?|est[eao]s?|es[eao]s?|allí|ahí|lo(?! que)|mism[oa]s?",
    },
    "it": {
        "date":
            "quando|(?:che|quali?) (?:ann[oi]|data|giorno|mese|secolo|ora)|qual (?:è|era|fu|è stat[oa]) (?:la data|l'anno)",
        "frequency": r"(?:con che|con quale|quale) (?:frequenza|periodicità)|ogni quant\w+",
        "duration":
            r"(?:entro |per |da |in )?quanto (?:tempo|dur\w+)|qual (?:è|era|fu|è stat[oa]) (?:la durata|il termine)"
            "|(?:in|entro) (?:che|quale) (?:termine|tempo)|(?:che|quale) durata",
        "number":
            "quant[oaie]|qual (?:è|era|fu|è stat[oa]) (?:il|la|l') ?(?:numero|prezzo|costo|importo|totale|superficie|altezza"
            "|lunghezza|età|canone|popolazione|percentuale|tasso|media|dimensione|temperatura|velocità|peso|distanza"
            "|profondità|quantità|quota|area)|(?:che|quale) (?:percentuale|quantità|altezza|distanza|età)|a quanto",
        "reason": "perché|per (?:che|quale) motivo|come mai",
        "place": "dove|dov|(?:in|di) (?:che|quale) (?:paese|città|regione|luogo)",
        "person": "chi",
        "price": r"prezzo|costo|costa\w*|tariffa|stipendio|affitto|canone|somma|totale|importo|pag\w+",
        "of_prices": r"denaro|prezzo|costo|costa\w*|tariffa|somma|importo|pag\w+|dev\w+|ammonta",
        "share": "percentuale|proporzione|tasso",
        "counts": "quant[ei]",
        "numbers": "due|tre|quattro|cinque|sei|sette|otto|nove|dieci|undici|dodici",
        "degrees": r"quanto (?:tempo )?dur\w+|quanto tempo",
        "amounts":
            r"un[oa]?|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|undici|dodici|quindici|venti\w*|trenta|\w+anta|cento"
            "|alcun[ie]",
        "units": "second[oi]|minut[oi]|or[ae]|giorn[oi]|settiman[ae]|mes[ei]|\\w*mestr[ei]|ann[oi]|decenni[o]?|secol[oi]",
        "lasting": r"indeterminat\w+|a vita|vitalizi\w+",
        "dates":
            "gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre|secolo",
        "within": "entro|dopo|prima",
        "weekdays": "lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica",
        "frequencies":
            r"volt[ae]|ogni|tutt[ie] (?:i|gli|le)|mai|quotidian\w+|giornalier\w+|settimanal\w+|mensil\w+"
            r"|trimestral\w+|annual\w+",
        "reasons":
            r"perché|poiché|siccome|dato che|a causa|grazie a|quindi|perciò|affinché|per \w+re|motivo|altrimenti",
        "is": "(?:che )?cos(?:'è|a è|a sono)",
        "means": "(?:che )?cosa (?:significa|vuol dire|si intende per)|che (?:significa|vuol dire)",
        "articles": "il|lo|la|i|gli|le|un[oa]?",
        "verbs": "è|sono|era|erano|significa|significano|indica|designa|consiste",
        "understood": r"per (?:\w+ )?SAID si intend",
        "place_before": "in a ad da di nel nella nei al alla presso vicino",
        "goes_on": r"ed?|ma|o|allora|anche|perché|che dire d\w+|cos'altro|inoltre",
        "points_back": "lui|lei|ess[oaie]|loro|su[oae]|suoi|quest[oaie]|quell[oaie]|ne|lì|stess[oaie]",
    },
    "pt": {
        "date": "quando|(?:que|qual|quais) (?:ano|data|dia|mês|século|hora)s?|qual (?:(?:é|era|foi) )?(?:a data|o ano)",
        "frequency": r"com que (?:frequência|periodicidade)|de quant\w+ em quant\w+",
        "duration":
            r"quanto (?:tempo|dur\w+|demor\w+)|qual (?:(?:é|era|foi) )?(?:o prazo|a duração|a vigência)"
            "|(?:em|dentro de) (?:que|qual|quanto) (?:prazo|tempo)|(?:que|qual) prazo",
        "number":
            "quant[oa]s?"
            "|qual (?:(?:é|era|foi) )?(?:o|a) (?:número|preço|custo|valor|total|área|superfície|altura|idade|renda"
            "|população|porcentagem|percentagem|percentual|taxa|média|tamanho|temperatura|velocidade|peso|distância"
            "|profundidade|quantidade|proporção)|que (?:porcentagem|percentagem|percentual|quantidade|altura|idade)",
        "reason": "por ?qu[eê]|por que (?:motivo|razão)",
        "place": "onde|aonde|(?:em|de) que (?:país|cidade|região|lugar)",
        "person": "quem",
        "price": r"preço|custo|cust[ao]\w*|tarifa|salário|renda|aluguel|soma|total|valor|pag\w+",
        "of_prices": r"dinheiro|preço|cust[ao]\w*|tarifa|soma|valor|pag\w+|dev\w+",
        "share": "porcentagem|percentagem|percentual|proporção",
        "counts": "quant[oa]s?",
        "numbers": "dois|duas|três|quatro|cinco|seis|sete|oito|nove|dez|onze|doze",
        "dates":
            "janeiro|fevereiro|março|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro|século",
        "within": "prazo|dentro|após|antes|depois",
        "degrees": r"quanto (?:tempo )?dur\w+|quanto tempo",
        "amounts":
            r"uma?|dois|duas|três|quatro|cinco|seis|sete|oito|nove|dez|onze|doze|quinze|vinte|trinta|\w+enta|cem|vári[oa]s",
        "units": r"segundos?|minutos?|horas?|dias?|semanas?|m[eê]s(?:es)?|\w*mestres?|anos?|décadas?|séculos?",
        "lasting": r"indeterminad\w+|vitalíci\w+",
        "weekdays": "(?:segunda|terça|quarta|quinta|sexta)s?-feiras?|sábados?|domingos?",
        "frequencies":
            r"ve(?:z|zes)|cada|tod[oa]s [oa]s|nunca|diári\w+|semana(?:l|is|lmente)|mensa(?:l|is|lmente)"
            r"|anua(?:l|is|lmente)|em \w+ anos",
        "reasons": r"porque|pois|já que|visto que|devido|por causa|graças a|portanto|para que|para \w+r|motivo|razão",
        "is": "(?:o )?que (?:é|são)",
        "means": "(?:o )?que (?:significam?|quer(?:em)? dizer|se entende por)",
        "articles": "os?|as?|uma?s?|uns",
        "verbs": "é|são|era|eram|significam?|designam?|consistem?|refere-se",
        "understood": r"(?:entende-se )?por (?:\w+ )?SAID",
        "place_before": "em no na nos nas a ao de do da desde",
        "goes_on": "e|mas|ou|então|também|por ?qu[eê]|que tal|o que mais|além",
        "points_back": "el[ea]s?|del[ea]s?|nel[ea]s?|seus?|suas?|ess[ea]s?|est[ea]s?|isso|isto|lá|mesm[oa]s?",
    },
    "nl": {
        "date": "wanneer|(?:welke?|wat voor) (?:jaar|datum|dag|maand|eeuw)|hoe laat|wat (?:is|was) de datum",
        "frequency": "hoe (?:vaak|dikwijls)|om de hoeveel",
        "duration":
            "hoe ?lang (?:duren|duurt|duurde|geldt|gelden|blijft|blijven|mag|mogen|kan|kunnen|moet|moeten|wordt|worden|heeft"
            "|hebben|van tevoren|vooraf|na|voor)|hoeveel tijd|binnen (?:welke|hoeveel) (?:\\w*termijn|tijd)"
            r"|(?:welke|wat (?:is|was) de) (?:\w+ )?(?:\w*termijn|duur|looptijd)",
        "number":
            "hoeveel|hoe (?:hoog|groot|lang|oud|ver|diep|snel|zwaar|breed|duur)|wat kosten?t?"
            r"|wat (?:is|was) (?:de|het) (?:\w+ )?(?:prijs|aantal|hoogte|grootte|oppervlakte|lengte|som|bedrag|bevolking"
            "|percentage|aandeel|gemiddelde|temperatuur|snelheid|gewicht|afstand)|welk (?:percentage|aandeel)",
        "reason": "waarom|om welke reden",
        "place": "waar|waarheen|waarvandaan|(?:in )?welke? (?:stad|land|plaats|streek)",
        "person": "wie|wiens",
        "price": r"prijs|kosten?t?|tarief|salaris|loon|budget|huur|som|bedrag|betaal\w*|betalen|duur",
        "of_prices": r"geld|prijs|kost\w*|tarief|som|bedraagt|bedrag|betaal\w*|betalen|duur|hoog",
        "share": "procent|percentage|aandeel",
        "counts": "hoeveel",
        "numbers": "twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf",
        "dates":
            "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|eeuw|uur",
        "within": "binnen|uiterlijk|na|voor",
        "amounts":
            r"een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|\w+tien|\w+tig|honderd|enkele|meerdere",
        "units":
            r"seconden?|minu(?:ut|ten)|u(?:ur|ren)|\w*dag(?:en)?|we(?:ek|ken)|maand(?:en)?|kwarta(?:al|len)|ja(?:ar|ren)"
            "|eeuw(?:en)?",
        "lasting":
            r"(?:\d+-?|een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|\w+tig)(?:daags|weeks|maands|jarig)\w*"
            "|onbepaalde (?:tijd|duur)|voor het leven|levenslang",
        "weekdays": "(?:maan|dins|woens|donder|vrij|zater|zon)dag(?:en)?",
        "degrees": "hoeveel tijd|hoe (?:lang (?:duurt|duren|duurde)|hoog|groot|lang|oud|ver|diep|snel|zwaar|breed|duur)",
        "frequencies":
            r"(?:een|twee|drie)maal|keer|eens|elke?|ieder|om de|nooit|dagelijks\w*|wekelijks\w*|maandelijks\w*"
            r"|jaarlijks\w*",
        "reasons": "omdat|doordat|want|aangezien|daarom|dus|wegens|vanwege|zodat|opdat|reden|om .{3,60}? te",
        "is": "wat (?:is|zijn)",
        "means": "wat (?:betekent|betekenen|verstaat men onder|houdt)",
        "articles": "de|het|een",
        "verbs": "is|zijn|was|waren|betekent|betekenen|staat voor|duidt|omvat",
        "understood": r"onder (?:\w+ )?SAID (?:verstaat|verstaan|wordt)",
        "place_before": "in op te aan bij uit naar van",
        "goes_on": "en|maar|of|dus|dan|ook|waarom|hoe zit het met|wat nog|verder",
        "points_back": "hij|hem|haar|hun|zij|ze|deze|dit|daar|ervan|daarvan|ermee|erin|dezelfde",
    },
    "pl": {
        "date":
            "kiedy|(?:w )?(?:którym|jakim|jakich) (?:roku|dniu|miesiącu|wieku|latach)|o której|któreg?o (?:roku|dnia)"
            "|jaka (?:jest|była) data",
        "frequency": "jak często|co ile",
        "number":
            r"ile|ilu|jak (?:wysok|duż|dług|star|dalek|głębok)\w+"
            "|jak(?:a|i|ie) (?:jest|był[aoy]?|wynosi(?:ł[aoy]?)?) (?:cena|koszt|liczba|powierzchnia|wysokość|długość|kwota|suma"
            "|populacja|średnia|temperatura|prędkość|waga|odległość|głębokość)|jaki (?:procent|odsetek)",
        "reason": "dlaczego|czemu|z jakiego powodu",
        "place": "gdzie|dokąd|skąd|w (?:którym|jakim) (?:kraju|mieście|miejscu)",
        "person": r"kto|kogo|komu|czyj\w*",
        "price": r"cen[aęy]|koszt\w*|kosztuj\w+|opłat\w+|pensj\w+|czynsz\w*|sum[aęy]|kwot\w+|płac\w+|zapłac\w+",
        "of_prices": r"pieni\w+|cen[aęy]|koszt\w*|opłat\w+|sum[aęy]|kwot\w+|płac\w+|zapłac\w+|wynosi",
        "share": r"procent\w*|odsetek",
        "counts": "ile|ilu",
        "numbers":
            "dw(?:a|ie|óch)|trz(?:y|ech)|czter(?:y|ech)|pię(?:ć|ciu)|sześ(?:ć|ciu)|sied(?:em|miu)|os(?:iem|miu)"
            "|dziewię(?:ć|ciu)|dziesię(?:ć|ciu)",
        "dates":
            r"styczni\w|lut\w+|mar(?:zec|ca)|kwie(?:cień|tnia)|maj[au]?|czerw\w+|lip\w+|sierp\w+|wrześ\w+"
            r"|październik\w*|listopad\w*|grud\w+|wiek\w*",
        "weekdays": r"poniedział\w+|wtor\w+|śr(?:oda|ody|odę)|czwart\w+|piąt(?:ek|ki|ku)|sobot\w+|niedziel\w+",
        "degrees": r"jak (?:wysok|duż|dług|star|dalek|głębok)\w+",
        "frequencies": r"raz\w*|co|każd\w+|nigdy|codzien\w+|tygodniow\w+|miesięczn\w+|roczn\w+",
        "reasons": r"ponieważ|bo|gdyż|dlatego|z powodu|więc|aby|żeby|dzięki|powod\w+",
        "is": "co to(?: jest| są)?|czym (?:jest|są)",
        "means": "co (?:oznaczają?|znaczy)",
        "articles": "",
        "verbs": "to|jest|są|był[aoy]?|oznaczają?",
        "understood": r"przez (?:\w+ )?SAID rozumie",
        "place_before": "w we na do z ze przy koło",
        "goes_on": "a|i|ale|lub|więc|też|także|dlaczego|czemu|co z|co jeszcze",
        "points_back": "on[aoie]?|jego|jej|ich|im|nim|nią|tym|tego|tej|ten|tam",
    },
    "ru": {
        "date": "когда|(?:в )?как(?:ом|ой|ие) (?:году|годы|день|дату|месяце|веке)|какова дата",
        "frequency": "как часто|раз во сколько",
        "number":
            r"сколько|как(?:ов|ова|ово|овы|ая|ой|ое) (?:\w+ая )?(?:цена|стоимость|число|количество|площадь|высота"
            "|длина|сумма|срок|плата|численность|доля|температура|скорость|глубина)|какой (?:процент|вес)|какую (?:долю|часть)",
        "reason": "почему|зачем|отчего|по какой причине",
        "place": "где|куда|откуда|в как(?:ом|ой) (?:стране|городе|месте)",
        "person": "кто|кого|кому|кем|чей|чья|чьё",
        "price": r"цен[аыу]|стоимость|сто[ия]т|зарплат\w+|плат\w+|арендн\w+|сумм\w+|бюджет|итого",
        "of_prices": r"ден(?:ьги|ег)|цен[аыу]|стоимость|сто[ия]т|плат\w+|сумм\w+|составляет",
        "share": r"процент\w*|дол[яю]",
        "counts": "сколько",
        "numbers":
            "дв(?:а|е|ух)|тр(?:и|ёх|ех)|четыр(?:е|ёх|ех)|пят[ьи]|шест[ьи]|сем[ьи]|восьм?е?[ьим]|девят[ьи]"
            "|десят[ьи]",
        "dates":
            r"январ\w|феврал\w|марта?|апрел\w|ма[йя]|июн\w|июл\w|августа?|сентябр\w|октябр\w|ноябр\w|декабр\w"
            "|век[ае]?|год[ау]?",
        "weekdays": r"понедельник\w*|вторник\w*|сред[ауы]|четверг\w*|пятниц\w+|суббот\w+|воскресень\w+",
        "frequencies": r"раза?|кажд\w+|никогда|ежедневн\w+|еженедельн\w+|ежемесячн\w+|ежегодн\w+",
        "reasons": r"потому|так как|поскольку|из-за|поэтому|чтобы|благодаря|причин\w+|иначе",
        "is": "что (?:такое|это)",
        "means": r"что (?:означа\w+|значит|понимается под)",
        "articles": "",
        "verbs": r"это|является|являются|был[аои]?|означа\w+|называ\w+",
        "understood": r"под (?:\w+ )?SAID понима",
        "place_before": "в во на из у около",
        "goes_on": "а|и|но|или|тогда|тоже|также|почему|зачем|что насчёт|что ещё",
        "points_back": "он[аои]?|его|её|ее|их|им|ним|ней|них|эт(?:от|а|и|ого|ой|их|им|ому)|там",
    },
    "el": {
        "date": "πότε|ποι[οα]ν? (?:έτος|χρονιά|ημερομηνία|μήνα|αιώνα)",
        "number": r"πόσ[οηαες]\w*",
        "reason": "γιατί",
        "place": "πού",
        "person": "ποι(?:ος|α|οι|ον|ους)",
        "counts": "πόσ(?:οι|ες|α|ους)",
        "numbers": "δύο|τρ(?:εις|ία)|τέσσερ[αι]ς?|πέντε|έξι|επτά|οκτώ|εννέα|δέκα",
        "dates":
            r"(?:ιανουαρ|φεβρουαρ|μαρτ|απριλ|μα[ΐί]|ιουν|ιουλ|αυγο[υύ]στ|σεπτεμβρ|οκτωβρ|νοεμβρ|δεκεμβρ)\w*"
            r"|αιώνα\w*",
        "reasons": "επειδή|διότι|γιατί|λόγω|ώστε|επομένως|εξαιτίας",
        "is": "τι είναι",
        "means": "τι σημαίνει",
        "articles": "ο|η|το|οι|τα|ένας|μία|ένα",
        "verbs": "είναι|ήταν|σημαίνει|ονομάζεται",
        "place_before": "σε στο στη στην στον από",
        "goes_on": "και|αλλά|ή|τότε|επίσης|γιατί|τι γίνεται με",
        "points_back": "αυτ(?:ός|ή|ό|οί|ές|ά|ού|ής|ών)|εκεί",
    },
    "ja": {
        "date": "いつ|何年|何月|何日|何時",
        "number": "いくら|いくつ|何人|何個|何本|どれ(?:くらい|だけ)|どのくらい|何(?:パーセント|メートル|キロ)",
        "reason": "なぜ|どうして|何故|理由",
        "dates": r"\d+年|\d+月|\d+日|世紀|\d+時",
        "reasons": "ため|から|ので|により|理由|おかげ",
        "thing": r"^\s*(.+?)(?:とは|って|は)何",
        "definitions": "とは|である|のこと|という|です",
        "goes_on": "では|じゃあ|それで|そして|また|なぜ|どうして|ほかに",
        "points_back": "それ|これ|あれ|その|この|そこ|ここ|彼",
    },
    "zh": {
        "date": "什么时候|何时|哪[一]?[年天月]|几[月号点]",
        "number": "多少|几[个人种]|多[大长高久远]",
        "reason": "为什么|为何|原因",
        "dates": r"\d+ ?年|\d+ ?月|世纪",
        "reasons": "因为|由于|所以|因此|为了|以便|原因",
        "thing": r"^\s*什么是(.+?)[?？]*\s*$|^\s*(.+?)是什么",
        "definitions": "是|指|称为|叫做",
        "goes_on": "那|还有|而且|但是|为什么|另外",
        "points_back": "它|他|她|这|那",
    },
    "ko": {
        "date": "언제|몇 ?[년월일시]",
        "number": "얼마|몇 ?[개명]|며칠",
        "reason": "왜|이유",
        "dates": r"\d+ ?년|\d+ ?월|세기",
        "reasons": "때문|므로|위해|이유|그래서",
        "thing": r"^\s*(.+?)(?:은|는|이란|란|이|가) 무엇",
        "definitions": "[이]란|입니다|의미",
        "goes_on": "그럼|그러면|그리고|하지만|왜|또",
        "points_back": "그것|이것|거기|그녀|그들",
    },
}  # fmt: skip
