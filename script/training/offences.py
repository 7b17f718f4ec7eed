"""What people are charged with, what gets taken for it, and how it is told."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["OFFENCES", "Offence"]


@dataclass(frozen=True, slots=True)
class Offence:
    """A kind of incident."""

    key: str
    charges: tuple[tuple[str, str, str], ...]
    """Words, section and grade, the heaviest first."""
    things: tuple[str, ...]
    victims: bool
    at_home: float
    car: float
    words: tuple[str, ...]
    """What an officer calls it in a note."""
    stories: tuple[str, ...]
    """Sentences; {who} did it to {whom}, {where}, with {thing}."""


def _made(key: str, charges: str, things: str, marks: str, words: str, stories: str) -> Offence:
    victims, at_home, car = marks.split()
    parts = [line.split("/") for line in charges.split(";")]
    return Offence(
        key,
        tuple((one[0], f"Section 30-{one[1]}", one[2]) for one in parts),
        tuple(things.split()),
        victims == "1",
        float(at_home),
        float(car),
        tuple(words.split(",")),
        tuple(stories.split("|")),
    )


_FELONY = ("second_degree_felony", "third_degree_felony", "fourth_degree_felony")
_2, _3, _4 = _FELONY
_M, _P = "misdemeanor", "petty_misdemeanor"
OFFENCES: tuple[Offence, ...] = (
    _made("shooting", f"aggravated battery/3-5/{_3};shooting at a dwelling/3-8/{_4}",
          "pistol revolver rifle casings rounds magazine phone shirt video bodycam call911 photos swab blood medical statement interview extraction",
          "1 0.4 0.4", "shooting,shots fired,gunshot case",
          "{who} fired several shots at {whom} {where}|A round struck {whom} in the leg|Casings were found {where}|A {thing} was recovered"),
    _made("homicide", f"murder/2-1/first_degree_felony;tampering with evidence/22-5/{_3}",
          "pistol knife casings rounds phone shirt shoes blood swab bedding video photos interview jailcall extraction records labreport medical tape keys letter",
          "1 0.5 0.4", "homicide,death investigation,murder,stabbing",
          "{whom} was found dead {where}|{who} was seen leaving with a {thing}|Neighbors heard an argument|{who} told a friend about it the next day"),
    _made("burglary", f"residential burglary/16-3/{_3};larceny/16-1/{_4}",
          "television console laptop jewelry watch tools saw bicycle crowbar glass prints shoes video photos toolbox camera backpack receipt keys cash swab",
          "1 0.75 0.3", "burglary,break in,B&E,residential burglary",
          "{who} pried a rear door {where} and took a {thing}|{whom} came home and found the house ransacked|A {thing} belonging to {whom} was pawned|A window was broken"),
    _made("vehicle", f"unlawful taking of a vehicle/16D-1/{_4};receiving a stolen vehicle/16D-4/{_4}",
          "plate keys carpart tools phone backpack prints photos bodycam video shirt wallet report crowbar receipt",
          "1 0.5 1.0", "stolen vehicle,auto theft,UUMV",
          "{whom} reported the vehicle taken {where}|{who} was found behind the wheel|The ignition was punched|A {thing} was in the trunk"),
    _made("robbery", f"armed robbery/16-2/{_2};conspiracy/28-2/{_3}",
          "pistol knife cash wallet purse phone shirt jacket shoes video photos call911 bodycam bat cards statement interview",
          "1 0.1 0.4", "robbery,armed robbery,hold up",
          "{who} showed a {thing} and demanded money from {whom} {where}|The clerk handed over the cash|{who} ran on foot|A {thing} was dropped nearby"),
    _made("drugs", f"possession of a controlled substance/31-23/{_4};drug paraphernalia/31-25.1/{_P}",
          "meth powder pills pipe syringe cash phone ledger labreport bodycam backpack photos lighter cards pistol",
          "0 0.2 0.6", "narcotics case,drug possession,drug arrest",
          "{who} was stopped {where} and had a {thing}|A search found a {thing}|The substance tested positive in the field"),
    _made("trafficking", f"trafficking controlled substances/31-20/{_2};conspiracy/28-2/{_3}",
          "meth powder pills cash ledger phone extraction pistol rounds records labreport video backpack toolbox storage identity",
          "0 0.7 0.5", "trafficking case,search warrant,narcotics warrant",
          "A warrant was served {where}|{who} sold to an undercover officer|Officers found a {thing} and scales|Calls between {who} and a buyer were recorded"),
    _made("domestic", f"battery against a household member/3-15/{_M};assault/3-12/{_P}",
          "photos bodycam call911 phone statement medical shirt knife bat bottle letter interview glass bedding",
          "1 0.9 0.1", "domestic,DV,household battery",
          "{who} struck {whom} during an argument {where}|{whom} had a swollen eye|{who} broke the phone|{who} left before officers came"),
    _made("dwi", f"driving while intoxicated/66-8-102/{_M};open container/66-8-138/{_P}",
          "blood bodycam bottle labreport keys report video photos",
          "0 0.0 1.0", "DWI,drunk driving,DUI",
          "{who} was stopped {where} after weaving|{who} refused the breath test|A {thing} was on the floorboard"),
    _made("crash", f"great bodily harm by vehicle/66-8-101/{_3};leaving the scene/66-7-201/{_4}",
          "crash paint carpart plate blood phone extraction photos bodycam medical video bottle shoes records",
          "1 0.0 1.0", "crash,hit and run,fatal crash",
          "{who} struck {whom} {where} and drove off|Paint was left on the guard rail|{whom} was flown to hospital|A {thing} was left in the road"),
    _made("fraud", f"identity theft/16-24.1/{_4};forgery/16-10/{_3}",
          "checks cards identity laptop storage receipt records video phone letter extraction ledger history",
          "1 0.4 0.2", "fraud,forgery,ID theft,bad checks",
          "{who} passed checks of {whom} {where}|Accounts were opened in the name of {whom}|Video shows {who} at the counter|A {thing} with other names was found"),
    _made("shoplifting", f"shoplifting/16-20/{_M};criminal trespass/14-1/{_M}",
          "video receipt tools shirt shoes backpack bodycam bottle statement photos console",
          "0 0.0 0.2", "shoplifting,retail theft,theft from store",
          "{who} left the store {where} without paying|Loss prevention stopped {who}|A {thing} was in the bag"),
    _made("sexual", f"criminal sexual penetration/9-11/{_2};false imprisonment/4-3/{_4}",
          "sakit bedding shirt swab phone extraction interview photos medical records letter storage labreport",
          "1 0.8 0.1", "sexual assault,CSP,forensic interview",
          "{whom} disclosed what happened {where}|{who} sent messages to {whom}|An examination was done at the hospital"),
    _made("arson", f"arson/17-5/{_3};criminal damage/15-1/{_4}",
          "lighter photos video shoes bottle glass shirt phone report interview bodycam",
          "1 0.6 0.2", "fire,arson,burned building",
          "A fire was set {where}|{who} was seen with a {thing}|{whom} lost the building|The dog alerted on fuel"),
    _made("weapon", f"felon in possession of a firearm/7-16/{_3};concealing identity/22-3/{_P}",
          "pistol revolver shotgun rifle rounds magazine bodycam history meth swab backpack photos",
          "0 0.2 0.6", "felon with a gun,weapons arrest,traffic stop",
          "{who} was stopped {where} with a {thing}|{who} has prior felonies|{who} ran and threw a {thing}"),
    _made("threats", f"stalking/3A-3/{_M};harassment/3A-2/{_P}",
          "letter phone extraction records photos camera video statement storage interview jailcall",
          "1 0.8 0.1", "stalking,harassment,threats",
          "{who} sent threats to {whom}|{who} was seen outside {where}|{whom} saved the messages|A {thing} was left at the door"),
)  # fmt: skip
