"""Native charts and tables from the rows of a source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Inches, Pt

from samples.build.shapes import Shapes, describe, rgb, speak
from samples.build.source import Body, bodies, rows, text, texts
from samples.build.style import GREY, INK, SANS, WHITE, Accent

_KINDS: Mapping[str, Any] = {
    "column": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "stacked": XL_CHART_TYPE.COLUMN_STACKED,
    "bar": XL_CHART_TYPE.BAR_CLUSTERED,
    "line": XL_CHART_TYPE.LINE_MARKERS,
    "pie": XL_CHART_TYPE.DOUGHNUT,
}

_FEW_CELLS = 24

_Figures: Any = CategoryChartData
"""Untyped in python-pptx."""


def add_chart(
    shapes: Shapes, body: Body, accent: Accent, place: tuple[float, float, float, float], name: str
) -> None:
    """Draw the chart of a slide: `chart: {kind, categories, series: [{name, values}], format}`."""
    chart_body = cast(Body, body["chart"])
    kind = text(chart_body, "kind")
    figures = _Figures(number_format=text(chart_body, "format") or "0")
    figures.categories = texts(chart_body, "categories")
    series = bodies(chart_body, "series")
    for one in series:
        figures.add_series(text(one, "name"), cast("list[float]", one["values"]))
    graphic = shapes.add_chart(_KINDS[kind], *(Inches(measure) for measure in place), figures)
    describe(graphic, name, text(chart_body, "alternative"))
    chart = graphic.chart
    chart.has_title = False
    chart.font.size = Pt(13)
    chart.font.name = SANS
    chart.font.color.rgb = rgb(INK)
    chart.has_legend = len(series) > 1 or kind == "pie"
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.BOTTOM
        chart.legend.include_in_layout = False
    plot = chart.plots[0]
    plot.has_data_labels = kind != "line"
    if plot.has_data_labels:
        plot.data_labels.show_value = True
        plot.data_labels.font.size = Pt(12)
        plot.data_labels.font.color.rgb = rgb(WHITE if kind in ("pie", "stacked") else INK)
    colours = (accent.main, accent.second, accent.third, "7C9AA1", "D8B36A", "B58590")
    if kind == "pie":
        for number in range(len(texts(chart_body, "categories"))):
            _fill(plot.series[0].points[number], colours[number])
        return
    for number, drawn in enumerate(plot.series):
        if kind == "line":
            drawn.format.line.color.rgb = rgb(colours[number])
            drawn.format.line.width = Pt(2.5)
            drawn.marker.format.fill.solid()
            drawn.marker.format.fill.fore_color.rgb = rgb(colours[number])
        else:
            _fill(drawn, colours[number])
    if kind in ("column", "bar", "stacked"):
        plot.gap_width = 60
    axis = chart.value_axis
    axis.major_gridlines.format.line.color.rgb = rgb("DDE4E6")
    axis.format.line.fill.background()
    axis.tick_labels.font.size = Pt(11)
    axis.tick_labels.font.color.rgb = rgb(GREY)
    if kind == "bar":
        chart.category_axis.reverse_order = True
        axis.visible = False
        axis.has_major_gridlines = False


def add_table(
    shapes: Shapes,
    body: Body,
    accent: Accent,
    language: str,
    place: tuple[float, float, float, float],
    name: str,
) -> None:
    """Draw the table of a slide: the first row is the head, the first column names the rows."""
    cells = rows(body, "table")
    columns = len(cells[0])
    left, top, width, height = (Inches(measure) for measure in place)
    graphic = shapes.add_table(len(cells), columns, left, top, width, min(height, Inches(0.8 * len(cells))))
    describe(graphic, name, "")
    table = graphic.table
    shares = cast("list[float]", body.get("widths", [1.0] * columns))
    for number, share in enumerate(shares):
        table.columns[number].width = int(width * share / sum(shares))
    size = 17 if len(cells) * columns <= _FEW_CELLS else 15
    for row_number, row in enumerate(cells):
        for column_number, content in enumerate(row):
            cell = table.cell(row_number, column_number)
            head = row_number == 0
            cell.fill.solid()
            colour = accent.main if head else (accent.pale if row_number % 2 == 0 else WHITE)
            cell.fill.fore_color.rgb = rgb(colour)
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            cell.margin_left = cell.margin_right = Inches(0.12)
            paragraph = cell.text_frame.paragraphs[0]
            if column_number and content[:1].isdigit():
                paragraph.alignment = PP_ALIGN.RIGHT
            run = paragraph.add_run()
            run.text = content
            run.font.size = Pt(size)
            run.font.bold = head or column_number == 0
            run.font.color.rgb = rgb(WHITE if head else INK)
            speak(run, language)


def _fill(drawn: Any, colour: str) -> None:
    drawn.format.fill.solid()
    drawn.format.fill.fore_color.rgb = rgb(colour)
