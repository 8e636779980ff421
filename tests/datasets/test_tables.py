"""Tables as other programs write them: read where one answer is left, else rejected."""

import io
import itertools
from pathlib import Path

import pandas as pd
import pytest

import alliancesim as al
from alliancesim.errors import InvalidInput

DATA = Path(__file__).parent / "data"
HEAD = "stateabb,ccode,year,milex,milper,irst,pec,tpop,upop,cinc,version,note\n"
ROWS = (
    "USA,2,1914,100.5,30,60,80,40,10,0.0397,2021,\n"
    "UKG,200,1914,1200,70,40,20,60,-9,0.0383,2021,\n"
    "CDI,437,1914,1,2,3,4,5,-9,0.5,2021,Côte d’Ivoire\n"
)
TEXT = HEAD + ROWS


def values(nmc):
    return [(each.ccode, each.abb, each.components, each.published) for each in nmc.states]


ORIGINAL = values(al.read_nmc(io.StringIO(TEXT), 1914))


def through(change, encoding="utf-8"):
    return io.BytesIO(change(TEXT).encode(encoding, "surrogateescape"))


SEPARATORS = {
    "commas": lambda text: text,
    "semicolons": lambda text: text.replace(",", ";"),
    "semicolons and decimal commas": lambda text: text.replace(",", ";").replace(".", ","),
    "tabs": lambda text: text.replace(",", "\t"),
    "bars": lambda text: text.replace(",", "|"),
}
LINES = {"unix": "\n", "windows": "\r\n", "old mac": "\r", "blank": "\n\n"}
GAPS = ("-9", "-9.0", "", "NA", "NaN", ".", "null", "N/A", " ")


@pytest.mark.parametrize(
    ("separators", "line", "gap", "encoding"),
    [
        *itertools.product(SEPARATORS, LINES, ("-9",), ("utf-8", "utf-8-sig", "utf-16")),
        *itertools.product(SEPARATORS, ("windows",), GAPS, ("cp1252",)),
    ],
)
def test_every_way_to_write_a_table_is_read_alike(separators, line, gap, encoding):
    def change(text):
        marked = SEPARATORS[separators](text.replace(",-9,", ",GAP,"))
        return marked.replace("GAP", gap).replace("\n", LINES[line])

    assert values(al.read_nmc(through(change, encoding), 1914)) == ORIGINAL


def test_frames_and_stata_files_are_read_alike(tmp_path):
    frame = pd.read_csv(io.StringIO(TEXT))
    assert values(al.read_nmc(frame, 1914)) == ORIGINAL
    assert values(al.read_nmc(frame.astype({"ccode": float, "year": float}), 1914)) == ORIGINAL
    assert values(al.read_nmc(frame.convert_dtypes(), 1914)) == ORIGINAL
    stata = frame.drop(columns="note")
    for version in (114, 117, 118):
        stata.to_stata(tmp_path / "nmc.dta", write_index=False, version=version)
        assert values(al.read_nmc(tmp_path / "nmc.dta", 1914)) == ORIGINAL
    with (tmp_path / "nmc.csv").open("w+", encoding="utf-8") as file:
        file.write(TEXT)
        file.seek(0)
        assert values(al.read_nmc(file, 1914)) == ORIGINAL


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.replace("USA,", "US\udce9,"), "row 2: stateabb: holds letters"),
        (lambda text: text.replace(",100.5,", ",1,234.5,"), "row 2: 13 cells under 12 columns"),
        (lambda text: text.replace(",100.5,", ',"1,234",'), "row 2: milex: '1,234' is not a"),
        (lambda text: text.replace(",100.5,", ",1_000,"), "'1_000' is not a number"),
        (lambda text: text.replace(",100.5,", ",１２,"), "is not a number"),
        (lambda text: text.replace(",100.5,", ",inf,"), "'inf' is not a number"),
        (lambda text: text.replace(",2,1914", ",2.5,1914"), "ccode: 2.5 is no whole number"),
        (lambda text: text.replace("milper", "milex"), "no column milper"),
        (lambda text: text.replace("version", "milex"), "milex stands twice"),
        (lambda text: text.replace("stateabb,", ""), "12 cells under 11 columns"),
        (lambda text: text[:-60], "is cut off"),
        (lambda text: "\x1f\udc8b" + text, "gzip"),
        (lambda text: "PK\x03\x04" + text, "zip"),
        (lambda text: "<!DOCTYPE html>" + text, "a web page"),
        (lambda text: "version https://git-lfs.github.com/spec/v1\n", "a pointer"),
        (lambda text: "a\0b" + text, "bytes that no text has"),
        (lambda text: "", "no column"),
        (
            lambda text: text.replace(",", ";").replace("100.5", "1,200").replace("0.", "0"),
            "may have a decimal comma",
        ),
    ],
)
def test_what_leaves_no_one_answer_is_rejected_with_its_place(change, said):
    with pytest.raises(InvalidInput) as caught:
        al.read_nmc(io.BytesIO(change(TEXT).encode("utf-8", "surrogateescape")), 1914)
    assert said in str(caught.value)
    assert caught.value.where


def test_a_fraction_in_a_code_of_atop_is_rejected():
    frame = pd.read_csv(DATA / "made-up-members.csv")
    frame["defense"] = 0.9
    with pytest.raises(InvalidInput, match=r"defense: 0\.9 is no whole number"):
        al.read_atop(DATA / "made-up-alliances.csv", frame)
