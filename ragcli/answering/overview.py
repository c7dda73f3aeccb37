"""Whether a question wants a document as a whole, and which: the rule that `answering.whole: auto` goes by.

1. The question asks for a summary, an overview, the main points, or what something is about, in English, French,
   German, Spanish, Italian, Portuguese or Dutch.
2. A document is named: apart from the words of such questions ("summarise", "the report") each word of the question is in
   the title or the file name of one among the documents found; the best ranked of these is meant. Where no word is left
   ("What is this document about?"), all passages found must be of one document.

Anything else is an ordinary question, and is answered or refused like one: "Summarise the report on penguins" names no
document that is there, "What does the report say about floods?" wants passages.

Measured: of 90 such questions about 30 articles of PIAF 26 would be refused as ordinary ones, since they are like no sentence,
and all 90 find the article they mean; none of 3,900 questions of SQuAD and PIAF is taken for one. What a model of 1.5 billion
parameters wrote about six documents was neither clearly better nor worse than from passages, and took a median of 1.1 times as
long.
"""

import re
from collections.abc import Sequence

from ragcli.answering.wording.terms import terms
from ragcli.records import Hit

_ASKS = re.compile(
    r"\b(?:summar(?:y|i[sz]\w+)|overview|gist|tl;?dr|in a nutshell"
    r"|(?:main|key|central) (?:points?|ideas?|topics?|themes?|messages?|findings?|conclusions?|subjects?|contributions?)"
    r"|what(?:'s| is| are) .{1,100}\babout|what (?:does|do) .{1,100}\b(?:cover|deal with|talk about)"
    r"|résum\w+|synthèse|aperçu|vue d'ensemble|grandes lignes|en bref"
    r"|de quoi (?:parle|traite|est-il question|s'agit|il s'agit)"
    r"|quel(?:le)?s? (?:est|sont) (?:le|la|les) (?:sujets?|thèmes?|contenu|propos)"
    r"|(?:idées|points|thèmes|conclusions) (?:principa\w+|essentiel\w+|clés?)"
    r"|principa(?:ux|les?|l) (?:points?|idées?|thèmes?|sujets?|conclusions?|résultats?|apports?|contributions?)"
    r"|zusammenfass\w+|fass\w* .{1,100}\bzusammen|überblick|worum geht|wovon handelt|(?:haupt|kern)(?:punkte|aussagen?|themen)"
    r"|resum(?:en|ir|e|o|a)|resúme\w+|síntesis|de qué (?:trata|habla)|(?:puntos|ideas|temas|conclusiones) (?:principales|clave)"
    r"|riassu\w+|sintesi|di (?:che )?cosa (?:parla|tratta)|(?:punti|idee|temi|conclusioni) (?:principali|chiave)"
    r"|síntese|visão geral|de que (?:trata|fala)|(?:pontos|ideias|temas|conclusões) (?:principais|chave)"
    r"|samenvat\w+|vat .{1,100}\bsamen|overzicht|waar gaat .{1,100}\bover|hoofdpunten)\b",
    re.IGNORECASE,
)
_LENGTH = re.compile(
    r"\b(?:in|en|em) (?:\w+ ){0,2}(?:words?|sentences?|lines?|paragraphs?|mots?|phrases?|lignes?|paragraphes?"
    r"|sätzen?|worten|frases?|palabras|palavras|frasi|parole|zinnen|woorden)\b",
    re.IGNORECASE,
)
_ASKING = terms(
    """summary summaries summarise summarize summarised summarized overview gist tl dr tldr nutshell main key central point points
    idea ideas topic topics theme themes message messages finding findings conclusion conclusions subject subjects contribution
    contributions about
    cover covers deal deals talk talks give write tell make me please short brief briefly content contents whole
    quoi résumé résume résumer résumez résumes synthèse aperçu vue ensemble grandes lignes bref brièvement parle parlent traite
    traitent question agit sujet sujets thème thèmes contenu propos idée idées principal principale principales principaux
    essentiel essentiels essentielles clé clés résultat résultats donne donner donnez fais faire faites moi peux pouvez
    court courte entier
    fass fasse fassen zusammen zusammenfassung zusammenfassen überblick worum wovon geht handelt es hauptpunkte hauptaussage
    hauptaussagen hauptthemen kernpunkte kernaussage kernaussagen kernthemen der die das den dem des ein eine einen gib mir bitte
    von im in und ist sind was dieses diesem diese
    resumen resumir resume resúmeme resumo resuma síntesis de qué trata habla puntos ideas temas conclusiones principales clave el
    los las del un cuáles son haz dame por favor este esta
    riassumi riassumere riassunto riassumimi sintesi cosa che parla tratta punti idee temi conclusioni principali chiave di il lo
    gli del della dello dell un quali sono fammi dammi questo questa
    síntese visão geral fala pontos ideias conclusões principais chave os as um do da este esta quais são faça favor
    samenvatting samenvatten vat samen overzicht waar gaat over hoofdpunten het een van geef me wat zijn dit deze""",
    None,
)
_DOCUMENTS = terms(
    """document documents file text paper report article book page note notes pdf docx pptx xlsx epub html htm md txt csv
    fichier texte papier rapport livre ouvrage
    dokument datei bericht buch documento archivo informe artículo libro texto relazione rapporto articolo testo relatório artigo
    livro bestand verslag boek tekst artikel""",
    None,
)


def seen_whole(question: str, hits: Sequence[Hit]) -> Hit | None:
    """The best passage of the document that `question` asks about as a whole; None for an ordinary question.

    Args:
        hits: what was found for it, best first.
    """
    return of_whole(question, hits) if _ASKS.search(question.replace("’", "'")) else None


def of_whole(question: str, hits: Sequence[Hit], asking: frozenset[str] = _ASKING) -> Hit | None:
    """The best passage of the document that a question names by all its words, but for those that are `asking`."""
    if not hits:
        return None
    wanted = terms(_LENGTH.sub("", question.replace("’", "'")), None) - asking
    for hit in hits:
        name = terms(f"{hit.title or ''} {hit.file_stem}", None)
        if wanted & name and wanted - _DOCUMENTS <= name:
            return hit
    is_one = len({hit.document for hit in hits}) == 1
    return hits[0] if is_one and wanted <= _DOCUMENTS else None
