"""The README of an evidence package, for readers who do not know this workbench."""

from __future__ import annotations

README = {
    "en": """\
CAPTURES OF WEB PAGES, AND WHAT PROVES THAT THEY ARE AS THEY WERE

This file is a WACZ 1.1.1 package, a ZIP file. To look at the pages, open it at https://replayweb.page (it is not
uploaded) or in any other player of web archives.

  archive/captures.warc.gz   what was sent and received, byte for byte (WARC 1.1): addresses, times, certificates
  indexes/, pages/           where in it each page is (a server's "not modified" is only in the archive)
  proof/chain.json           the place of each capture in the chain of all captures of the desk that made them
  proof/stamp-N.tsr, .pem    what an authority for timestamps (RFC 3161) signed, and its certificates
  proof/checkpoint-N.txt     the desk's signed checkpoint of its log; it names link N (C2SP tlog-checkpoint)
  proof/keys.txt             the public key of the desk, to compare with one that you got elsewhere
  proof/verify.py            checks all of this; needs Python 3.10 or later and nothing else
  proof/copies.json          copies that public archives keep, where there are any; no stamp covers this
  proof/brought.json         who brought which file, and where they say it is from; no stamp covers this

WITH THE PROGRAM
A program that comes with what it checks could be forged too. Ask the desk for its SHA-256, or for the program itself.

  unzip -p PACKAGE.wacz proof/verify.py > verify.py
  python3 verify.py PACKAGE.wacz             0 when everything agrees
  python3 verify.py --stamped PACKAGE.wacz   0 only when a stamp covers every capture
  python3 verify.py --key KEY PACKAGE.wacz   0 only when a checkpoint under this key of the desk covers every capture
  python3 verify.py --root SHA256 PACKAGE.wacz   0 only when these stamps lead to the root certificate that you name

It names the root certificate behind each stamp: compare its SHA-256 with one that you got elsewhere.

BY HAND
1. unzip PACKAGE.wacz -d package && cd package
2. sha256sum datapackage.json               is the hash in datapackage-digest.json
3. sha256sum archive/* indexes/* pages/* proof/*   are the hashes in datapackage.json
4. For a capture, chain.json says at which offset of the archive its records begin, and its facts how many bytes they
   are ("records_bytes") and their SHA-256 ("records_sha256"):
   tail -c +$((OFFSET + 1)) archive/captures.warc.gz | head -c BYTES | sha256sum
5. The facts of all captures, one a line, without the signs that JSON puts before quotation marks:
   sed -n 's/^ *"facts": "\\(.*\\)",*$/\\1/p' proof/chain.json | sed 's/\\\\\\(.\\)/\\1/g' > facts.txt
   sed -n Kp facts.txt | tr -d '\\n' | sha256sum   is the "digest" of the Kth of them
6. printf %s%s PREVIOUS DIGEST | sha256sum   is the hash of this link, and PREVIOUS of the next; the last one is "head"
7. printf %s HASH > hash.txt
   openssl ts -verify -data hash.txt -in proof/stamp-N.tsr -CAfile ROOT.pem -untrusted proof/stamp-N.pem
   where HASH is the hash of link N, and ROOT.pem the certificate of the authority that you trust

WHAT IT SHOWS, AND WHAT NOT
It shows that these bytes were in the desk's hands when the stamp was given, and were not changed since. It does not
show that a server sent them to anybody else, that what the page says is so, or what else the desk captured. What
servers sent are the records "response" and "revisit"; "conversion" and urn:view: are what the desk's browser made.
The records "resource" named ni: are files that a person brought, or text that a person pasted: the desk did not fetch
them, and where they come from is only that person's word.
Without a stamp it shows only that the parts agree with one another.
The stamps cover the captures: every record of the archive but the first, which names the program that wrote it. The
program here holds indexes/ and pages/ against them. No stamp covers title and time in datapackage.json, copies.json,
brought.json, what chain.json says of who the authority is, this text, or the program itself: anybody could have
written these.
""",
    "fr": """\
CAPTURES DE PAGES WEB, ET CE QUI PROUVE QU’ELLES SONT RESTÉES TELLES QUELLES

Ce fichier est un paquet WACZ 1.1.1, c’est-à-dire un fichier ZIP. Pour voir les pages, ouvrez-le sur
https://replayweb.page (rien n’est envoyé) ou dans tout autre lecteur d’archives du web.

  archive/captures.warc.gz   ce qui fut envoyé et reçu, octet par octet (WARC 1.1) : adresses, heures et certificats
  indexes/, pages/           où s’y trouve chaque page (un simple « non modifié » n’est que dans l’archive)
  proof/chain.json           la place de chaque capture dans la chaîne de toutes les captures de la rédaction
  proof/stamp-N.tsr, .pem    ce qu’une autorité d’horodatage (RFC 3161) a signé, et ses certificats
  proof/checkpoint-N.txt     le point de contrôle signé du journal, qui nomme le maillon N (C2SP tlog-checkpoint)
  proof/keys.txt             la clé publique de la rédaction, à comparer avec une autre source
  proof/verify.py            vérifie tout cela ; demande Python 3.10 ou plus récent, et rien d’autre
  proof/copies.json          les copies que gardent des archives publiques, s’il y en a ; sans horodatage
  proof/brought.json         qui a apporté quel fichier, et d’où il viendrait selon cette personne ; sans horodatage

AVEC LE PROGRAMME
Un programme livré avec ce qu’il vérifie pourrait être falsifié aussi. Demandez à la rédaction son SHA-256, ou prenez-le
chez elle.

  unzip -p PAQUET.wacz proof/verify.py > verify.py
  python3 verify.py PAQUET.wacz             0 si tout concorde
  python3 verify.py --stamped PAQUET.wacz   0 seulement si un horodatage couvre chaque capture
  python3 verify.py --key CLÉ PAQUET.wacz   0 seulement si un point de contrôle sous cette clé couvre chaque capture
  python3 verify.py --root SHA256 PAQUET.wacz   0 seulement s’ils mènent au certificat racine que vous nommez

Il nomme le certificat racine de chaque horodatage : comparez son SHA-256 avec celui d’une autre source.

À LA MAIN
1. unzip PAQUET.wacz -d paquet && cd paquet
2. sha256sum datapackage.json               est l’empreinte dans datapackage-digest.json
3. sha256sum archive/* indexes/* pages/* proof/*   sont les empreintes dans datapackage.json
4. Pour une capture, chain.json dit à quelle position de l’archive commencent ses enregistrements, et ses « facts » leur
   nombre d’octets (« records_bytes ») et leur SHA-256 (« records_sha256 ») :
   tail -c +$((POSITION + 1)) archive/captures.warc.gz | head -c OCTETS | sha256sum
5. Les « facts » de toutes les captures, une par ligne, sans les signes que JSON met devant les guillemets :
   sed -n 's/^ *"facts": "\\(.*\\)",*$/\\1/p' proof/chain.json | sed 's/\\\\\\(.\\)/\\1/g' > facts.txt
   sed -n Kp facts.txt | tr -d '\\n' | sha256sum   est le « digest » de la ligne K
6. printf %s%s PREVIOUS DIGEST | sha256sum   est l’empreinte du maillon, PREVIOUS du suivant ; la dernière : « head »
7. printf %s EMPREINTE > empreinte.txt
   openssl ts -verify -data empreinte.txt -in proof/stamp-N.tsr -CAfile RACINE.pem -untrusted proof/stamp-N.pem
   où EMPREINTE est celle du maillon N, et RACINE.pem le certificat de l’autorité à laquelle vous vous fiez

CE QUE CELA MONTRE, ET CE QUE CELA NE MONTRE PAS
Cela montre que la rédaction détenait ces octets au moment de l’horodatage, et qu’ils n’ont pas changé depuis. Cela ne
montre pas qu’un serveur les a envoyés à d’autres, que ce que dit la page est exact, ni ce que la rédaction a capturé
d’autre et n’a pas mis ici. Les serveurs ont envoyé les enregistrements « response » et « revisit » ; « conversion » et
urn:view: sont ce qu’en a fait le navigateur de la rédaction. Les enregistrements « resource » nommés ni: sont des
fichiers qu’une personne a apportés, ou un texte qu’elle a collé : la rédaction ne les a pas récupérés, et leur
provenance n’est que la parole de cette personne. Sans horodatage, cela montre seulement que les parties
concordent entre elles.
Les horodatages couvrent les captures : tous les enregistrements de l’archive sauf le premier, qui nomme le programme
qui l’a écrite. Le programme joint leur compare indexes/ et pages/. Aucun horodatage ne couvre le titre et l’heure de
datapackage.json, copies.json, brought.json, ce que chain.json dit de l’autorité, ce texte, ni le programme lui-même :
n’importe qui pourrait les avoir écrits.
""",
}
