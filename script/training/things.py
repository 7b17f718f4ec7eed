"""What gets taken into evidence, and the different words that people have for it.

All makers are invented. A thing has several words, so that two agencies that hold
one thing, or its box, need not call it the same.
"""

from __future__ import annotations

from dataclasses import dataclass

from training.chance import Chance
from training.words import words

__all__ = ["CLASSES", "Sort", "Thing", "draw_plate", "draw_thing"]


@dataclass(frozen=True, slots=True)
class Sort:
    """A class of things."""

    key: str
    kind: str
    categories: tuple[str, ...]
    makers: str
    """The letter of its makers; empty where nobody says who made it."""
    marks: str
    """s: has a serial number, c: a colour, n: comes in numbers, p: a plate."""
    words: tuple[str, ...]


_TABLE = """
pistol|object|firearm,weapons,GUN|g|sc|pistol,handgun,semi-automatic pistol,semi auto handgun,9mm pistol
revolver|object|firearm,weapons,GUN|g|sc|revolver,.38 revolver,handgun revolver,six shot revolver
rifle|object|firearm,weapons,GUN|g|s|rifle,bolt action rifle,long gun,hunting rifle
shotgun|object|firearm,weapons,GUN|g|s|shotgun,12 ga shotgun,pump shotgun,long gun
rounds|object|ammunition,ammo,weapons|a|n|rounds,live ammunition,cartridges,box of ammo,live rounds
casings|object|ammunition,ballistic,casings|a|n|shell casings,spent casings,brass,fired cartridge cases
magazine|object|firearm parts,weapons,ammo|g||magazine,pistol magazine,clip,loaded mag
knife|object|weapon,edged weapon,weapons|k|c|knife,folding knife,kitchen knife,pocket knife,blade
bat|object|weapon,weapons|k|c|baseball bat,wooden bat,club,metal pipe
meth|object|drugs,narcotics,controlled substance||n|baggie of crystal substance,clear crystals,suspected meth,white crystalline substance
powder|object|drugs,narcotics,controlled substance||n|white powder,powdery substance,suspected cocaine,baggie of powder
pills|object|drugs,narcotics,pills||n|pills,blue tablets,loose pills,prescription bottle with pills
pipe|object|paraphernalia,drugs||c|glass pipe,smoking pipe,pipe with residue,paraphernalia
syringe|object|paraphernalia,biohazard||n|syringe,hypodermic needle,used syringe,insulin needle
phone|object|electronics,phone,cell|p|sc|cell phone,smartphone,mobile telephone,cellular phone,phone w/ cracked screen
laptop|object|electronics,computer|e|sc|laptop,notebook computer,laptop computer,portable computer
tablet|object|electronics,computer|e|sc|tablet,tablet computer,tablet in case
storage|object|electronics,media,digital|e|s|usb drive,thumb drive,flash drive,memory card,external hard drive
television|object|property,stolen property,electronics|e|s|television,flat screen tv,TV,55 in. television
console|object|property,stolen property,electronics|e|sc|game console,gaming system,video game system
tools|object|property,tools,stolen property|t|sn|cordless drill,power tool,drill set,socket set,impact driver
saw|object|property,tools,stolen property|t|s|chain saw,chainsaw,gas saw,power saw
bicycle|object|bicycle,property,vehicle|b|sc|bicycle,mountain bike,bike,ten speed
jewelry|object|jewelry,property,valuables|||gold ring,ring,necklace,gold chain,bracelet,ladies watch
watch|object|jewelry,property|w|s|wrist watch,watch,mens watch,silver colored watch
cash|object|currency,money,valuables||n|US currency,cash,money,bills of various denominations
wallet|object|property,personal|||wallet,billfold,leather wallet,wallet with cards
purse|object|property,personal|w|c|purse,handbag,shoulder bag,bag with contents
backpack|object|property,personal,bags|w|c|backpack,rucksack,book bag,bag
cards|document|documents,identification,financial||n|credit cards,debit card,bank cards,gift cards
identity|document|identification,documents|||driver license,ID card,identification card,social security card
checks|document|documents,financial,forgery||n|checks,check book,forged checks,blank checks
receipt|document|documents,paper|||receipt,store receipt,sales slip,pawn ticket,pawn receipt
letter|document|documents,paper|||letter,handwritten note,handwritten letter,note
ledger|document|documents,paper|||notebook,ledger,spiral notebook,pages with names and amounts
shirt|object|clothing,apparel|w|c|shirt,t-shirt,hooded sweatshirt,hoodie,sweater
jacket|object|clothing,apparel|w|c|jacket,coat,denim jacket,windbreaker
shoes|object|clothing,apparel,footwear|w|c|shoes,sneakers,athletic shoes,pair of boots
swab|object|biological,DNA,swabs||n|swab,DNA swab,buccal swab,swab of stain
blood|object|biological,blood,toxicology||n|blood draw kit,blood sample,vials of blood,blood kit
sakit|object|biological,kit|||sexual assault kit,examination kit,SAK,sealed kit from hospital
prints|object|latent prints,fingerprints||n|latent print lifts,fingerprint cards,latent lifts,lift cards
glass|object|trace,property|||broken glass,glass fragments,window glass,pieces of glass
crowbar|object|tools,burglary tools|t|c|crowbar,pry bar,tire iron,bar
keys|object|property,keys||n|keys,key ring,set of keys,car keys
plate|object|vehicle,plate||p|license plate,plate,registration plate,tag from vehicle
carpart|object|vehicle,vehicle parts|v|s|catalytic converter,car stereo,vehicle part,bumper piece,side mirror
paint|object|trace,vehicle|||paint chips,paint transfer,paint sample
bottle|object|property,alcohol||c|beer can,liquor bottle,bottle,open container
lighter|object|property,arson|||lighter,matches,gas can,fuel container
bedding|object|bedding,property,biological||c|bed sheet,blanket,pillow case,comforter
tape|object|trace,property|||duct tape,zip ties,rope,cord
toolbox|object|property,tools|t|c|tool box,toolbox with tools,metal box,lock box
camera|object|electronics,property|e|s|digital camera,camera,doorbell camera,game camera
video|recording|video,digital,media||n|surveillance video,DVD of store video,video from cameras,CCTV footage
bodycam|recording|video,digital,body worn camera|||body worn camera video,body cam,BWC footage,lapel video
interview|recording|audio,interview,digital|||recorded interview,interview audio,CD of interview,audio of statement
call911|recording|audio,dispatch,digital|||911 call,dispatch recording,911 audio,CAD audio
jailcall|recording|audio,jail,digital||n|jail calls,recorded jail phone calls,inmate call recordings
photos|recording|photos,digital,images||n|photographs,scene photos,disc of photographs,digital images
extraction|data|digital,phone data,forensic|||phone extraction,cell phone dump,extraction report of phone,forensic image
records|data|records,digital,documents|||call detail records,phone records,bank records,subscriber records
report|document|report,documents|||incident report,supplemental report,supplement,narrative report
statement|statement|statement,documents|||written statement,witness statement,voluntary statement,handwritten statement
labreport|test_result|lab report,laboratory|||laboratory report,lab results,analysis report,drug analysis
medical|document|medical,records|||medical records,hospital records,injury photographs and chart,EMS run sheet
crash|document|report,crash|||crash diagram,reconstruction data,crash report,scene measurements
history|criminal_record|criminal history,records|||criminal history,NCIC printout,booking sheet,prior convictions
"""
_MAKERS = {
    "g": "Harrow,Kessler Arms,Dorn,Valmet Ridge,Stagg,Oberlin,Tarrant,Crane & Webb",
    "a": "Redpoint,Corvus,Blackridge,Northam,Stagg",
    "k": "Keene,Barlow & Sons,Edgeline,Trask",
    "p": "Nuvo,Pelican One,Aurix,Sontel,Kyber,Mobira",
    "e": "Aurix,Dataline,Sontel,Brandt,Kyber,Lumo,Orbix,Vantec",
    "t": "Torqline,Hammerlin,Brandt,Ironpeak,Maxwell Tool",
    "b": "Ridgeback,Velora,Tresca,Pinecrest,Summit Cycle",
    "w": "Carrow,Lindqvist,Bellamy,Trailmark,Osten,Nomad Co",
    "v": "Mercer,Falk,Dayton Motor,Aska,Tovar",
}
COLOURS = tuple(
    words("black silver blue red white gray green tan brown pink gold purple orange navy maroon")
)
MODELS = ("X", "Pro", "Mini", "LX", "Scout", "Classic", "Ranger", "Compact", "Air", "Sport", "II")
CLASSES: dict[str, Sort] = {}
for _line in _TABLE.strip().splitlines():
    _key, _kind, _categories, _makers, _marks, _words = _line.split("|")
    CLASSES[_key] = Sort(
        _key, _kind, tuple(_categories.split(",")), _makers, _marks, tuple(_words.split(","))
    )


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing, as it is, however it gets described."""

    sort: Sort
    maker: str
    model: str
    colour: str
    serial: str
    plate: str
    count: int


def draw_plate(chance: Chance) -> str:
    form = chance.whole(0, 2)
    if form == 0:
        return f"{chance.letters(3)}{chance.digits(3)}"
    if form == 1:
        return f"{chance.digits(3)}{chance.letters(3)}"
    return f"{chance.letters(2)}{chance.digits(4)}"


def draw_thing(chance: Chance, key: str, *, plate: str = "", maker: str = "") -> Thing:
    """A thing of that class; with the plate of a car that it comes from."""
    sort = CLASSES[key]
    makers = _MAKERS[sort.makers].split(",") if sort.makers else [""]
    serial = ""
    if "s" in sort.marks:
        serial = (
            f"{chance.letters(chance.whole(0, 3))}{chance.digits(chance.whole(4, 8))}"
            f"{chance.letters(chance.whole(0, 1))}"
        )
    return Thing(
        sort=sort,
        maker=maker or chance.pick(makers),
        model=f"{chance.pick(MODELS)}{chance.whole(2, 40) * 10 if chance.happens(0.6) else ''}",
        colour=chance.pick(COLOURS) if "c" in sort.marks else "",
        serial=serial,
        plate=(plate or draw_plate(chance)) if "p" in sort.marks else "",
        count=chance.whole(1, 40) if "n" in sort.marks else 1,
    )
