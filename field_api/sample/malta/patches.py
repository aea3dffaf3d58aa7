"""Who works where: eight territories out of whole towns, and the invented reps."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Patch:
    """A territory by its towns, and its rep's home. The rep is invented."""

    code: str
    name: str
    district: str
    towns: tuple[str, ...]  # none: the whole of Gozo
    rep_code: str
    rep_name: str
    home: str  # a town


PATCHES = (
    Patch(
        code="T1",
        name="Buġibba & Qawra",
        district="MALTA",
        towns=(
            "Buġibba",
            "Il-Qawra",
            "San Pawl Il-Baħar",
            "Ix-Xemxija",
        ),
        rep_code="R1",
        rep_name="Maria Vella",
        home="San Pawl Il-Baħar",
    ),
    Patch(
        code="T2",
        name="Mellieħa, Mosta & Rabat",
        district="MALTA",
        towns=(
            "Il-Mellieħa",
            "Il-Manikata",
            "L-Imġarr",
            "Il-Mosta",
            "In-Naxxar",
            "L-Imtarfa",
            "L-Imdina",
            "Ir-Rabat",
            "Ħad-Dingli",
        ),
        rep_code="R2",
        rep_name="Joseph Camilleri",
        home="Il-Mosta",
    ),
    Patch(
        code="T3",
        name="St Julian's & San Ġwann",
        district="MALTA",
        towns=(
            "San Ġiljan",
            "Is-Swieqi",
            "Pembroke",
            "San Ġwann",
            "Ħal Għargħur",
            "Baħar iċ-Ċagħaq",
        ),
        rep_code="R3",
        rep_name="Claire Zammit",
        home="San Ġwann",
    ),
    Patch(
        code="T4",
        name="Sliema & Gżira",
        district="MALTA",
        towns=(
            "Tas-Sliema",
            "Il-Gżira",
            "Ta' Xbiex",
        ),
        rep_code="R4",
        rep_name="Mark Farrugia",
        home="Il-Gżira",
    ),
    Patch(
        code="T5",
        name="Valletta & Paola",
        district="MALTA",
        towns=(
            "Valletta",
            "Il-Furjana",
            "Tal-Pietà",
            "L-Imsida",
            "Il-Ħamrun",
            "Il-Marsa",
            "Raħal Ġdid",
        ),
        rep_code="R5",
        rep_name="Anna Borg",
        home="Il-Furjana",
    ),
    Patch(
        code="T6",
        name="Birkirkara, Qormi & Żurrieq",
        district="MALTA",
        towns=(
            "Birkirkara",
            "Santa Venera",
            "L-Iklin",
            "Ħal Lija",
            "Ħal Balzan",
            "Ħ'Attard",
            "Ħal Qormi",
            "Ħaż-Żebbuġ",
            "Is-Siġġiewi",
            "Ħal Luqa",
            "L-Imqabba",
            "Il-Qrendi",
            "Iż-Żurrieq",
            "Ħal Safi",
            "Ħal Kirkop",
            "Il-Gudja",
            "Santa Luċija",
            "Birżebbuġa",
            "Il-Qajjenza",
        ),
        rep_code="R6",
        rep_name="David Grech",
        home="Ħal Qormi",
    ),
    Patch(
        code="T7",
        name="Three Cities & Marsaxlokk",
        district="MALTA",
        towns=(
            "Il-Birgu",
            "L-Isla",
            "Bormla",
            "Il-Kalkara",
            "Ix-Xgħajra",
            "Il-Fgura",
            "Ħaż-Żabbar",
            "Wied Il-Għajn",
            "Ħal Tarxien",
            "Ħal Għaxaq",
            "Iż-Żejtun",
            "Marsaxlokk",
        ),
        rep_code="R7",
        rep_name="Rita Spiteri",
        home="Iż-Żejtun",
    ),
    Patch(
        code="T8",
        name="Gozo",
        district="GOZO",
        towns=(),
        rep_code="R8",
        rep_name="George Attard",
        home="Ir-Rabat (Gozo)",
    ),
)
DISTRICTS = {"MALTA": "Malta", "GOZO": "Gozo"}
