"""Texts older than UTF-8, a sentence each: read in the encoding in which they make sense."""

import pytest

from ragcli.reading.legacy_encoding import legacy_encoding

TEXTS = [
    ("cp1252", "Le pont fut inauguré en été, à côté de l’œuvre où la crue détruisit la pile."),
    ("cp1252", "Öffnungszeiten der Brücke: täglich außer Montag."),
    ("cp1252", "El niño comió piñas el día de mañana; ¿qué más da?"),
    ("cp1252", "Brúin var opnuð þann 14. maí 1887 af verkfræðingi sýslunnar."),
    ("cp1252", "Größe;Länge\n1,2;3,4\n5,6;7,8\n"),
    ("cp1252", "Café, thé"),
    ("cp1250", "Most otwarto 14 maja 1887 roku. Inżynier okręgu, Ada Pruett, przecięła wstęgę."),
    ("cp1250", "Most byl otevřen v květnu. Řeka stoupla příliš rychle a pilíř byl podemlet."),
    ("cp1254", "Köprü 1887 yılının Mayıs ayında açıldı. Selde üçüncü ayağın altı oyuldu ve döşeme çöktü."),
    ("cp1251", "Мостът беше открит през май 1887 година от окръжния инженер."),
    ("cp1251", "Мост в Хальверне был открыт 14 мая 1887 года инженером округа Адой Прюэтт."),
    ("koi8_r", "Мост в Хальверне был открыт 14 мая 1887 года инженером округа Адой Прюэтт."),
    ("cp866", "Мост был открыт в мае, и река поднялась."),
    ("cp1253", "Η γέφυρα άνοιξε τον Μάιο του 1887."),
    ("cp1255", "הגשר נפתח במאי 1887 על ידי מהנדסת המחוז."),
    ("cp1256", "افتتح الجسر في مايو عام 1887 على يد مهندسة المقاطعة."),
    ("cp874", "สะพานเปิดในเดือนพฤษภาคม พ.ศ. 2430 โดยวิศวกรประจำจังหวัด"),
    ("gb18030", "大桥于1887年5月通车,洪水冲刷了第三座桥墩。"),
    ("big5", "大橋於1887年5月通車,洪水沖刷了第三座橋墩。"),
    ("cp932", "橋は1887年5月に開通した。洪水で橋脚が洗掘された。"),
    ("euc_jp", "橋は1887年5月に開通した。洪水で橋脚が洗掘された。"),
    ("cp949", "다리는 1887년 5월에 개통되었다. 홍수로 세 번째 교각이 패였다."),
]


@pytest.mark.parametrize(("encoding", "text"), TEXTS)
def test_a_sentence_is_enough(encoding: str, text: str) -> None:
    raw = text.encode(encoding)
    assert raw.decode(legacy_encoding(raw)) == text
    long = (text * 1000).encode(encoding)
    assert legacy_encoding(long) == encoding
    assert legacy_encoding(b" " + long) == encoding  # cut within a letter of two bytes
