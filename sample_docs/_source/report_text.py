"""The words and figures of the French annual report."""

CHAPTERS = """
# Résumé

L’année 2023 restera celle de la crue du 19 octobre. À Marrec, la Tressaune a culminé à 3,72 m à 4 h 35, soit 1,32 m
au-dessus du seuil d’alerte alors en vigueur. Aucune victime n’est à déplorer ; 214 habitants ont été évacués à
Pontelle et à Vauzy, et le premier message d’alerte est parti 5 heures et 10 minutes avant la pointe.

Le réseau compte désormais 31 stations, contre 28 à la fin de 2022. Trois stations ont été créées : Combe-Noire, Les
Aulnes et Moulin-Neuf. La disponibilité moyenne des mesures de hauteur atteint 98,4 %, après 97,1 % en 2022.
L’objectif de 98 % fixé par le schéma directeur est ainsi tenu pour la première fois.

Le remplacement des capteurs à bulles par des radars s’est poursuivi. Onze radars LIMNAR-4 étaient en service au 31
décembre 2023 ; six autres ont été livrés en novembre et seront posés au premier semestre 2024. Le coût complet du
réseau s’établit à 612 400 € pour l’exercice, en hausse de 7,3 % par rapport aux 570 700 € de 2022.

Trois décisions sont demandées au comité syndical : abaisser le seuil d’alerte de Marrec, doubler la
télétransmission des stations de tête de bassin, et reconduire pour trois ans la convention avec l’Institut
d’hydrométrie appliquée de Karsholm.

# 1 Le bassin et le syndicat

## 1.1 Le territoire

La Tressaune prend sa source au col de Ferrage, à 1 412 m d’altitude, et rejoint la plaine après 94 km de cours. Son
bassin couvre 1 840 km². La partie haute, cristalline et boisée, réagit en quelques heures aux pluies d’automne ; la
partie basse, calcaire, restitue l’eau pendant des semaines. Cette opposition explique que deux crues de même
hauteur à Marrec puissent produire des effets très différents à Pontelle.

Trois affluents comptent pour l’alerte. La Gourlave, longue de 31 km, apporte les crues les plus rapides. Le Brunec
draine les plateaux agricoles et charrie beaucoup de limon. L’Aubrelle, enfin, traverse les gorges de Combe-Noire,
où aucune mesure n’existait avant l’été 2023.

Le bassin compte 71 communes et 118 000 habitants, dont 9 300 vivent en zone inondable.[^Recensement des zones
inondables arrêté au 1er juillet 2021 ; la mise à jour est prévue pour 2025.] Deux établissements sensibles s’y
trouvent : l’hôpital de Pontelle et le collège des Trois-Ponts, à Vauzy.

## 1.2 Le syndicat et ses responsables

Le syndicat mixte réunit les 71 communes et le département. Il est présidé depuis 2020 par Étienne Guérandel, maire
de Larmont. La direction technique est confiée à Solène Marchadier. Inès Davaud, hydrologue, valide les données et
tient les courbes de tarage ; Karim Beltoise dirige l’équipe de terrain, forte de quatre techniciens, au dépôt du
Moulin-Neuf.

L’astreinte de crue est assurée toute l’année par roulement d’une semaine. Pendant les mois d’octobre à mars, elle
est doublée : un agent suit les hauteurs, un second se tient prêt à partir.[^Le doublement de l’astreinte a été
décidé après la crue du 2 février 2021, pendant laquelle l’agent unique était resté bloqué à Larmont.]

# 2 L’état du réseau

## 2.1 Les stations

Au 31 décembre 2023, le réseau se compose de 31 stations limnimétriques, dont la liste complète figure à l’annexe A.
Vingt-deux d’entre elles mesurent également la pluie et neuf la température de l’eau. Les stations sont réparties en
trois catégories selon l’usage qui est fait de leurs mesures.

- Les stations d’alerte, au nombre de 12, transmettent toutes les cinq minutes. Leur arrêt déclenche un appel de
l’astreinte.

- Les stations de bilan, au nombre de 14, transmettent toutes les heures et servent au calcul des volumes.

- Les stations d’étude, au nombre de 5, sont relevées à la main et ne sont pas maintenues au-delà de leur programme.

## 2.2 Les créations de 2023

La station de Combe-Noire, sur l’Aubrelle, a été mise en service le 12 juin 2023. Elle ferme la principale lacune du
réseau et offre environ deux heures d’avance sur Pontelle. Son accès, par une échelle de 23 m, a imposé une
formation au travail en hauteur.

La station des Aulnes, sur le Brunec, est en service depuis le 4 septembre. Elle remplace une échelle lue par un
riverain, Monsieur Jourdel, qui a noté le niveau chaque matin pendant vingt-sept ans et que le syndicat remercie.

La station du Moulin-Neuf, ouverte le 2 octobre devant le dépôt, sert avant tout de banc d’essai : tout appareil
neuf y passe deux semaines avant d’être posé ailleurs.

## 2.3 Les abandons

Aucune station d’alerte n’a été fermée. La station d’étude de Sauvebelle, ouverte en 2017 pour un programme sur les
étiages, cessera d’être relevée au 30 avril 2024, ses douze bornes ayant été emportées deux fois.[^Les données de
Sauvebelle, de 2017 à 2023, restent consultables au siège du syndicat sur simple demande.]

# 3 Les instruments

## 3.1 Trois générations de capteurs

Trois techniques coexistent dans le réseau. Le capteur à bulles Bullo 7 mesure la pression de l’eau au bout d’un
tube ; il est précis tant que l’orifice reste libre. Le radar LIMNAR-2, posé à partir de 2014, mesure sans contact
mais son faisceau large touche parfois les piles. Le radar LIMNAR-4, introduit à titre d’essai en 2020, corrige ce
défaut.

{instruments}

L’essai conduit avec l’institut de Karsholm de mars 2020 à avril 2022 a montré que les lectures mensuelles d’échelle
suffisent à corriger la dérive du support. La méthode est appliquée depuis le 1er janvier 2023 à toutes les stations
équipées d’un radar. Elle oblige à lire l’échelle chaque mois, sans exception, ce que le tableau des tournées
prévoit désormais.

## 3.2 Les achats et les prix

Les radars LIMNAR-4 sont fournis par la société Hydromètres Castagne, de Saint-Avrel, titulaire du marché 2022-07.
Ce marché court jusqu’au 30 juin 2025 et fixe un prix révisable chaque année au 1er mars.[^La formule de révision
retient pour moitié l’indice des salaires de la mécanique et pour moitié celui des composants électroniques.] Le
prix unitaire est passé de 4 620 € HT en 2022 à 4 870 € HT en 2023.

Les derniers LIMNAR-2 ont été achetés en 2022 au distributeur Oriel Mesures, au prix de 2 940 € HT. Il n’en sera
plus commandé. Oriel Mesures reste en revanche chargé de l’entretien des capteurs à bulles, pour un forfait annuel
de 385 € HT par appareil.

{prices}

## 3.3 Ce que l’expérience enseigne

Le LIMNAR-4 consomme trois fois moins que son prédécesseur. Les panneaux solaires de 20 W ont donc pu être remplacés
par des modèles de 10 W, moins exposés au vent et aux voleurs : deux panneaux seulement ont disparu en 2023, contre
sept en 2022. En contrepartie, la configuration de l’appareil exige un logiciel propre au constructeur, dont la
licence doit être renouvelée tous les deux ans.

La pose demande une journée à deux agents, contre trois pour un capteur à bulles, dont le tube doit être enterré. Le
support reste le point faible. Deux modèles ont été essayés : une potence d’acier galvanisé, lourde et sûre, et un
bras d’aluminium qui se replie. Le bras s’est avéré plus commode, mais il vibre par grand vent ; à Quillebois, les
mesures du 2 novembre en portent la trace. Les six radars de 2024 seront donc posés sur des potences.

Les araignées tissent volontiers sous les antennes. Leur toile ne gêne pas la mesure tant qu’elle est sèche, mais
elle renvoie un faux écho par temps de brouillard. L’équipe les retire à chaque visite et note leur présence, ce qui
a permis d’expliquer la plupart des valeurs aberrantes de l’automne. Aucun produit répulsif n’est employé, pour ne
pas polluer l’eau.

Enfin, la lecture de l’échelle reste irremplaçable. Sur les onze ponts équipés, quatre ont bougé de plus d’un
centimètre au cours de l’année ; sans les lectures mensuelles, aucun de ces mouvements n’aurait été décelé.

# 4 L’hydrologie de l’année

## 4.1 Les pluies

Il est tombé en moyenne 1 087 mm sur le bassin en 2023, soit 12 % de plus que la normale. L’excédent s’est concentré
sur trois mois : mars, octobre et novembre. Le mois de juin, avec 19 mm, a été le plus sec depuis l’ouverture du
réseau. Le pluviomètre du col de Ferrage a recueilli 164 mm en vingt-quatre heures les 18 et 19 octobre ; l’ancien
record, 151 mm, datait du 7 novembre 1994.

## 4.2 Les débits

Le débit moyen annuel à Marrec s’établit à 24,6 m³/s, contre 17,9 m³/s en 2022. La figure 1 compare les deux années
mois par mois. L’hiver 2022 avait été exceptionnellement sec, et la comparaison exagère donc le contraste.

{flow}

## 4.3 L’étiage

L’étiage a été tardif. Le débit minimal journalier, 2,1 m³/s, a été observé à Marrec le 11 septembre 2023 ; il était
de 1,4 m³/s le 22 août 2022. Le préfet a pris deux arrêtés de restriction, du 18 juillet au 30 septembre, qui ont
concerné 43 communes. Les prélèvements pour l’irrigation ont diminué de 15 % par rapport à 2022, d’après les
compteurs relevés par la chambre d’agriculture.[^Les compteurs sont déclaratifs ; un contrôle sur place de 30
d’entre eux n’a révélé qu’un seul écart supérieur à 10 %.]

La température de l’eau a dépassé 25 °C pendant neuf jours à Pontelle. Les pêcheurs ont signalé une mortalité de
barbeaux en aval de la confluence du Brunec ; les analyses n’ont révélé aucune pollution.

# 5 La crue du 19 octobre 2023

## 5.1 La chronologie

La pluie a commencé le 18 octobre vers 13 heures sur les crêtes. À 18 heures, la Gourlave montait déjà de 20 cm à
l’heure. Le premier message d’alerte a été envoyé à 23 h 25, lorsque la prévision a dépassé le seuil pour la
première fois. La Tressaune a franchi le seuil de 2,40 m à Marrec à minuit et a culminé à 3,72 m à 4 h 35.

{hydrograph}

Le débit de pointe à Marrec est estimé à 486 m³/s. L’incertitude est de 12 %, car le plus fort jaugeage disponible
n’atteint que 305 m³/s. Ce débit correspond à une période de retour d’environ trente ans. La crue du 7 novembre 1994
reste la plus forte connue ; celle du 2 février 2021, avec 3,18 m à Marrec, n’est plus que la quatrième.

## 5.2 Le comportement des stations

Onze des douze stations d’alerte ont fonctionné sans interruption. Le capteur à bulles de Pontelle s’est arrêté à 2
h 10 avec le défaut E07, et les prévisionnistes ont dû se fonder sur les lectures téléphonées par la brigade des
sapeurs-pompiers. Les radars LIMNAR-4 de Marrec, de Vauzy et de Larmont n’ont perdu aucune mesure.

À Vauzy, le pont a été submergé pendant quarante minutes. L’appareil, éclaboussé mais jamais noyé, a indiqué des
hauteurs fausses de 5 h 20 à 6 heures ; elles ont été retirées des archives et remplacées par une interpolation
signalée comme telle.

## 5.3 Les dommages

Les dommages aux installations du syndicat s’élèvent à 58 300 €. Les deux postes principaux sont la passerelle de
jaugeage de Larmont, emportée, pour 31 000 €, et le local technique de Pontelle, inondé sous 70 cm d’eau, pour 14
200 €.[^Le local de Pontelle sera reconstruit 1,20 m plus haut ; l’assurance prend en charge 80 % de la dépense.]
Les dommages aux biens des communes et des particuliers font l’objet d’un rapport distinct de la préfecture.

Sept échelles ont été arrachées ou tordues. Elles ont été remplacées avant le 15 décembre, sauf celle des Grèves,
dont la berge s’est effondrée sur douze mètres. Le nivellement des échelles neuves a été confié au géomètre du
département ; il a relevé un écart de 2 cm à Trois-Fontaines, corrigé dans les archives à compter du 19 octobre.

## 5.4 Les enseignements

Le retour d’expérience a réuni trente-quatre personnes à Vauzy, le 16 novembre. Trois points ont fait l’unanimité.
Les maires veulent être appelés et non seulement avertis par un message ; la commune de Pontelle a perdu un quart
d’heure faute d’avoir entendu le sien. Les pompiers demandent une échelle éclairée à Pontelle, où la lecture s’est
faite à la lampe frontale. Les prévisionnistes, enfin, souhaitent que les hauteurs douteuses soient affichées avec
une marque plutôt que supprimées.

Le syndicat a retenu les trois demandes. L’éclairage de l’échelle de Pontelle, estimé à 3 600 €, sera posé avec le
nouveau radar. La marque de qualité demande une modification de la page publique, qui sera livrée en mai 2024.

# 6 L’alerte

## 6.1 Les seuils en vigueur

Chaque station d’alerte possède trois seuils : vigilance, alerte et danger. Ils sont exprimés en mètres sur
l’échelle de la station et révisés tous les cinq ans, ou après une crue majeure. Le tableau 3 donne les seuils en
vigueur au 31 décembre 2023.

{thresholds}

L’analyse de la crue d’octobre a montré qu’à Marrec le seuil de 2,40 m laisse trop peu de temps aux campings de
l’aval. Il est proposé de l’abaisser. La valeur nouvelle est discutée par le comité technique et non dans ce
rapport.

## 6.2 Les messages

Le syndicat a émis 17 bulletins en 2023, dont 11 pendant la crue d’octobre. Trois bulletins n’ont pas été suivis
d’un dépassement : le taux de fausses alertes est de 18 %, inférieur aux 25 % admis par la convention avec la
préfecture. Les messages sont envoyés par téléphone aux maires, par courriel aux services et par affichage aux
abonnés de la page publique, qui étaient 6 840 à la fin de l’année.

## 6.3 Les exercices

L’exercice annuel s’est tenu le 25 mai 2023 à Vauzy, sur le scénario d’une rupture de digue. Il a révélé que deux
communes ne disposaient plus du bon numéro d’astreinte. Le numéro figure désormais au dos de la carte remise à
chaque maire. Un exercice de nuit est prévu en 2024 à Larmont.

# 7 L’entretien et la disponibilité

## 7.1 Les tournées

L’équipe de terrain a effectué 436 visites en 2023, soit 14 par station en moyenne. La visite mensuelle comprend la
lecture de l’échelle, le nettoyage, le contrôle de la batterie et le relevé du journal des défauts. Elle dure de
vingt à cinquante minutes selon l’accès. Les véhicules ont parcouru 61 200 km, contre 58 900 km en 2022.

## 7.2 La disponibilité

La disponibilité est la part des pas de temps pour lesquels une hauteur valide est archivée. Elle est calculée
station par station, sans tenir compte des arrêts programmés de moins de deux heures.

{availability}

Les stations à bulles tirent la moyenne vers le bas. Sans elles, la disponibilité serait de 99,1 %. Les pannes les
plus fréquentes demeurent l’orifice bouché, défaut E07, et la batterie faible, défaut E03. La foudre a détruit un
enregistreur, à Quillebois, le 9 juillet.

## 7.3 Les pièces de rechange

Le dépôt du Moulin-Neuf garde en permanence deux radars, trois enregistreurs et douze batteries. Le délai de
remplacement d’une station d’alerte ne doit pas dépasser 36 heures ; il a été tenu dans 22 cas sur 23. L’exception
est Combe-Noire, inaccessible pendant trois jours après la chute d’un bloc sur la piste.[^L’entretien de la piste de
Combe-Noire incombe à l’office forestier, qui l’a rouverte le 17 novembre 2023.]

# 8 Les jaugeages et les courbes de tarage

## 8.1 Les mesures de débit

L’équipe a réalisé 187 jaugeages en 2023, contre 203 en 2022. La baisse tient à l’indisponibilité du bateau,
immobilisé de mai à juillet par une avarie du treuil. Cent douze jaugeages ont été faits au courantomètre
acoustique, cinquante-huit au moulinet et dix-sept par dilution de sel.

Le jaugeage le plus fort de l’année, 305 m³/s, a été mesuré à Marrec le 19 octobre à 14 heures, pendant la décrue,
depuis le pont de la route départementale. C’est également le plus fort de toute la série de cette station.

## 8.2 Les courbes révisées

Neuf courbes de tarage ont été révisées. À Marrec, l’exposant de la loi de puissance a été maintenu à 1,83, mais la
hauteur de débit nul a été relevée de 4 cm. À Vauzy, où le lit se déplace à chaque crue, aucune courbe n’est publiée
au-dessus de 120 m³/s. À Larmont, le seuil de pierre a résisté et la courbe de 2019 reste valable.

## 8.3 La qualité des débits

Les débits sont qualifiés par une lettre. La lettre A désigne une incertitude inférieure à 7 %, la lettre B une
incertitude de 7 à 15 % et la lettre C une incertitude supérieure. En 2023, 61 % des débits journaliers sont de
qualité A, 30 % de qualité B et 9 % de qualité C.[^En 2022 : 58 % de qualité A, 31 % de qualité B et 11 % de qualité
C.]

# 9 La télétransmission et les données

## 9.1 Les liaisons

Vingt-six stations transmettent par le réseau mobile et sept d’entre elles disposent en outre d’une liaison radio en
169 MHz. La crue d’octobre a confirmé la fragilité du réseau mobile : l’antenne de Saint-Avrel, privée de courant,
est restée muette de 3 h 15 à 9 h 40. Les stations doublées ont continué de transmettre.

Il est demandé de doubler les cinq stations de tête de bassin, pour 23 500 €. L’étude compare la radio et le
satellite ; celui-ci coûte moins cher à l’achat, mais son abonnement de 29 € par mois et par station le rend plus
onéreux dès la quatrième année.

## 9.2 Les archives

La base de données contient 214 millions de valeurs, depuis 1967. Elle est sauvegardée chaque nuit sur deux sites, à
Pontelle et à Larmont. Une restauration complète a été essayée le 14 mars 2023 : elle a duré 6 heures et 20 minutes
et n’a révélé aucune perte.

Les relevés sur papier antérieurs à 1967 sont en cours de numérisation. Sur 340 registres, 215 étaient traités à la
fin de l’année ; le travail devrait s’achever en 2025. Les registres de l’ancien moulin de Marrec, tenus de 1888 à
1951, sont les plus précieux.

## 9.3 La diffusion

Les données validées sont libres et gratuites. Elles ont fait l’objet de 1 930 téléchargements en 2023, dont un
tiers par des bureaux d’études et un quart par des établissements d’enseignement. La page publique a reçu 410 000
visites, dont 265 000 pendant la seule semaine de la crue.

# 10 Le budget

## 10.1 Les dépenses de l’exercice

Les dépenses du réseau s’élèvent à 612 400 € en 2023. Le personnel en représente un peu plus de la moitié. La hausse
des achats tient aux radars et au véhicule de remplacement.

{budget}

## 10.2 Les recettes

Les communes apportent 41 % des recettes, le département 34 % et l’agence de bassin 20 %. Le reste, 5 %, provient de
prestations pour des tiers. La participation des communes est fixée à 2,13 € par habitant ; elle était de 2,05 € en
2022.[^La participation des communes de moins de 200 habitants est plafonnée à 300 € par an.]

## 10.3 Les engagements pluriannuels

Trois marchés engagent le syndicat au-delà de 2024 : la fourniture des radars, jusqu’au 30 juin 2025 ; l’entretien
des capteurs à bulles, jusqu’au 31 décembre 2024 ; et l’hébergement de la base de données, jusqu’au 31 mars 2026. La
convention avec l’institut de Karsholm, d’un montant de 18 000 € par an, arrive à son terme le 30 juin 2024.

# 11 Le personnel et la sécurité

## 11.1 Les effectifs

L’effectif est de neuf agents, pour 8,4 équivalents temps plein. Une technicienne, Léonie Fabrègue, a rejoint
l’équipe de terrain le 1er avril 2023 en remplacement de Gérard Moulinet, parti à la retraite après trente et un ans
de service. Un poste d’hydrologue prévisionniste sera ouvert en septembre 2024.

## 11.2 La formation

Les agents ont suivi 37 jours de formation, dont 12 pour le travail en hauteur et 8 pour le sauvetage en eau vive.
La formation au sauvetage est obligatoire avant toute intervention sur berge en crue ; elle doit être renouvelée
tous les trois ans.

## 11.3 Les accidents

Un accident avec arrêt s’est produit en 2023 : une entorse, le 21 février, dans l’escalier de la station de Larmont,
suivie de douze jours d’absence. L’escalier a été refait en caillebotis. Aucun accident n’est survenu pendant la
crue, malgré 41 sorties de nuit.[^Toute sortie de nuit se fait à deux agents, gilet porté, avec un appel à
l’astreinte à l’arrivée et au départ.]

# 12 Le programme de 2024

## 12.1 Les travaux

Six radars LIMNAR-4 remplaceront des capteurs à bulles au premier semestre. La priorité va à Pontelle, dont l’arrêt
pendant la crue a été le plus lourd de conséquences, puis aux stations de la Gourlave. La passerelle de Larmont sera
reconstruite à l’automne, après consultation des entreprises au mois de mai.

## 12.2 Les études

Deux études seront engagées. La première, confiée à Inès Davaud, établira une prévision à six heures pour Pontelle à
partir des mesures de Combe-Noire. La seconde portera sur l’effet des haies replantées sur le ruissellement du
Brunec ; elle sera menée avec le lycée agricole de Quillebois et durera trois ans.

## 12.3 Le calendrier

- Février : vérification des échelles après l’hiver et nivellement des trois stations nouvelles.

- Avril à juin : pose des six radars, à raison d’une station toutes les deux semaines.

- Juillet : renouvellement de la convention avec l’institut de Karsholm, si le comité en décide ainsi.

- Septembre : exercice de nuit à Larmont et recrutement du prévisionniste.

- Novembre : bilan de la première année de la correction mensuelle et rapport au comité technique.

# 13 Les partenaires

## 13.1 L’Institut d’hydrométrie appliquée de Karsholm

La convention signée le 1er juillet 2021 porte sur l’essai des radars et sur la formation. L’institut a détaché
Piotr Wendelin pendant cinq semaines en 2023 pour installer la correction mensuelle sur les enregistreurs. Deux
étudiantes ont suivi les tournées au mois de juin ; leur mémoire sur l’usure des échelles est disponible au siège.

## 13.2 Les services de l’État

La préfecture reçoit toutes les mesures des stations d’alerte. Elle a financé la liaison radio de Combe-Noire à
hauteur de 12 800 €. Le service de prévision a demandé que la période d’interrogation soit ramenée de cinq à deux
minutes pendant les crues ; l’essai fait à Marrec montre que les batteries le supportent pendant neuf jours.

## 13.3 Les riverains et les écoles

Quarante-six lecteurs bénévoles complètent le réseau. Ils transmettent une hauteur par jour, par carte postale ou
par téléphone. Leur doyenne, Odile Tremaux, garde le moulin de Marrec et les repères de crue gravés sur son mur. Le
collège des Trois-Ponts a construit un pluviomètre qui fonctionne depuis mars et dont les relevés s’écartent de
moins de 3 % de ceux de la station voisine.

# Annexe A Liste des stations

Les stations sont rangées de l’amont vers l’aval pour chaque cours d’eau. Le point kilométrique se compte depuis la
source. La colonne de l’instrument indique le capteur principal au 31 décembre 2023 ; les stations d’étude n’ont
qu’une échelle.

L’année de mise en service est celle de la station ou, lorsque le capteur a été remplacé par un radar, celle du
radar. Toute station déplacée de plus de cent mètres reçoit un nouveau code, afin que deux séries de hauteurs ne
soient jamais confondues.

{stations}

# Annexe B Définitions

<b>Hauteur.</b> Niveau de la surface libre rapporté au zéro de l’échelle. Elle s’exprime en mètres, avec deux
décimales. Le zéro de l’échelle de Marrec est à 287,41 m d’altitude depuis le nivellement de 2015.

<b>Débit.</b> Volume d’eau qui traverse une section par unité de temps, exprimé en mètres cubes par seconde. Il
n’est pas mesuré en continu mais déduit de la hauteur par la courbe de tarage.

<b>Jaugeage.</b> Mesure ponctuelle du débit. Un jaugeage est dit complet lorsque vingt verticales au moins ont été
explorées.

<b>Période de retour.</b> Durée moyenne entre deux crues qui atteignent ou dépassent un débit donné. Une crue
trentennale a, chaque année, une chance sur trente de se produire ; elle peut survenir deux années de suite.

<b>Étiage.</b> Période des plus basses eaux. Dans ce rapport, l’étiage désigne les jours où le débit est inférieur
au dixième de sa moyenne interannuelle.
"""

