"""Words that say nothing of what a text is about: articles, prepositions, pronouns, auxiliaries, and those that only ask.

By language, for a stop word of one is a word of another: English `die`, Spanish `mes`. English and French are one list,
since a French question over English documents brings words of either; so is what no language is known of.
"""

ENGLISH_AND_FRENCH = """
    a about after all also an and any are as at be been being but by can could did do does during each for from had has
    have he her his how i if in into is it its many may more most much of on one or other our out over she should so
    some such than that the their them then there these they this those through to under up was we were what when where
    which while who whom whose why will with would you your whats hows wheres whos
    à ai au aux avec avait ce ces cet cette ceux combien comme comment dans de des dont du elle elles en es est et était
    étaient étant eu eut être fait furent fut il ils je la le les leur leurs lors lui ma mais me mes mon ne nos notre
    nous on ont ou où par pas plus pour pourquoi quand que quel quelle quelles quels quelque qui sa sans se ses si sont
    son sous sur ta te tes ton tu un une vos votre vous y qu jusqu lorsqu puisqu
    must shall might dois doit doivent devoir faire fais font faut faudrait peut peuvent peux pouvoir puis veut veux
"""
STOP_WORDS = {
    "ar": """
    ما ماذا من متى أين كيف كم لماذا هل هو هي هم في على إلى عن مع أو أن كان كانت هذا هذه التي الذي""",
    "bg": """
    и или но а че в във на от до за с със при по под над без между през след преди към ли е са съм си сме сте бе беше бяха
    бъде има няма може могат трябва ще не да се си ми му ни ви им го я ги той тя то те аз ти ние вие този тази това тези
    който която което които кой коя кое кои кого какво какъв каква какви кога къде откъде как колко защо чий също още както""",
    "ca": """
    el la els les un una uns unes i o però de del dels al als en amb per pel pels sense sobre entre des fins que què qui
    quin quina quins quines quan on com quant quanta quants quantes perquè és són era eren fou ser estar està hi ha han
    havia té tenen pot puc poden cal es em et li ens us meu meva seu seva seus seves aquest aquesta això no més també""",
    "cs": """
    a i nebo ale v ve na z ze s se k ke u o od do po pro při před nad pod bez mezi je jsou byl byla bylo byly být bude má
    mají mít může mohu mohou lze musí který která které kdo co kdy kde kam odkud jak jaký jaká jaké kolik proč čí si mi
    mě ten ta to ty tento tato toto ne ani že aby když pokud také už já on ona ono my vy oni jeho její jejich""",
    "da": """
    en et og eller men i på af til fra med for om ved under over mellem uden som at det den de dette denne disse er var
    bliver blev har havde have kan kunne skal skulle må vil jeg mig min mit mine du dig din jer han hun ham hende sin sit
    sine vi os vores man hvem hvis hvad hvor hvornår hvorfor hvordan hvilken hvilket hvilke ikke så også da her der""",
    "de": """
    aber alle als also am an auch auf aus bei beim bin bis da dabei damit dann das dass dein deine dem den denn der deren
    des dessen dich die dies diese diesem diesen dieser dieses dir doch du durch ein eine einem einen einer eines er es
    euch für gegen gibt hab habe haben hat hatte hatten ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in ins ist ja
    jede jedem jeden jeder jedes kann kannst kein keine können könnte mache machen macht man mehr mein meine meinem meinen
    meiner mich mir mit muss müssen nach nicht noch nur ob oder ohne sehr sein seine seinem seinen seiner sich sie sind
    so soll sollen sollte sollten über um und uns unser unsere unter viel viele vielen vom von vor war waren warum was
    wegen welche welchem welchen welcher welches wem wen wenn wer werde werden weshalb wessen wie wieso wieviel wieviele
    wir wird wo wobei wodurch wofür woher wohin womit woraus worden worin wozu wurde wurden würde zu zum zur zwischen""",
    "el": """
    ο η το οι τα του της των τον την τους τις ένας μια μία ένα και ή αλλά σε στο στη στην στον στους στις στα από με για
    προς χωρίς που πού ποιος ποια ποιο ποιοι ποιες ποιον πότε πώς πως πόσο πόση πόσος πόσοι πόσες πόσα γιατί τι είναι
    ήταν είμαι έχει έχουν έχω είχε μπορώ μπορεί μπορούν πρέπει θα να δεν μην μου σου μας σας αυτό αυτή αυτός αυτά αυτές
    αυτοί ότι αν όταν όπου""",
    "es": """
    a al con como cómo cual cuál cuales cuáles cuando cuándo cuanta cuánta cuantas cuántas cuanto cuánto cuantos cuántos
    cada de debe deben debería debo del desde donde dónde e el él ella ellas ellos en entre era eran es esa esas ese eso
    esos esta está están estas estaba este esto estos estar fue fueron ha haber había hace hacen hacer hacia hago han hasta
    hay he la las le les lo los más me mi mis muy ni no nos o para pero poder podría por porque puede pueden puedes puedo
    que qué quien quién quienes quiénes se según ser si sí sido sin sobre son soy su sus también te tener tenía tiene
    tienen tu tus u un una unas uno unos usted ustedes y ya yo""",
    "fa": """
    و یا اما در به از با را که این آن برای تا بر هم نیز است هست بود بودند شد شده شود می های ها چه چیست کیست کدام کجا کی چرا
    چگونه چطور چند آیا او آنها ما شما من تو خود دارد دارند داشت کرد کرده کند باید نمی""",
    "fi": """
    ja tai mutta on ovat oli olivat olla ei se ne tämä nämä tuo joka jotka mikä mitä missä mistä mihin milloin miksi miten
    kuka kenen kuinka paljon monta minä sinä hän me te he voi voin voiko pitää täytyy että jos kun myös""",
    "he": """
    של את על עם אל או גם כי אם לא כן הוא היא הם הן אני אתה את אנחנו זה זו זאת אלה יש אין היה היתה הייתה היו יהיה מה מי איפה היכן
    מתי איך כיצד כמה למה מדוע האם איזה איזו אילו מהו מהי מהם לאן מאין בין כדי כמו רק אבל""",
    "hi": """
    का की के को में से पर ने तक और या एक यह वह ये वे इस उस इन उन जो कि भी ही तो नहीं लिए साथ द्वारा है हैं था थे थी थीं हो होता होती
    होते हुआ हुई हुए गया गई गए जाता जाती जाते कर करता करती करते करना करने किया की दिया रहा रही रहे सकता सकती सकते क्या कौन कौनसा
    कौनसी किस किसने किसे किसको किसका किसकी किसके कब कहाँ कहां क्यों कैसे कैसा कैसी कितना कितनी कितने अपने अपनी अपना उसके उसकी उसका
    इसके इसकी इसका उनके उनकी उनका""",
    "hr": """
    i ili ali a u na s sa iz od do za po pri pod nad bez između kroz prema je su sam si smo ste bio bila bilo bili biti bude
    ima nema može mogu treba mora će ne da se mu joj im ga ju ih on ona ono oni one ja ti mi vi ovaj ova ovo taj ta to koji
    koja koje kojeg kojoj kojih tko što čega čemu kada gdje odakle kako koliko zašto čiji li također još kao""",
    "hu": """
    a az egy és vagy de hogy ki mi mikor hol hova honnan hogyan miért mennyi hány melyik milyen van vannak volt voltak lesz
    lehet kell nem is ez ezek azok ezt azt meg már még csak én te ő ti ők""",
    "id": """
    dan atau tetapi di ke dari yang pada untuk dengan oleh dalam ini itu adalah apa siapa kapan mana bagaimana berapa
    mengapa kenapa apakah dapat bisa akan telah sudah tidak ada saya anda kita kami mereka dia""",
    "it": """
    a ad agli ai al alla alle allo all anche avere aveva c che chi ci come con cos cosa cui da dagli dai dal dalla dalle
    dallo dall deve devo devono di dei degli del della delle dello dell dove dov dovrebbe e è ed era erano essere fa faccio
    fanno fare fra fu furono gli ha hanno ho i il in io la le lei li lo loro lui ma mi mia mio molto ne né negli nei nel
    nella nelle nello nell noi non o ogni per perché più posso possono potere potrebbe può qual quale quali quando quanta
    quante quanti quanto quella quelle quelli quello questa queste questi questo se senza si sono stata state stati stato
    su sua sue sugli sui sul sulla sulle sullo sull suo suoi ti tra tua tuo un una uno venne vengono vi viene voi""",
    "nl": """
    aan als bij dan dat de deze die dit doe doen doet door een elk elke en er geen had hadden heb hebben heeft hem het hij
    hoe hoelang hoeveel hun haar ik in is je jij jou jouw kan kon kun kunnen maak maakt maken maar mag me meer men met mij
    mijn moet moeten mogen naar niet nog of om onder ons onze ook op over te tot tussen u uit uw van voor waar waarin
    waarmee waarom wanneer waren was wat we welk welke werd werden wie wij worden wordt zal ze zich zij zijn zo zou zouden
    zullen""",
    "no": """
    en et ei og eller men i på av til fra med for om ved under over mellom uten som at det den de dette denne disse er var
    blir ble har hadde ha kan kunne skal skulle må vil jeg meg min mitt mine du deg din dere han hun ham henne sin sitt
    sine vi oss vår man hvem hva hvor når hvorfor hvordan hvilken hvilket hvilke ikke så også da her der""",
    "pl": """
    a aby albo ale bez był była było były być będą będzie co czego czemu czy czym dla dlaczego do gdy gdzie i ich ile ilu ja
    jak jaka jaki jakich jakie jakim jakiej jakiego jego jej jest jeśli jeżeli już kiedy kim kogo komu kto która które
    którego której który których którym lub ma mają mi między mieć mnie mogą mogę moja moje może można mój my na nad nam
    nas nie o od on ona oni ono oraz po pod powinien powinna przed przez przy robić są się skąd swoja swoje swój ta tak także te
    tego tej temu ten też to trzeba ty tych tym u w we więc wy z za ze zrobić został została zostało zostały żeby że""",
    "pt": """
    a à ao aos aquela aquele as às até cada com como da das de desde deve devem deveria devo do dos e é ela elas ele eles
    em entre era eram essa esse está esta estão estar estas estava este estes eu faço faz fazem fazer foi foram há haver
    isso isto já lhe lhes mais mas me meu meus minha minhas muito na nas não nem no nos num numa o onde os ou para pela
    pelas pelo pelos pode podem poder poderia por porque porquê posso quais qual quando quanta quantas quanto quantos que
    quê quem são se sem ser seu seus sido sobre sua suas também te tem têm ter teu tinha tua um uma umas uns você vocês""",
    "ro": """
    un o unei unui și sau dar de la în din pe cu pentru prin fără între despre spre până ce cine care când unde cum cât
    câtă câți câte este e sunt era erau fost fi are au avea poate pot trebuie se mă te îi le meu mea său sa sale lui ei lor
    acest această acesta aceasta acești aceste nu mai foarte eu el ea noi voi ele""",
    "ru": """
    а без бы быть был была было были будет будут в вам вас во вы где да для до его ее ей если есть еще же за зачем и из или
    им их к как какая какие каким каких какого какое какой какую ко когда кого кому которая которое которые которых который
    кто куда ли между меня мне могу могут может можно мои мой моя мы на над надо нам нас не ни но нужно о об он она они оно
    от откуда по под почему при с свои свой своя сколько со так также та те то того той тот ты у уже чего чем чему через
    что чтобы эта эти это этого этой этот я является являются должен должна должно должны""",
    "sk": """
    a i alebo ale v vo na z zo s so k ku u o od do po pre pri pred nad pod bez medzi je sú bol bola bolo boli byť bude má
    majú mať môže môžu treba musí ktorý ktorá ktoré ktorí kto čo kedy kde kam odkiaľ ako aký aká aké koľko prečo čí si mi
    ma ten tá to tí tento táto toto nie ani že aby keď ak tiež už ja on ona ono my vy oni jeho jej ich""",
    "sv": """
    en ett och eller men i på av till från med för om vid under över mellan utan som att det den de detta denna dessa är var
    blir blev blivit har hade ha kan kunde ska skall skulle måste vill jag mig min mitt mina du dig din ni er han hon honom
    henne sin sitt sina vi oss vår dem deras man vem vems vad när varför hur vilken vilket vilka inte så också då här där
    finns gör göra""",
    "tr": """
    ve veya ama bir bu şu o ile için gibi kadar daha çok ne nasıl neden niçin nerede nereden nereye kim kimin hangi kaç
    zaman mi mı mu mü midir nedir kimdir var yok değil olan olarak olduğu oldu da de ben sen biz siz onlar""",
    "uk": """
    і й та або але а в у на з із зі до від для без між через про по під над при за не ні що чого чим хто кого кому ким коли
    де куди звідки як який яка яке які яких скільки чому навіщо чи ж би це цей ця ці цього цієї той так також вже ще є бути
    був була було були буде будуть може можу можуть можна треба потрібно я мені мене ти ви вас вам він вона воно вони його
    її їх ми нас нам мій свій якщо щоб""",
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
