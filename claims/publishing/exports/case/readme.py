"""The README of the package of a case, for readers who do not know this workbench."""

from __future__ import annotations

README = {
    "en": """\
A CLAIM, WHAT WE FOUND ABOUT IT, AND WHAT PROVES THAT NOBODY CHANGED IT SINCE

  reports/report-N.json   each published report, byte for byte
  case.json               verdicts, reviews, evidence, questions, corrections: every field with its salt
  log.json                every act on the claim, with the proof that the desk’s log holds it (RFC 9162)
  captures.wacz           the captured pages with their own proof (open it at https://replayweb.page)
  proof/case.txt          what the desk signed about all of this (Ed25519; form: C2SP signed-note)
  proof/checkpoint.txt    the desk’s whole log at that moment, signed (form: C2SP tlog-checkpoint)
  proof/stamp.tsr, .pem   what an authority for timestamps (RFC 3161) signed about the checkpoint, where there is one
  proof/keys.txt          the public key of the desk
  proof/verify.py         checks all of this; needs Python 3.10 or later and nothing else

WITH THE PROGRAM
A program that comes with what it checks could be forged too. Ask the desk for its SHA-256, or for the program itself.

  unzip -p CASE.zip proof/verify.py > verify.py
  python3 verify.py CASE.zip                0 when everything agrees
  python3 verify.py --key KEY CASE.zip      0 only when the desk with this public key signed it

Compare the key with one you got elsewhere: the desk prints it in its reports and offers it at /checkpoint/keys.

BY HAND
1. proof/case.txt: the text up to the empty line is signed. Its lines name the SHA-256 of every other file.
2. case.json is canonical JSON. A field is SHA-256 of four lines: claim-workbench-field-v1, salt, name, value as JSON.
   A withheld field shows this commitment alone. A record is SHA-256 of a byte 0, then "kind key" and "name commitment"
   lines, sorted by name and joined by line feeds. The root over all records (RFC 9162) is in the line "records".
3. log.json: a leaf is SHA-256 of a byte 0 and "hash seq chain". "path" leads from it to the root in checkpoint.txt.
   "hash" is the SHA-256 of "text". An entry without its text is withheld; its place and its hash are still proved.

WHAT IT SHOWS, AND WHAT NOT
It shows that the desk with this key signed exactly this, and that its log held these entries when it did. A timestamp,
or a checkpoint that somebody else kept, shows when. It does not show that what the desk found is true, and not that
the desk logged everything it did.
""",
    "fr": """\
UNE AFFIRMATION, CE QUE NOUS AVONS TROUVÉ, ET CE QUI PROUVE QUE PERSONNE NE L’A CHANGÉ DEPUIS

  reports/report-N.json   chaque rapport publié, octet par octet
  case.json               verdicts, examens, preuves, questions, rectificatifs : chaque champ avec son sel
  log.json                chaque acte sur l’affirmation, avec la preuve qu’il est dans le journal (RFC 9162)
  captures.wacz           les pages capturées avec leur propre preuve (à ouvrir sur https://replayweb.page)
  proof/case.txt          ce que la rédaction a signé sur tout cela (Ed25519 ; forme : C2SP signed-note)
  proof/checkpoint.txt    tout le journal à ce moment, signé (forme : C2SP tlog-checkpoint)
  proof/stamp.tsr, .pem   l’horodatage du point de contrôle par une autorité (RFC 3161), s’il y en a un
  proof/keys.txt          la clé publique de la rédaction
  proof/verify.py         vérifie tout cela ; demande Python 3.10 ou plus récent et rien d’autre

AVEC LE PROGRAMME
Un programme livré avec ce qu’il vérifie peut être falsifié lui aussi. Demandez à la rédaction son SHA-256, ou le
programme lui-même.

  unzip -p DOSSIER.zip proof/verify.py > verify.py
  python3 verify.py DOSSIER.zip               0 si tout concorde
  python3 verify.py --key CLÉ DOSSIER.zip     0 seulement si la rédaction qui a cette clé publique l’a signé

Comparez la clé avec une autre source : la rédaction l’imprime dans ses rapports et la publie sous /checkpoint/keys.

À LA MAIN
1. proof/case.txt : le texte jusqu’à la ligne vide est signé. Ses lignes donnent le SHA-256 de chaque autre fichier.
2. case.json est du JSON canonique. Un champ est le SHA-256 de quatre lignes : claim-workbench-field-v1, sel, nom,
   valeur en JSON. Un champ retenu ne montre que cette empreinte. Un enregistrement est le SHA-256 d’un octet 0, puis
   des lignes « kind key » et « nom empreinte », triées par nom et jointes par des sauts de ligne. La racine de tous
   les enregistrements (RFC 9162) est dans la ligne « records ».
3. log.json : une feuille est le SHA-256 d’un octet 0 et de « hash seq chain ». « path » mène de là à la racine dans
   checkpoint.txt. « hash » est le SHA-256 de « text ». Une entrée sans texte est retenue ; sa place et son empreinte
   restent prouvées.

CE QUE CELA MONTRE, ET CE QUE CELA NE MONTRE PAS
Cela montre que la rédaction qui a cette clé a signé exactement ceci, et que son journal avait alors ces entrées. Un
horodatage, ou un point de contrôle que quelqu’un d’autre a gardé, montre quand. Cela ne montre pas que ce que la
rédaction a trouvé est vrai, ni qu’elle a noté tout ce qu’elle a fait.
""",
}
