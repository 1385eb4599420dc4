"""The messages of the verifier about a package or a WARC file, in English and in French."""

from __future__ import annotations

import os

BROKEN = "BROKEN: this is not as it was made."
STAMPED = "STAMPED: everything agrees, and an authority stamped every capture."
UNSTAMPED = "CONSISTENT, NOT STAMPED: all hashes agree, but so they would if somebody had rewritten everything."
CASE_STAMPED = "STAMPED: everything agrees, the desk signed it, and an authority stamped its log."
CASE_SIGNED = "SIGNED, NOT STAMPED: everything agrees, and the desk signed it. Compare its key elsewhere."
GREW = "GREW: the log of the second checkpoint begins with the whole log of the first."
FRENCH = {
    BROKEN: "ROMPU : ceci n’est plus tel qu’il a été fait.",
    STAMPED: "HORODATÉ : tout concorde, et une autorité a horodaté chaque capture.",
    CASE_STAMPED: "HORODATÉ : tout concorde, la rédaction l’a signé, et une autorité a horodaté son journal.",
    CASE_SIGNED: "SIGNÉ, NON HORODATÉ : tout concorde, et la rédaction l’a signé. Comparez sa clé ailleurs.",
    GREW: "A GRANDI : le journal du second point de contrôle commence par tout le journal du premier.",
    "the log did not only grow": "le journal n’a pas seulement grandi",
    "signature not checked: name the key with --key": "signature non vérifiée : indiquez la clé avec --key",
    "fields are withheld, and still bound": "champs retenus, et toujours liés",
    "log entries are withheld, and still bound": "entrées du journal retenues, et toujours liées",
    "is not in the log of the checkpoint": "n’est pas dans le journal du point de contrôle",
    UNSTAMPED: "COHÉRENT, NON HORODATÉ : les empreintes concordent, comme si quelqu’un avait tout réécrit.",
    "hashes consistent, but the stamp does not cover this": "cohérent, mais non couvert par l’horodatage",
    "no checkpoint covers this": "aucun point de contrôle ne couvre ceci",
    "signed by the desk": "signé par la rédaction",
    "key of the desk, compare it with one you got elsewhere": "clé de la rédaction, à comparer avec une autre source",
    "is not the key you named": "n’est pas la clé indiquée",
    "no stamp covers this": "aucun horodatage ne couvre ceci",
    "stamped": "horodaté",
    "root certificate, compare it with one you got elsewhere": "certificat racine, à comparer avec une autre source",
    "does not lead to the root you named": "ne mène pas à la racine indiquée",
    "missing": "absent",
    "hidden bytes": "octets cachés",
    "named twice": "nommé deux fois",
    "compressed, must be stored": "compressé au lieu d’être stocké tel quel",
    "not listed": "non listé",
    "unpacks to far more than it takes up": "occupe beaucoup plus de place une fois décompressé",
    "hash does not match": "l’empreinte ne correspond pas",
    "size does not match": "la taille ne correspond pas",
    "not readable": "illisible",
    "unsafe name": "nom dangereux",
    "signature does not hold": "la signature ne tient pas",
    "signed by nobody this machine trusts": "signé par personne à qui cette machine fasse confiance",
    "refers to a record that is not here": "renvoie à un enregistrement absent",
    "refers to another payload": "renvoie à un autre contenu",
    "not in the index": "absent de l’index",
    "does not belong here": "n’a pas sa place ici",
    "was given at another time": "a été donné à une autre heure",
    "index does not match the records": "l’index ne correspond pas aux enregistrements",
    "page is not in the archive": "la page n’est pas dans l’archive",
    "chain does not follow": "la chaîne ne se suit pas",
    "records differ from the chain": "les enregistrements diffèrent de la chaîne",
    "record outside the chain": "enregistrement hors de la chaîne",
    "truncated when it was fetched": "tronqué lors de la capture",
    "has no digest": "n’a pas d’empreinte",
}


class Checked:
    """The result of a check: faults, notes, whether a timestamp covers everything, and what it was."""

    def __init__(self) -> None:
        self.faults: list[tuple[str, str]] = []
        self.notes: list[tuple[str, str]] = []
        self.stamped = False
        self.is_case = False
        self.is_growth = False

    @property
    def conclusion(self) -> str:
        """The result in one sentence."""
        if self.faults:
            return BROKEN
        if self.is_growth:
            return GREW
        if self.is_case:
            return CASE_STAMPED if self.stamped else CASE_SIGNED
        return STAMPED if self.stamped else UNSTAMPED

    def fault(self, where: str, what: str) -> None:
        """Note a fault."""
        if (where, what) not in self.faults:
            self.faults.append((where, what))

    def note(self, where: str, what: str) -> None:
        """Note something that a person should know and that is no fault."""
        self.notes.append((where, what))


def say(text: str) -> str:
    """Return a text in the language of the person, as LANG names it."""
    spoken = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return FRENCH.get(text, text) if spoken.lower().startswith("fr") else text
