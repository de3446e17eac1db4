"""Diagrams built from grouped shapes: a chain of steps, a stack of layers, a hub with its neighbours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import cos, pi, sin
from typing import cast

from samples.build.shapes import CHEVRON, CIRCLE, ROUNDED, SQUARE, Shapes, box, describe, line, textbox, write
from samples.build.source import Body, bodies, text
from samples.build.style import (
    BODY_TOP,
    BODY_WIDTH,
    INK,
    LEGIBLE,
    MARGIN,
    SERIF,
    WHITE,
    Accent,
    fitting_size,
)

_HEIGHT = 4.1


def add_diagram(shapes: Shapes, body: Body, accent: Accent, language: str) -> None:
    """Draw the diagram of a slide: `diagram: {kind, centre, parts: [{name, text}]}`.

    Every part is a group of its own inside the group of the whole, as people build them by hand.
    """
    diagram = cast(Body, body["diagram"])
    whole = shapes.add_group_shape()
    describe(whole, "Schaubild", text(diagram, "alternative"))
    _KINDS[text(diagram, "kind")](whole.shapes, diagram, accent, language)


def _chain(shapes: Shapes, diagram: Body, accent: Accent, language: str) -> None:
    parts = bodies(diagram, "parts")
    step = BODY_WIDTH / len(parts)
    small = _common_size(parts, step - 0.56, 1.8, 19)
    for number, part in enumerate(parts):
        group = shapes.add_group_shape()
        group.name = f"Schritt {number + 1}"
        left = MARGIN + number * step
        head = box(group.shapes, left, BODY_TOP, step, 0.95, _shade(accent, number), CHEVRON)
        head.adjustments[0] = 0.28
        name = (text(part, "name"),)
        size = fitting_size(name, step - 0.75, 0.85, 18)
        write(head.text_frame, name, language, size, colour=WHITE, bold=True, centred=True, middle=True)
        panel = box(group.shapes, left + 0.08, BODY_TOP + 1.15, step - 0.16, _HEIGHT - 1.15, accent.pale)
        panel.name = "Grund"
        words = (text(part, "text"),)
        inner = group.shapes.add_group_shape()
        disc = box(inner.shapes, left + 0.28, BODY_TOP + 1.4, 0.5, 0.5, _shade(accent, number), CIRCLE)
        write(
            disc.text_frame,
            (str(number + 1),),
            language,
            14,
            colour=WHITE,
            bold=True,
            centred=True,
            middle=True,
        )
        frame = textbox(inner.shapes, left + 0.28, BODY_TOP + 2.1, step - 0.56, 1.85)
        write(frame, words, language, small)


def _layers(shapes: Shapes, diagram: Body, accent: Accent, language: str) -> None:
    parts = bodies(diagram, "parts")
    height = _HEIGHT / len(parts)
    small = _common_size(parts, BODY_WIDTH - 5.0, height - 0.2, 18)
    for number, part in enumerate(parts):
        group = shapes.add_group_shape()
        group.name = f"Ebene {number + 1}"
        top = BODY_TOP + number * height
        indent = 0.28 * (len(parts) - 1 - number)
        head = box(group.shapes, MARGIN + indent, top, 4.2 - indent, height - 0.1, _shade(accent, number))
        name = (text(part, "name"),)
        size = fitting_size(name, 3.6 - indent, height - 0.3, 19)
        write(head.text_frame, name, language, size, colour=WHITE, font=SERIF, bold=True, middle=True)
        inner = group.shapes.add_group_shape()
        box(inner.shapes, MARGIN + 4.3, top, BODY_WIDTH - 4.3, height - 0.1, accent.pale)
        words = (text(part, "text"),)
        frame = textbox(inner.shapes, MARGIN + 4.55, top, BODY_WIDTH - 4.85, height - 0.1)
        write(frame, words, language, small, middle=True)


def _hub(shapes: Shapes, diagram: Body, accent: Accent, language: str) -> None:
    parts = bodies(diagram, "parts")
    middle_x, middle_y = MARGIN + BODY_WIDTH / 2, BODY_TOP + _HEIGHT / 2 + 0.28
    width, height = 3.75, 1.3
    small = _common_size(parts, width - 0.4, height - 0.5, 15)
    spokes = shapes.add_group_shape()
    spokes.name = "Speichen"
    places = []
    for number in range(len(parts)):
        angle = -pi / 2 + (number + 0.5) * 2 * pi / len(parts)
        places.append((middle_x + 4.0 * cos(angle), middle_y + 1.62 * _pull(sin(angle))))
        line(spokes.shapes, middle_x, middle_y, *places[-1], _shade(accent, 1), 2)
    for number, part in enumerate(parts):
        x, y = places[number]
        group = shapes.add_group_shape()
        group.name = f"Teil {number + 1}"
        box(group.shapes, x - width / 2, y - height / 2, width, height, accent.pale, ROUNDED)
        box(group.shapes, x - width / 2, y - height / 2, 0.08, height, _shade(accent, number), SQUARE)
        inner = group.shapes.add_group_shape()
        head = textbox(inner.shapes, x - width / 2 + 0.25, y - height / 2 + 0.1, width - 0.4, 0.35)
        colour = LEGIBLE.get(_shade(accent, number), _shade(accent, number))
        write(head, (text(part, "name"),), language, 15, colour=colour, bold=True)
        words = (text(part, "text"),)
        frame = textbox(inner.shapes, x - width / 2 + 0.25, y - height / 2 + 0.42, width - 0.4, height - 0.5)
        write(frame, words, language, small, colour=INK)
    centre = box(shapes, middle_x - 1.45, middle_y - 0.7, 2.9, 1.4, accent.main, CIRCLE)
    name = (text(diagram, "centre"),)
    size = fitting_size(name, 2.0, 1.0, 18)
    write(
        centre.text_frame,
        name,
        language,
        size,
        colour=WHITE,
        font=SERIF,
        bold=True,
        centred=True,
        middle=True,
    )


def _common_size(parts: tuple[Body, ...], width: float, height: float, largest: int) -> int:
    """Find one size for the texts of all parts, so that none of them shouts."""
    return min(fitting_size((text(part, "text"),), width, height, largest, 10) for part in parts)


def _pull(height: float) -> float:
    """Spread the neighbours in three rows: above, beside and below the hub."""
    return 0.0 if abs(height) < 0.3 else (1.0 if height > 0 else -1.0)


def _shade(accent: Accent, number: int) -> str:
    return (accent.main, accent.second, accent.third)[number % 3]


_KINDS: Mapping[str, Callable[[Shapes, Body, Accent, str], None]] = {
    "chain": _chain,
    "layers": _layers,
    "hub": _hub,
}
