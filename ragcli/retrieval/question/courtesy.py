"""How a question is addressed, and not what it asks: `Hi, could you please tell me …? Thanks a lot!`

No document greets back. English, French, German, Spanish, Italian, Portuguese.
"""

import re

from ragcli.letters import ASKING

_GREETING = re.compile(
    r"^\W*(?:(?:hi|hello|hey|dear|greetings|good (?:morning|afternoon|evening)|bonjour|bonsoir|salut|hallo"
    r"|guten (?:tag|morgen|abend)|hola|buen[oa]s (?:días|dias|tardes|noches)|ciao|salve|buongiorno|buonasera|ol[áa]|bom dia"
    r"|boa (?:tarde|noite))(?: (?:there|all|team|everyone|everybody|again|sir|madam|à tous|zusammen|a todos|a tutti))?"
    r"\s*[,.!:–-]+\s*)+",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"(?:^|(?<=[.!?])|[,;–-])\s*(?:(?:many |so many )?thanks?(?: you| so much| very much| a lot| in advance"
    r"| for (?:your|the|any) help)*"
    r"|cheers|(?:un grand )?merci(?: beaucoup| bien| d['’]avance| par avance| pour votre aide)*"
    r"|(?:vielen |besten |herzlichen )?danke?(?: schön| sehr| im voraus| für ihre hilfe)*"
    r"|(?:muchas |mil )?gracias(?: de antemano| por (?:su|tu) ayuda)*|(?:molte |tante )?grazie(?: mille| in anticipo)*"
    r"|(?:muito )?obrigad[oa](?: desde já| pela ajuda)*)[\s.!]*$",
    re.IGNORECASE,
)
_POLITELY = (
    r"(?:(?:please|kindly|possibly|maybe|just|also|s'il (?:vous|te) pla[iî]t|bitte|por favor|per favore)[ ,]{0,2}){0,3}"
)
_TELL = (
    r"(?:be able to )?(?:tell|say|help|let|show|explain|clarify|confirm|advise|inform|remind|check)(?: (?:to |with )?(?:me|us))?"
    r"(?: (?:know|understand|find out|figure out|see))?"
)
_FRAME = (
    # en
    rf"(?:can|could|would|will) (?:you|someone|anyone|anybody) {_POLITELY}{_TELL}|please {_TELL}|do you (?:happen to )?know"
    r"|(?:i|we)(?:'m| am|'re| are| was| were| have been|'ve been)? (?:just )?(?:wondering|wonder|curious"
    r"|trying to (?:find out|figure out|understand|know)|not sure|unsure)"
    r"|(?:(?:i|we)(?:'d| would)|would) (?:like|love|want|need) to (?:know|ask|find out|understand)"
    r"|(?:i|we) (?:want|need|wanted|needed|have) to (?:know|ask|find out|understand)|(?:i|we) (?:don't|do not) know"
    r"|(?:i|we) (?:have|had|'ve got) a (?:quick |short |small )?question|(?:my|our|a|quick) (?:quick )?question(?: is)?"
    # fr
    r"|(?:pou(?:vez|rriez)-vous|peux-tu|pourrais-tu) "
    + _POLITELY
    + r"(?:me |nous |m'|nous )?(?:dire|indiquer|préciser|expliquer"
    r"|aider à (?:savoir|comprendre)|rappeler)|savez-vous|sais-tu"
    r"|(?:(?:je|nous) )?(?:voudrais|voudrions|souhaite(?:rais)?|aimerais|aimerions)"
    r" (?:savoir|comprendre|demander)|je me demand(?:e|ais)|dites-moi|dis-moi"
    # de
    r"|(?:k[öo]nn(?:en|ten) sie|kannst du|könntest du) (?:mir|uns) "
    + _POLITELY
    + r"(?:sagen|mitteilen|erklären|verraten)"
    r"|wissen sie|weißt du|(?:(?:ich|wir) )?(?:möchten?|würden? gerne?|wollten?) (?:gerne? )?(?:wissen|fragen)"
    r"|ich frage mich|(?:sagen sie|sag) mir"
    # es, it, pt
    r"|(?:me )?(?:puedes?|podr[íi]as?|pueden) (?:usted )?(?:decir|indicar|explicar|aclarar)(?:me|nos)?"
    r"|(?:me gustar[íi]a|quisiera|quer[íi]a|quiero|necesito) (?:saber|preguntar|entender)|sabes?(?: usted)?"
    r"|me pregunt(?:o|aba)|d[íi]game"
    r"|(?:mi )?(?:può|puoi|potrebbe|potresti) (?:dire|indicare|spiegare|dirmi|indicarmi|spiegarmi)|vorrei (?:sapere|chiedere)"
    r"|mi chied(?:o|evo)|sai|sapete"
    r"|(?:você )?(?:me )?(?:pode|poderia|podes|podia) (?:me )?(?:dizer|informar|explicar|esclarecer)(?:-me)?"
    r"|(?:gostaria|gostava|queria|preciso|quero) (?:de )?saber"
)
_ASKS = (
    r"what|which|who|whom|whose|when|where|why|how|quel(?:le)?s?|combien|comment|quand|où|qui|que|ce que|quoi|pourquoi"
    r"|w(?:as|ie|er|en|em|ann|o|arum|elche[mnrs]?|ieviele?)|qué|cuál(?:es)?|cuánt[oa]s?|cuándo|dónde|cómo|quién(?:es)?"
    r"|che|cosa|quale|quali|quant(?:[ie]|[oa]s?)|quando|dove|come|chi|qual|quais|onde|como|quem"
)
_PREPOSITION = (
    r"(?:(?:to|in|for|by|at|on|from|with|of|à|de|en|par|pour|sur|dans|bei|für|mit|von|a|por|para|con|di|da|em|com) )?"
)
# Before a question, or what it is about, the rest of the sentence: not `Can you tell me a story`.
_FRAMED = re.compile(
    rf"(?:^|(?<=[.!?;:,]) ?| (?:and|but|so|et|mais|und|aber|y|pero|e|ma|mas) )\W{{0,3}}{_POLITELY}(?:{_FRAME})"
    rf"(?:\s*[:,–-]+\s*|\s+{_POLITELY}(?:(?:about|if|whether|si|ob|se) (?!\W)|(?:the following|this|le suivant|das folgende)\W*$"
    rf"|(?={_PREPOSITION}(?:{_ASKS})\b))|\W*$)",
    re.IGNORECASE,
)
_LONGEST_ORDINAL = 12  # characters of one, with the word before
_ENDS = ".!?…:"
_SAYS = re.compile(r"\w")
_SENTENCES = re.compile(r"(?<=[.!?…])\s+")
# `die 9. Sitzung`, `am 3. Mai`, after which no sentence ends.
_ORDINAL = re.compile(
    r"\b(?:d(?:er|ie|as|em|en|es)|am|vom|zu[mr]|im|beim|bis|seit|ab|ein(?:e[mnrs]?)?|ihre[mnrs]?|und|oder)\s\d{1,3}\.\Z",
    re.IGNORECASE,
)


