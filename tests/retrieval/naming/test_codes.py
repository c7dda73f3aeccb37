import pytest

from ragcli.retrieval.naming.codes import codes, is_coded


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Does the MCP3208, 74ls138 or HC-05 draw more? And AT89C2051?", ["MCP3208", "74ls138", "HC-05", "AT89C2051"]),
        ("4N35, 6N139/2N2222A; LM317.", ["4N35", "6N139", "2N2222A", "LM317"]),
        (
            "a LIMNAR-9, UTF-8 or CR-2 in the G-7",
            ["LIMNAR-9", "UTF-8"],
        ),  # of two letters and a figure too much is meant
        ("the 19th of May, 1980s, 10km, 5V at 10h30, FY2023 and 12May2023", []),
        ("东北电气2018年第一季度LM317的参数？ 삼성2018년 74LS138은?", ["LM317", "74LS138"]),
        ("24x4, 1920x1080, MP3, p53-dependent, well-known, 8051, 2023-0417", []),
    ],
)
def test_codes_mix_letters_with_figures(text: str, found: list[str]) -> None:
    assert codes(text) == found


@pytest.mark.parametrize(
    ("code", "text", "does"),
    [
        ("mcp3208", "The MCP3204/3208 devices", True),
        ("6N139", "6N138/9 optocouplers", True),
        ("BC549", "BC546/547/548/549", True),
        ("PIC16F877", "the PIC16F87X family", True),
        ("TSOP1738", "The TSOP17.. series", True),
        ("24C256", "FM24C256", True),
        ("74LS138", "SN74LS138N", True),
        ("HC-05", "an HC05 module", True),
        ("SHA256", "SHA-256", True),
        ("LM317", "LM 317T", True),
        ("LM317", "LM3170", False),
        ("LM31", "LM317", False),
        ("MCP3202", "MCP3204/3208", False),
        ("AT89C51", "AT89C51RB2", False),
    ],
)
def test_a_text_names_a_code_in_the_ways_of_its_makers(code: str, text: str, does: bool) -> None:
    assert is_coded(code, text) is does
