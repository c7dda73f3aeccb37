"""English and French abbreviations whose full stop does not end a sentence, by what may follow them."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# A name follows a title; in this spelling only: "he sat. They" ends, "Sat. 5 May" does not.
TITLES = _words(
    """Mr Mrs Ms Dr Drs Prof Rev Hon St Ste Sr Sra Gen Col Lt Sgt Capt Cpt Cmdr Adm Maj Pres Gov Sen Rep Supt Insp
    Messrs M MM Mme Mmes Mlle Mlles Me Mgr Pr Fr Bro Mt Ft Univ Dept Dépt Bd Av Boul Ch Jan Feb Febr Mar Apr Jun Jul Aug
    Sep Sept Oct Nov Dec Janv Févr Avr Juil Déc Proc Trans Assn Assoc Ed Eds Éd Dir Trad Coll Sir"""
)
# A number follows these: "art. 12", but "modern art. The".
NUMBERED = _words(
    """p pp no nos nr n° nº fig figs eq eqs eqn ref refs sec sect tab vol vols art arts ch chap app suppl ser par op def
    thm lem prop cor ex ed éd al ca c v t l § tél tel st"""
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