Rows = list[list[str]]

TABLES: dict[str, tuple[str, list[float], Rows]] = {
    "instruments": (
        "<b>Tableau 1.</b> Les trois capteurs de hauteur du réseau au 31 décembre 2023.",
        [110, 115, 115, 118],
        [
            ["", "Bullo 7", "LIMNAR-2", "LIMNAR-4"],
            ["Principe", "pression (bulles)", "radar 26 GHz", "radar 80 GHz"],
            ["Étendue de mesure", "15 m", "20 m", "35 m"],
            ["Consommation", "2,4 W", "1,1 W", "0,38 W"],
            ["Appareils en service", "9", "6", "11"],
        ],
    ),
    "prices": (
        "<b>Tableau 2.</b> Prix unitaires payés par le syndicat, hors taxes.",
        [170, 96, 96, 96],
        [
            ["Matériel", "2022", "2023", "Fournisseur"],
            ["Radar LIMNAR-4", "4 620 €", "4 870 €", "Hydromètres Castagne"],
            ["Radar LIMNAR-2", "2 940 €", "non commandé", "Oriel Mesures"],
            ["Enregistreur Ardoise 3", "1 310 €", "1 345 €", "Oriel Mesures"],
            ["Batterie 12 V, 38 Ah", "94 €", "102 €", "Comptoir du Brunec"],
            ["Panneau solaire 10 W", "61 €", "57 €", "Comptoir du Brunec"],
        ],
    ),
    "thresholds": (
        "<b>Tableau 3.</b> Seuils en vigueur au 31 décembre 2023, en mètres à l’échelle.",
        [138, 80, 80, 80, 80],
        [
            ["Station", "Vigilance", "Alerte", "Danger", "Révision"],
            ["Marrec", "1,80", "2,40", "3,30", "2019"],
            ["Vauzy", "1,20", "1,75", "2,50", "2021"],
            ["Larmont", "1,60", "2,10", "2,90", "2019"],
            ["Pontelle", "2,00", "2,70", "3,60", "2021"],
            ["Combe-Noire", "1,10", "1,90", "3,00", "2023"],
        ],
    ),
    "availability": (
        "<b>Tableau 4.</b> Disponibilité des mesures de hauteur par type de capteur, en pour cent.",
        [170, 96, 96, 96],
        [
            ["Capteur", "2021", "2022", "2023"],
            ["Bullo 7", "94,9", "95,2", "97,0"],
            ["LIMNAR-2", "97,3", "97,5", "98,2"],
            ["LIMNAR-4", "99,0", "99,2", "99,6"],
            ["Ensemble du réseau", "96,4", "97,1", "98,4"],
        ],
    ),
    "budget": (
        "<b>Tableau 5.</b> Dépenses du réseau par poste, en euros.",
        [198, 86, 86, 88],
        [
            ["Poste", "2022", "2023", "Évolution"],
            ["Personnel", "318 000", "327 500", "3,0 %"],
            ["Achats de matériel", "92 400", "118 900", "28,7 %"],
            ["Entretien et véhicules", "71 300", "74 600", "4,6 %"],
            ["Télécommunications et données", "54 000", "56 200", "4,1 %"],
            ["Études et conventions", "35 000", "35 200", "0,6 %"],
            ["Total", "570 700", "612 400", "7,3 %"],
        ],
    ),
}