def without_courtesy(question: str) -> str:
    """The question without greeting, thanks and what only announces it; as it is where nothing else is said."""
    written = " ".join(question.replace("’", "'").split())
    kept: list[str] = []
    for sentence in _sentences(_THANKS.sub("", _GREETING.sub("", written))):
        before, *announced = _FRAMED.split(sentence)
        if not announced:
            kept.append(sentence)
        elif told := before.strip(" ,;–-"):
            kept.append(told if told[-1] in _ENDS else f"{told}.")
        kept += [part.strip(" ,;–-").rstrip(" .!…?") + "?" for part in announced if _SAYS.search(part)]
    rest = " ".join(kept)
    return rest if _SAYS.search(rest) and rest != written else question


def told_and_asked(question: str) -> tuple[str, str]:
    """What a question tells, and its sentences that ask: of `I am new here. How much leave do I get?` one of each."""
    sentences = _sentences(question.strip())
    asks = [sentence.endswith(tuple(ASKING)) for sentence in sentences]
    told, asked = ([one for one, does in zip(sentences, asks, strict=True) if does is which] for which in (False, True))
    return " ".join(told), " ".join(asked)


def _sentences(text: str) -> list[str]:
    found: list[str] = []
    for part in _SENTENCES.split(text):
        if found and _ORDINAL.search(found[-1][-_LONGEST_ORDINAL:]):
            found[-1] += f" {part}"
        else:
            found.append(part)
    return found
