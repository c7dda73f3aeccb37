"""The words of drawings within web pages and books."""

import time

from tests.reading.markup.test_elements import shown


def test_a_drawing_says_what_its_texts_say_line_by_line() -> None:
    source = """<p>Below is the page.<svg><title>p. 5</title><style>text { fill: red }</style><g><text y=10>
    <tspan y=10>The weir was b</tspan><tspan y=10>uilt</tspan><tspan y=24>in 1874.</tspan><tspan dy=12>It stands.</tspan>
    </text></g><foreignObject><div>Upper</div><div>gate</div></foreignObject></svg>It ends.</p>"""
    assert shown(source) == [
        ("text", "Below is the page."),
        ("text", "The weir was built in 1874. It stands. Upper gate"),
        ("text", "It ends."),
    ]


def test_an_icon_or_an_axis_says_nothing() -> None:
    source = (
        "<p>Press <svg><text>Search</text></svg> to go.</p><svg><text>10</text><text>20</text><text>30</text></svg>"
    )
    assert shown(source) == [("text", "Press to go.")]


def test_hostile_drawings_end() -> None:
    started = time.process_time()
    for tag in ("g", "text", "svg", "text><tspan"):
        shown("<svg>" + f"<{tag}>a b c " * 20_000)
    assert time.process_time() - started < 10
