"""Words that say nothing of what a text is about: articles, prepositions, pronouns, auxiliaries, and those that only ask.

By language, for a stop word of one is a word of another: English `die`, Spanish `mes`. English and French share one list,
but for a few nouns, since a French question over English documents brings words of either; what no language is known of has
it whole. Forms that are a noun as often are left out, accents aside: French `été`, `sommes`, `avions`; `US` and `aura`;
German `Ware`, Swedish `far`.
Questions alone are read by these lists: an index has all words, and stays as good as it was when a list grows.
"""

ENGLISH_AND_FRENCH = """
    a about after all also an and any are as at be been being but by can could did do does during each for from had has
    have he her his how i if in into is it its many may more most much of on one or other our out over she should so
    some such than that the their them then there these they this those through to under up was we were what when where
    which while who whom whose why will with would you your whats hows wheres whos until till upon whether
    à ai au aux avec avait ce ces cet cette ceux combien comme comment dans de des dont du elle elles en es est et était
    étaient étant eu eut être fait furent fut il ils je la le les leur leurs lors lui ma mais me mes mon ne nos notre
    nous on ont ou où par pas plus pour pourquoi quand que quel quelle quelles quels quelque qui sa sans se ses si sont
    son sous sur ta te tes ton tu un une vos votre vous y qu jusqu jusque lorsqu puisqu depuis
    lequel laquelle lesquels lesquelles duquel desquels desquelles auquel auxquels auxquelles celui celle celles cela ça ceci
    am cannot having ll might must my myself ought ourselves shall ve yours yourself yourselves
    aie aient aies ait aurai auraient aurais aurait aurez auriez aurions aurons auront avaient avais avez aviez avons
    ayant ayez ayons devaient devais devait devez devoir devons devra devrai devraient devrais devrait devras devrez
    devriez devrions devrons devront dois doit doivent étais êtes étiez eurent eus faire fais fallait faudra faudrait
    faut font fus fussent mien mienne miennes miens moi peut peuvent peux pourra pourrai pourraient pourrais pourrait
    pourras pourrez pourriez pourrions pourrons pourront pouvaient pouvais pouvait pouvez pouvoir pouvons pu puis puisse
    puissent puisses puissiez puissions sera serai seraient serais serait seras serez seriez serions serons seront
    soient sois soit soyez soyons suis tien tienne tiennes tiens toi veulent veut veux voudrais voudrait voudriez
    voudrions voulez voulons
"""
# Nouns of the one in which they are no stop words: the size of a font, `le but de l'association`.
_FRENCH_ALONE, _ENGLISH_ALONE = {"font", "ton"}, {"but", "are"}
STOP_WORDS = {
    "en": " ".join(word for word in ENGLISH_AND_FRENCH.split() if word not in _FRENCH_ALONE),
    "fr": " ".join(word for word in ENGLISH_AND_FRENCH.split() if word not in _ENGLISH_ALONE),
    "ar": """
    ما ماذا من متى أين كيف كم لماذا هل هو هي هم في على إلى عن مع أو أن كان كانت هذا هذه التي الذي
    أنا أنت نحن أنتم لي لك لنا لكم يمكن يمكنني يمكننا يجب""",
    "bg": """
    и или но а че в във на от до за с със при по под над без между през след преди към ли е са съм си сме сте бе беше бяха
    бъде има няма може могат трябва ще не да се си ми му ни ви им го я ги той тя то те аз ти ние вие този тази това тези
    който която което които кой коя кое кои кого какво какъв каква какви кога къде откъде как колко защо чий също още както
    бях бяхме бяхте бъда бъдеш бъдем бъдете бъдат имам имаш имаме имате имат мога можеш можем можете мен теб нас вас мой
    моя мое моят моята моето твой твоя твое наш наша наше наши нашият нашата ваш ваша ваше ваши вашият вашата""",
    "ca": """
    el la els les un una uns unes i o però de del dels al als en amb per pel pels sense sobre entre des fins que què qui
    quin quina quins quines quan on com quant quanta quants quantes perquè és són era eren fou ser estar està hi ha han
    havia té tenen pot puc poden cal es em et li ens us meu meva seu seva seus seves aquest aquesta això no més també
    sóc ets som érem eres serà seran seria estic estàs estem esteu estan he has hem heu haurà tinc tens tenim teniu
    tenia tindrà pots podem podeu podria podrà hauria vull vols jo tu mi meus meves teu teva teus teves nostre nostra
    nostres vostre vostra vostres""",
    "cs": """
    a i nebo ale v ve na z ze s se k ke u o od do po pro při před nad pod bez mezi je jsou byl byla bylo byly být bude má
    mají mít může mohu mohou lze musí který která které kdo co kdy kde kam odkud jak jaký jaká jaké kolik proč čí si mi
    mě ten ta to ty tento tato toto ne ani že aby když pokud také už já on ona ono my vy oni jeho její jejich
    jsem jsi jsme jste budu budeš budeme budete budou mám máš máme máte můžu můžeš můžeme můžete můžou musím musíš
    musíme musíte musejí smím smíš smí smíme smíte smějí mně mnou tebe tobě tě ti tebou nás nám námi vás vám vámi můj
    moje moji mého mému mém mým mých tvůj tvoje tvého tvé naše našeho našemu naší našich vaše vašeho vašemu vaší vašich""",
    "da": """
    en et og eller men i på af til fra med for om ved under over mellem uden som at det den de dette denne disse er var
    bliver blev har havde have kan kunne skal skulle må vil jeg mig min mit mine du dig din jer han hun ham hende sin sit
    sine vi os vores man hvem hvis hvad hvor hvornår hvorfor hvordan hvilken hvilket hvilke ikke så også da her der
    været haft måtte ville bør burde jeres dit dine vor vort vore""",
    "de": """
    aber alle als also am an auch auf aus bei beim bin bis bist da dabei damit dann darf darfst das dass dein deine
    deinem deinen deiner deines dem den denn der deren des dessen dich die dies diese diesem diesen dieser dieses dir
    doch du durch dürfen dürft durfte durften dürftest ein eine einem einen einer eines er es euch euer eure eurem euren
    eurer eures für gegen gewesen gibt hab habe haben habt hat hatte hatten hattest hattet ich ihm ihn ihnen ihr ihre
    ihrem ihren ihrer ihres im in ins ist ja jede jedem jeden jeder jedes kann kannst kein keine können könnt könnte
    konnten könntest könntet mache machen macht man mehr mein meine meinem meinen meiner meines mich mir mit möchte
    möchten möchtest möchtet muss müssen musst musste mussten müsstest nach nicht noch nur ob oder ohne sehr sei seid
    seien sein seine seinem seinen seiner sich sie sind so soll sollen sollst sollt sollte sollten solltest solltet über
    um und uns unser unsere unserem unseren unserer unseres unter viel viele vielen vom von vor war waren warst wart
    warum was wegen welche welchem welchen welcher welches wem wen wenn wer werde werden werdet weshalb wessen wie wieso
    wieviel wieviele will willst wir wird wirst wo wobei wodurch wofür woher wohin wollen wollt wollte wollten wolltest
    womit woraus worden worin wozu wurde würde wurden würdest zu zum zur zwischen
    außer etwas falls gemäß gemäss innerhalb jemand neben seit sobald sofern sondern sowie trotz wann während
    wonach woran worauf worüber worunter wovon wovor""",
    "el": """
    ο η το οι τα του της των τον την τους τις ένας μια μία ένα και ή αλλά σε στο στη στην στον στους στις στα από με για
    προς χωρίς που πού ποιος ποια ποιο ποιοι ποιες ποιον πότε πώς πως πόσο πόση πόσος πόσοι πόσες πόσα γιατί τι είναι
    ήταν είμαι έχει έχουν έχω είχε μπορώ μπορεί μπορούν πρέπει θα να δεν μην μου σου μας σας αυτό αυτή αυτός αυτά αυτές
    αυτοί ότι αν όταν όπου
    είσαι είμαστε είστε ήμουν ήσουν ήμασταν ήσασταν έχεις έχουμε έχετε είχες είχαμε είχατε είχαν μπορείς μπορούμε
    μπορείτε μπορούσα μπορούσε εγώ εσύ εμείς εσείς εμένα εσένα εμάς εσάς δικός δική δικό""",
    "es": """
    a al cada como cómo con conmigo contigo cual cuál cuales cuáles cuando cuándo cuanta cuánta cuantas cuántas cuanto
    cuánto cuantos cuántos de debe debéis debemos deben deberá deberán deberás deberé deberemos debería deberíamos
    deberían deberías debes debía debíamos debían debo del desde donde dónde e el él ella ellas ellos en entre era
    éramos eran eras eres es esa esas ese eso esos esta está estaba estábamos estaban estabas estáis estamos están estar
    estará estarán estas este estén esto estos estoy estuve estuvieron estuvo fue fueron fui fuimos fuiste ha habéis
    haber había habíamos habían habías habrá habrán habría habrían hace hacen hacer hacia hago han has hasta hay hayan
    he hemos hube hubo la las le les lo los más me mi mía mías mío míos mis muy ni no nos nosotras nosotros nuestra
    nuestras nuestro nuestros o os para pero podamos podéis podemos poder podía podíamos podían podrá podrán podrás
    podré podremos podría podríamos podrían podrías por porque pueda puedan puedas puede pueden puedes puedo que qué
    queremos quien quién quienes quiénes quiere quieren quieres quiero se sea seamos sean seas según ser será serán
    serás seré seremos sería seríamos serían serías si sí sido siendo sin sobre sois somos son soy su sus también te
    tendrá tendrán tendré tendremos tendría tendríamos tendrían tenéis tenemos tener tenga tengamos tengan tengo tenía
    teníamos tenían tenías tiene tienen tienes tu tus tuve tuvieron tuvimos tuvo tuya tuyas tuyo tuyos u un una unas uno
    unos usted ustedes vosotras vosotros vuestra vuestras vuestro vuestros y ya yo
    adónde durante mediante""",
    "fa": """
    و یا اما در به از با را که این آن برای تا بر هم نیز است هست بود بودند شد شده شود می های ها چه چیست کیست کدام کجا کی چرا
    چگونه چطور چند آیا او آنها ما شما من تو خود دارد دارند داشت کرد کرده کند باید نمی
    هستم هستی هستیم هستید هستند بودم بودیم دارم داری داریم دارید مرا ترا""",
    "fi": """
    ja tai mutta on ovat oli olivat olla ei se ne tämä nämä tuo joka jotka mikä mitä missä mistä mihin milloin miksi miten
    kuka kenen kuinka paljon monta minä sinä hän me te he voi voin voiko pitää täytyy että jos kun myös
    olen olet olemme olette olin olit olimme olitte olenko onko minun minua minut minulla minulle sinun sinua sinulla
    meidän meitä meillä meille teidän teitä teillä voit voimme voitte voivat voisin voisi voidaanko saan saat saa saamme
    saatte saavat saanko saako pitäisi""",
    "he": """
    של את על עם אל או גם כי אם לא כן הוא היא הם הן אני אתה את אנחנו זה זו זאת אלה יש אין היה היתה הייתה היו יהיה מה מי איפה היכן
    מתי איך כיצד כמה למה מדוע האם איזה איזו אילו מהו מהי מהם לאן מאין בין כדי כמו רק אבל
    אתם אתן לי לך לנו לכם שלי שלך שלנו שלכם יכול יכולה יכולים צריך צריכה צריכים""",
    "hi": """
    का की के को में से पर ने तक और या एक यह वह ये वे इस उस इन उन जो कि भी ही तो नहीं लिए साथ द्वारा है हैं था थे थी थीं हो होता होती
    होते हुआ हुई हुए गया गई गए जाता जाती जाते कर करता करती करते करना करने किया की दिया रहा रही रहे सकता सकती सकते क्या कौन कौनसा
    कौनसी किस किसने किसे किसको किसका किसकी किसके कब कहाँ कहां क्यों कैसे कैसा कैसी कितना कितनी कितने अपने अपनी अपना उसके उसकी उसका
    इसके इसकी इसका उनके उनकी उनका
    मैं मुझे मुझको मेरा मेरी मेरे हम हमें हमारा हमारी हमारे तुम तुम्हारा तुम्हारी तुम्हारे आप आपका आपकी आपके हूँ हूं""",
    "hr": """
    i ili ali a u na s sa iz od do za po pri pod nad bez između kroz prema je su sam si smo ste bio bila bilo bili biti bude
    ima nema može mogu treba mora će ne da se mu joj im ga ju ih on ona ono oni one ja ti mi vi ovaj ova ovo taj ta to koji
    koja koje kojeg kojoj kojih tko što čega čemu kada gdje odakle kako koliko zašto čiji li također još kao
    budem budeš budemo budete budu ću ćeš ćemo ćete imam imaš imamo imate imaju možeš možemo možete moram moraš moramo
    morate moraju smijem smiješ smije smijemo smijete smiju mene meni tebe tebi te me nas nam vas vam moj moja moje
    mojeg mojoj mojih tvoj tvoja tvoje tvojeg naša naše našeg našoj naših vaša vaše vašeg vašoj vaših""",
    "hu": """
    a az egy és vagy de hogy ki mi mikor hol hova honnan hogyan miért mennyi hány melyik milyen van vannak volt voltak lesz
    lehet kell nem is ez ezek azok ezt azt meg már még csak én te ő ti ők
    vagyok vagyunk vagytok voltam voltál voltunk leszek lesznek lehetek lehetünk kellene engem nekem téged neked minket
    nekünk titeket nektek enyém tiéd miénk tiétek""",
    "id": """
    dan atau tetapi di ke dari yang pada untuk dengan oleh dalam ini itu adalah apa siapa kapan mana bagaimana berapa
    mengapa kenapa apakah dapat bisa akan telah sudah tidak ada saya anda kita kami mereka dia
    aku kamu engkau harus boleh""",
    "it": """
    a abbia abbiamo abbiano ad agli ai al all alla alle allo anche avere avete aveva avevamo avevano avevate avevi avevo
    avrà avrai avranno avrebbe avrebbero avrei avremmo avremo avresti avrete avrò c che chi ci come con cos cosa cui da
    dagli dai dal dall dalla dalle dallo debba debbano degli dei del dell della delle dello deve devi devo devono di
    dobbiamo dov dove dovete doveva dovevano dovevo dovrà dovrai dovranno dovrebbe dovrebbero dovrei dovremmo dovremo
    dovreste dovresti dovrete dovrò e è ed era erano eravamo eravate eri ero essendo essere fa faccio fanno fare fra fu
    furono gli ha hai hanno ho i il in io la le lei li lo loro lui ma me mi mia mie miei mio molto ne né negli nei nel
    nell nella nelle nello noi non nostra nostre nostri nostro o ogni per perché più possa possano possiamo posso
    possono potere potete poteva potevano potrà potrai potranno potrebbe potrebbero potrei potremmo potremo potreste
    potresti potrete potrò può puoi qual quale quali quando quanta quante quanti quanto quella quelle quelli quello
    questa queste questi questo sarai saranno sarebbe sarebbero sarei saremmo saremo sareste saresti sarete sarò se
    senza si sia siamo siano siate siete sono stata state stati stato su sua sue sugli sui sul sull sulla sulle sullo
    suo suoi te ti tra tua tue tuo un una uno vengono venne vi viene vogliamo voglio vogliono voi volete vorrei vorremmo
    vostra vostre vostri vostro vuoi vuole
    durante entro fino""",
    "nl": """
    aan als ben bent bij dan dat de deze die dit doe doen doet door een elk elke en er geen gehad geweest haar had
    hadden heb hebben hebt heeft hem het hij hoe hoelang hoeveel hun ik in is je jij jou jouw jouwe jullie kan kon
    konden kun kunnen kunt maak maakt maar mag maken me meer men met mij mijn mijne mocht mochten moest moesten moet
    moeten mogen naar niet nog of om onder ons onze ook op over te tot tussen u uit uw uwe van voor waar waarin waarmee
    waarom wanneer waren was wat we welk welke werd werden wie wij wil wilde wilden willen wilt word worden wordt wou
    zal ze zich zij zijn zo zou zouden zul zullen zult
    binnen iemand iets sinds tegen tijdens vanaf waaraan waarbij waardoor waarheen waarop waarover waaruit waarvan waarvoor
    wiens zonder""",
    "no": """
    en et ei og eller men i på av til fra med for om ved under over mellom uten som at det den de dette denne disse er var
    blir ble har hadde ha kan kunne skal skulle må vil jeg meg min mitt mine du deg din dere han hun ham henne sin sitt
    sine vi oss vår man hvem hva hvor når hvorfor hvordan hvilken hvilket hvilke ikke så også da her der
    vært hatt måtte ville bør burde ditt dine deres vårt våre""",
    "pl": """
    a aby albo ale będą będę będzie będziecie będziemy będziesz bez być byli byliśmy był była byłam byłem było były ci
    cię ciebie co czego czemu czy czym dla dlaczego do gdy gdzie i ich ile ilu ja jak jaka jaki jakich jakie jakiego
    jakiej jakim jego jej jeśli jest jestem jesteś jesteście jesteśmy jeżeli już kiedy kim kogo komu kto która które
    którego której który których którym lub ma macie mają mam mamy masz mi miał miała mieć między mieli mną mnie mogą
    mogę mogli mógł mogła mogłaby mógłby moich moim mój moja moje mojego mojej może możecie możemy możesz można musi
    musiał musiała musicie musimy musisz muszą muszę my na nad nam nami nas nasz nasza nasze naszego naszej naszych nie
    o od on ona oni ono oraz po pod powinien powinienem powinna powinnam powinni powinniśmy powinno powinny przed przez
    przy robić są się skąd swój swoja swoje ta tak także te tego tej temu ten też to tobą tobie trzeba twój twoja twoje
    twojego twojej ty tych tym u w wam wami was wasz wasza wasze waszego waszej we więc wy z za ze że żeby został
    została zostało zostały zrobić""",
    "pt": """
    à a ao aos aquela aquele as às até cada com comigo como connosco conosco contigo da das de desde deve devem devemos
    deverá deverão deverás deveremos deveria deveriam deveríamos deves devia deviam devo do dos e é ela elas ele eles em
    entre era eram éramos és essa esse está esta estamos estão estar estará estarão estas estava estavam estávamos este
    esteja estejam estes esteve estive estou eu faço faz fazem fazer foi fomos foram fui há haja haver haverá havia
    houve isso isto já lhe lhes mais mas me meu meus mim minha minhas muito na não nas nem no nos nossa nossas nosso
    nossos num numa o onde os ou para pela pelas pelo pelos pode podem podemos poder poderá poderão poderás poderei
    poderemos poderia poderiam poderíamos podes podia podiam por porque porquê possa possam possamos posso quais qual
    quando quanta quantas quanto quantos que quê quem quer querem queremos queres quero são se seja sejam sejamos sem
    sendo ser será serão serei seremos seria seriam seríamos seu seus sido sobre sois somos sou sua suas também te tem
    têm temos tenha tenham tenhamos tenho tens ter terá terão terei teremos teria teriam teríamos teu teus tinha tinham
    tínhamos tive tiveram tu tua tuas um uma umas uns você vocês vós vossa vossas vosso vossos
    aonde durante""",
    "ro": """
    un o unei unui și sau dar de la în din pe cu pentru prin fără între despre spre până ce cine care când unde cum cât
    câtă câți câte este e sunt era erau fost fi are au avea poate pot trebuie se mă te îi le meu mea său sa sale lui ei lor
    acest această acesta aceasta acești aceste nu mai foarte eu el ea noi voi ele
    sunteți suntem ești eram erai am ai avem aveți poți putem puteți aș ați vei vom veți mine mie tu tine ție nostru
    noastră noștri noastre vostru voastră voștri voastre mei mele tău ta tăi tale vă ne""",
    "ru": """
    а без будем будет будете будешь буду будут бы был была были было быть в вам вами вас ваш ваша ваше вашего вашей
    вашему ваши вашим ваших во вы где да для до должен должна должно должны его ее ей если есть еще же за зачем и из или
    им имеем имеет имеете имеешь имею имеют их к как какая какие каким каких какого какое какой какую ко когда кого кому
    которая которое которые который которых кто куда ли между меня мне мной мною мог могла могли могу могут моего моей
    моему можем может можете можешь можно мои мой моим моих моя мы на над надо нам нами нас наш наша наше нашего нашей
    нашему наши нашим наших не ни но нужно о об он она они оно от откуда по под почему при с свои свой своя сколько со
    та так также твое твоего твоей твой твоих твоя те тебе тебя то тобой того той тот ты у уже чего чем чему через что
    чтобы эта эти это этого этой этот я является являются""",
    "sk": """
    a i alebo ale v vo na z zo s so k ku u o od do po pre pri pred nad pod bez medzi je sú bol bola bolo boli byť bude má
    majú mať môže môžu treba musí ktorý ktorá ktoré ktorí kto čo kedy kde kam odkiaľ ako aký aká aké koľko prečo čí si mi
    ma ten tá to tí tento táto toto nie ani že aby keď ak tiež už ja on ona ono my vy oni jeho jej ich
    som sme ste budem budeš budeme budete budú mám máš máme máte môžem môžeš môžeme môžete musím musíš musíme musíte
    musia smiem smieš smie smieme smiete smú mňa mne mnou ty teba tebe tebou nás nám nami vás vám vami môj moja moje
    môjho mojej mojich tvoj tvoja tvoje tvojho tvojej naša naše nášho našej našich vaša vaše vášho vašej vašich""",
    "sv": """
    en ett och eller men i på av till från med för om vid under över mellan utan som att det den de detta denna dessa är var
    blir blev blivit har hade ha kan kunde ska skall skulle måste vill jag mig min mitt mina du dig din ni er han hon honom
    henne sin sitt sina vi oss vår dem deras man vem vems vad när varför hur vilken vilket vilka inte så också då här där
    finns gör göra
    varit haft kunnat vilja ville borde ditt dina ert era vårt våra""",
    "tr": """
    ve veya ama bir bu şu o ile için gibi kadar daha çok ne nasıl neden niçin nerede nereden nereye kim kimin hangi kaç
    zaman mi mı mu mü midir nedir kimdir var yok değil olan olarak olduğu oldu da de ben sen biz siz onlar
    benim senin bizim sizin bana sana bize size beni seni bizi sizi miyim mıyım muyum misin mısın musun miyiz mıyız
    muyuz misiniz mısınız musunuz""",
    "uk": """
    і й та або але а в у на з із зі до від для без між через про по під над при за не ні що чого чим хто кого кому ким коли
    де куди звідки як який яка яке які яких скільки чому навіщо чи ж би це цей ця ці цього цієї той так також вже ще є бути
    був була було були буде будуть може можу можуть можна треба потрібно я мені мене ти ви вас вам він вона воно вони його
    її їх ми нас нам мій свій якщо щоб
    буду будеш будемо будете маю маєш має маємо маєте мають мав можеш можемо можете мушу мусиш мусить мусимо повинен
    повинна повинно повинні мною тебе тобі тобою нами вами моя моє мої мого моєї моїх твій твоя твоє твої твого твоєї
    наш наша наше наші нашого нашої наших ваш ваша ваше ваші вашого вашої ваших""",
    "vi": """
    là gì nào ai đâu khi bao nhiêu mấy tại sao thế như của và các những một được bị cho với trong từ đến tới này đó để có không
    thì mà đã đang sẽ cũng hay hoặc vì ở trên dưới về theo vào ra lại nếu do bởi""",
    # Written without spaces and indexed as pairs of characters: the pairs that asking is made of.
    "ja": """
    何で 何の 何が 何を 何に 何と 何か は何 は誰 誰が 誰で が誰 のは とは どこ こで こに こが はど どの どう どれ
    いつ いく くら くつ らい はい です ます ます すか たか でし まし した しょ ょう うか この その これ それ にあ
    あり りま ある いる いま する して てい から まで よう られ れま れた こと とが でき きま ませ には では ので
    たの るの りた なぜ""",
    "ko": """
    무엇 엇입 입니 니까 습니 합니 됩니 언제 누구 어디 디에 디서 에서 어떻 떻게 얼마 인가 까요 나요 가요 은무 는무
    은누 는누 은언 은어 는어""",
    "th": """
    อะไร ใคร ที่ไหน เมื่อไร เมื่อไหร่ เมื่อใด เท่าไร เท่าไหร่ อย่างไร ยังไง ทำไม เพราะเหตุใด""",
    "zh": """
    什么 怎么 怎样 如何 多少 哪里 哪个 哪些 哪年 为什 时候 么时 是什 是哪 可以 有多 我们 你们 他们 这个 那个 一个
    因为 几个 多久 是谁 在哪""",
}
