"""Names of people: common ones and made-up ones, and the many ways they get written."""

from __future__ import annotations

from training.chance import Chance
from training.words import words

__all__ = ["NICKNAMES", "given_names", "misspell", "surnames"]

NICKNAMES: dict[str, tuple[str, ...]] = {
    line.split(":")[0]: tuple(line.split(":")[1].split(","))
    for line in words("""
William:Bill,Will,Billy Robert:Bob,Rob,Bobby Richard:Rick,Dick,Rich James:Jim,Jimmy John:Jack,Johnny
Michael:Mike,Mikey Joseph:Joe,Joey Thomas:Tom,Tommy Charles:Chuck,Charlie Daniel:Dan,Danny
Matthew:Matt Anthony:Tony Andrew:Andy,Drew Steven:Steve Edward:Ed,Eddie,Ted Kenneth:Ken,Kenny
Christopher:Chris Joshua:Josh Nicholas:Nick Jonathan:Jon Benjamin:Ben Samuel:Sam Alexander:Alex
Patrick:Pat Gregory:Greg Timothy:Tim Ronald:Ron,Ronnie Donald:Don,Donnie Lawrence:Larry
Gerald:Jerry Raymond:Ray Frederick:Fred Leonard:Len,Lenny Walter:Walt Harold:Hal Vincent:Vince
Francisco:Paco,Frank Jose:Pepe Ignacio:Nacho Guadalupe:Lupe Roberto:Beto Eduardo:Lalo Jesus:Chuy
Manuel:Manny Enrique:Kike Alejandro:Alex Antonio:Tono,Tony Rafael:Rafa Ricardo:Rick Fernando:Nando
Elizabeth:Liz,Beth,Betty Margaret:Peggy,Maggie,Meg Katherine:Kathy,Kate,Katie Jennifer:Jen,Jenny
Patricia:Pat,Patty,Trish Barbara:Barb Susan:Sue,Susie Deborah:Deb,Debbie Christine:Chris,Tina
Rebecca:Becky Victoria:Vicky,Tori Jacqueline:Jackie Samantha:Sam Alexandra:Alex,Sandra
Theresa:Terry,Tess Pamela:Pam Cynthia:Cindy Kimberly:Kim Amanda:Mandy Jessica:Jess Angela:Angie
Veronica:Ronnie,Vero Dolores:Lola Rosario:Chayo Isabel:Chabela,Bella Francisca:Panchita Josefina:Josie
Abigail:Abby Madeline:Maddie Gabriela:Gabby Natalie:Nat Stephanie:Steph Melissa:Missy Valerie:Val
""")
}
_PLAIN = words("""
Adam Aaron Alan Albert Arturo Brandon Brian Bruce Carlos Cesar Cody Craig Dale Damian Darren David
Dennis Derek Devin Diego Dustin Dwayne Dylan Emilio Eric Ernesto Ethan Felix Gabriel Garrett George
Glenn Hector Henry Ian Ivan Javier Jason Jeremy Jorge Juan Julian Justin Keith Kevin Kyle Lance Leo
Luis Marco Marcus Mario Mark Martin Miguel Nathan Neil Noah Omar Orlando Oscar Pablo Paul Pedro Peter
Philip Quentin Ramon Randall Ruben Ryan Salvador Scott Sean Seth Shane Terrence Todd Travis Trevor
Tyler Victor Wayne Wesley Xavier Zachary Alicia Alma Amber Amy Ana Andrea Anna April Ashley Bianca
Brenda Brittany Carmen Carol Celeste Claudia Crystal Dana Denise Diana Donna Elena Erica Esther Eva
Gloria Grace Hannah Heather Helen Irene Jasmine Joan Joyce Juanita Julia Karen Kayla Kelly Laura
Lillian Linda Lisa Lorena Luz Marcia Maria Marisol Martha Mary Megan Mercedes Michelle Monica Nancy
Naomi Nicole Norma Olga Olivia Paula Rachel Raquel Renee Rhonda Rosa Ruth Sarah Sheila Sofia Sonia
Tamara Tanya Tiffany Tracy Vanessa Virginia Wanda Yolanda Yvonne
""")
_COMMON = words("""
Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez
Wilson Anderson Thomas Taylor Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark
Ramirez Lewis Robinson Walker Young Allen King Wright Scott Torres Nguyen Hill Flores Green Adams
Nelson Baker Hall Rivera Campbell Mitchell Carter Roberts Gomez Phillips Evans Turner Diaz Parker
Cruz Edwards Collins Reyes Stewart Morris Morales Murphy Cook Rogers Gutierrez Ortiz Morgan Cooper
Peterson Bailey Reed Kelly Howard Ramos Kim Cox Ward Richardson Watson Brooks Chavez Wood Bennett
Gray Mendoza Ruiz Hughes Price Alvarez Castillo Sanders Patel Myers Long Ross Foster Jimenez Powell
Begay Yazzie Tsosie Benally Lucero Baca Montoya Trujillo Vigil Padilla Salazar Apodaca Archuleta
Gallegos Maestas Sandoval Tafoya Valdez Romero Duran Aragon Armijo Barela Griego Sena Quintana
""")
_FIRST = words("""
Ald Ash Bar Bel Bram Bren Cal Carn Col Cran Dal Dun East Eld Fair Fen Gar Glen Hal Harl Haw Hol
Ing Kel Kirk Lang Lind Mar Mil Nor Oak Pen Quil Rad Ros Sel Stan Thorn Tol Ver Wal Wen Whit Yar Zell
""")
_LAST = words("""
aker bard beck borne bridge by cott croft dale den feld fell gate gren ham hart hurst ick kin land
ley low man mere mond more ner ridge row sby shaw son stead ston thwaite ton vane ward well wick
""")
_KEYS = {"a": "s", "e": "r", "i": "o", "o": "i", "n": "m", "m": "n", "r": "t", "t": "r", "s": "d"}


def given_names(chance: Chance, count: int) -> list[str]:
    """The given names of a county, the commonest first."""
    return chance.some([*NICKNAMES, *_PLAIN], count)


def surnames(chance: Chance, count: int) -> list[str]:
    """The surnames of a county, the commonest first: the first tenth is of common ones."""
    made = [first + last for first in _FIRST for last in _LAST]
    common = chance.some(_COMMON, max(10, count // 3))
    rest = chance.some(made, count - len(common))
    head = common[: max(8, count // 10)]
    tail = [*common[len(head) :], *rest]
    chance.shuffle(tail)
    return head + tail


def misspell(chance: Chance, text: str) -> str:
    """One slip of the finger, never in the first letter."""
    if len(text) < 4:
        return text
    at = chance.whole(1, len(text) - 2)
    way = chance.whole(0, 3)
    if way == 0:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if way == 1 and text.casefold() != "shirt":  # one slip that nobody wants to read
        return text[:at] + text[at + 1 :]
    if way == 2:
        return text[:at] + text[at] + text[at:]
    return text[:at] + _KEYS.get(text[at], "e") + text[at + 1 :]
