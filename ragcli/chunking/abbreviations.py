"""Abbreviations whose full stop does not end a sentence, by what may follow them.

The English and French ones hold in any text; those of other languages in theirs alone, where they are no words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# A name follows a title; in this spelling only: "he sat. They" ends, "Sat. 5 May" does not.
TITLES = _words(
    """Mr Mrs Ms Dr Drs Prof Rev Hon St Ste Sr Sra Gen Col Lt Sgt Capt Cpt Cmdr Adm Maj Pres Gov Sen Rep Supt Insp
    Messrs M MM Mme Mmes Mlle Mlles Me Mgr Pr Fr Bro Mt Ft Univ Dept Dépt Bd Av Boul Ch Jan Feb Febr Mar Apr Jun Jul Aug
    Sep Sept Oct Nov Dec Janv Févr Avr Juil Déc Proc Trans Assn Assoc Ed Eds Éd Dir Trad Coll Sir"""
)
# A number follows these: "art. 12", "14 janv. 2009", but "modern art. The".
NUMBERED = _words(
    """p pp no nos nr n° nº fig figs eq eqs eqn ref refs sec sect tab vol vols art arts ch chap app suppl ser par op def
    thm lem prop cor ex ed éd al ca c v t l § tél tel st janv févr avr juil juill sept oct nov déc arr soc civ crim com"""
)
# After these a sentence never ends.
ALWAYS_OPEN = _words(
    """cf vs viz approx i.e ie e.g eg c.-à-d c.à.d c.-a-d càd p.ex resp hab trans incl excl loc.cit op.cit env d.h z.b
    bzw"""
)
# After these it may: they join when what follows does not look like a new sentence.
SOMETIMES_OPEN = _words(
    """etc inc ltd co corp bros jr sr ph.d phd m.d b.a m.a u.s u.k u.n e.u a.m p.m d.c b.c a.d b.c.e c.e j.-c n.b p.s
    s.a s.a.r.l sarl cie min max al ibid id"""
)


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """Those of one language."""

    titles: frozenset[str]
    numbered: frozenset[str]
    always_open: frozenset[str]


# (titles, numbered, always open)
_OTHERS: Mapping[str, tuple[str, str, str]] = {
    "cs": ("p pí ing mgr sv ul nám", "č čl str odst s obr kap", "např tj tzv resp popř"),
    "da": ("hr fr dr", "s nr kap stk art kl ca", "f.eks bl.a d.v.s dvs jf"),
    "de": ("Hr Hrn Frl Dipl Ing", "abs kap abb bd s ziff rn anm pos bl", "inkl exkl evtl ggf bzgl vgl sog gem mind zzgl"),
    "el": ("κ κα δρ", "σελ αρ αριθ κεφ παρ", "π.χ βλ δηλ"),
    "es": ("Dña Dn Srta Sres Sras Exmo Exma Ilmo Ing Arq Lic Avda Ud Uds",
           "núm n.º pág págs cap apdo ene feb abr ago dic", "p.ej ej aprox"),
    "it": ("sig sigg dott dott.ssa avv ing arch prof prof.ssa geom rag on",
           "n nn pag pagg cap artt all gen feb apr mag giu lug ago dic d.lgs d.l d.m", "es cfr ca"),
    "nl": ("mevr dhr mw drs ir mr ing dr prof", "nrs blz hfst jan feb mrt apr aug okt nov dec", "bijv d.w.z m.a.w o.a ca"),
    "no": ("hr fr dr", "s nr kap art kl ca", "f.eks bl.a d.v.s dvs jf"),
    "pl": ("p pp dr prof mgr inż hab ks gen płk św ul al pl im", "ust str s m pkt rozdz rys poz ok", "np tj tzn tzw m.in ww"),
    "pt": ("Exma Exmo Dra Eng Arq Profa Av", "pág págs cap núm n.º jan fev abr jun jul ago set dez", "p.ex ex aprox"),
    "ru": ("г гр ул пр им акад проф", "ст стр п пп гл рис табл с д кв тел", "т.е напр см т.к т.н"),
    "sv": ("hr fr dr", "s nr kap art kl ca", "t.ex bl.a d.v.s dvs jfr"),
}  # fmt: skip


@cache
def abbreviations(language: str | None) -> Abbreviations:
    """The abbreviations that a text in `language` may have."""
    titles, numbered, always_open = map(_words, _OTHERS.get(language or "", ("", "", "")))
    return Abbreviations(TITLES | titles, NUMBERED | numbered, ALWAYS_OPEN | always_open)