FIGURE_CAPTIONS = {
    "flow": "<b>Figure 1.</b> Débit moyen mensuel de la Tressaune à Marrec, en 2022 et en 2023.",
    "hydrograph": "<b>Figure 2.</b> Hauteur à Marrec du 18 octobre à midi au 19 octobre à 23 heures ; "
    "le trait interrompu est le seuil "
    "d’alerte.",
}

MONTHLY_FLOW = [
    ("janv.", 19, 31), ("févr.", 24, 28), ("mars", 27, 44), ("avril", 25, 33), ("mai", 20, 22), ("juin", 12, 9),
    ("juil.", 6, 6), ("août", 3, 5), ("sept.", 5, 4), ("oct.", 14, 39), ("nov.", 26, 45), ("déc.", 34, 29),
]  # fmt: skip

STATIONS = """
T01|Col de Ferrage|Tressaune|0,8|1 390|échelle|1998
T02|Pré-Long|Tressaune|6,1|1 022|Bullo 7|1984
T03|Les Sagnes|Tressaune|12,7|846|Bullo 7|1979
T04|Saint-Avrel|Tressaune|19,4|611|LIMNAR-4|2022
T05|Pont-Rouge|Tressaune|24,9|498|LIMNAR-2|2014
T06|Gorge amont|Tressaune|29,3|402|LIMNAR-2|2015
T07|Marrec|Tressaune|34,2|287|LIMNAR-4|2020
T08|Le Batardeau|Tressaune|39,8|262|Bullo 7|1991
T09|Moulin-Neuf|Tressaune|44,0|248|LIMNAR-4|2023
T10|Vauzy|Tressaune|51,5|221|LIMNAR-4|2020
T11|Les Grèves|Tressaune|57,2|209|échelle|2019
T12|Larmont|Tressaune|63,6|187|LIMNAR-4|2020
T13|Île-aux-Saules|Tressaune|70,1|171|LIMNAR-4|2022
T14|Pontelle|Tressaune|78,4|152|Bullo 7|1988
T15|Quillebois|Tressaune|86,0|139|LIMNAR-4|2022
T16|Aval Confluence|Tressaune|93,2|128|LIMNAR-2|2016
G01|Haute Gourlave|Gourlave|3,5|934|Bullo 7|1986
G02|Fonderie|Gourlave|11,8|655|Bullo 7|1990
G03|Trois-Fontaines|Gourlave|19,6|471|LIMNAR-2|2017
G04|Pont de la Louve|Gourlave|25,3|344|Bullo 7|1993
G05|Gourlave aval|Gourlave|30,7|291|LIMNAR-4|2022
B01|Plateau d’Orme|Brunec|2,2|402|échelle|2018
B02|Sauvebelle|Brunec|9,0|331|échelle|2017
B03|Les Aulnes|Brunec|16,4|255|LIMNAR-4|2023
B04|Minoterie|Brunec|22,8|204|LIMNAR-2|2018
B05|Brunec aval|Brunec|27,5|163|Bullo 7|1996
A01|Source d’Aubrelle|Aubrelle|0,4|788|échelle|2020
A02|Clairefond|Aubrelle|7,9|566|Bullo 7|2001
A03|Combe-Noire|Aubrelle|14,6|389|LIMNAR-4|2023
A04|Tuilerie|Aubrelle|20,2|236|LIMNAR-2|2019
A05|Aubrelle aval|Aubrelle|24,1|158|LIMNAR-4|2022
"""
ANNEX_STATIONS: tuple[str, list[float], Rows] = (
    "<b>Tableau 6.</b> Les 31 stations du réseau.",
    [36, 104, 68, 52, 58, 72, 69],
    [
        ["Code", "Station", "Cours d’eau", "PK (km)", "Altitude (m)", "Instrument", "En service"],
        *[line.split("|") for line in STATIONS.split("\n") if line],
    ],
)
