"""The look of the page: Gradio's theme variables and our style sheet, light and dark."""

from __future__ import annotations

from pathlib import Path
from typing import Any

STYLE = Path(__file__).parent / "style.css"
SCRIPT = Path(__file__).parent / "page.js"
LANGUAGE_SCRIPT = Path(__file__).parent / "language.js"
METHOD_SCRIPT = Path(__file__).parent / "method.js"


def theme() -> Any:
    """Return the Gradio theme. Its font ships inside the gradio package: nothing is fetched.

    Of the fonts there, Source Sans Pro in these two weights is one of few with every Latin letter.
    """
    from gradio.themes import Base
    from gradio.themes.utils.fonts import LocalFont

    return Base(
        font=(LocalFont("Source Sans Pro", (400, 700)), "ui-sans-serif", "system-ui", "sans-serif"),
        font_mono=("ui-monospace", "monospace"),
    ).set(**_LOOK)


_LOOK = {
    "body_background_fill": "#fbf9f4",
    "body_background_fill_dark": "#16171a",
    "body_text_color": "#1c1a17",
    "body_text_color_dark": "#ecebe6",
    "body_text_color_subdued": "#5f5a52",
    "body_text_color_subdued_dark": "#aeaba3",
    "background_fill_primary": "#ffffff",
    "background_fill_primary_dark": "#1e2024",
    "background_fill_secondary": "#f4f0e7",
    "background_fill_secondary_dark": "#24262b",
    "border_color_primary": "#d8d1c2",
    "border_color_primary_dark": "#3a3d43",
    "block_background_fill": "transparent",
    "block_background_fill_dark": "transparent",
    "block_border_width": "0px",
    "block_padding": "0px",
    "block_title_background_fill": "transparent",
    "block_title_background_fill_dark": "transparent",
    "block_label_text_color": "#3d3932",
    "block_label_text_color_dark": "#d8d5cd",
    "block_title_text_color": "#3d3932",
    "block_title_text_color_dark": "#d8d5cd",
    "block_title_text_weight": "600",
    "input_background_fill": "#ffffff",
    "input_background_fill_dark": "#1e2024",
    "input_border_color": "#b9b1a0",
    "input_border_color_dark": "#55585f",
    "input_border_color_focus": "#8f2a1c",
    "input_border_color_focus_dark": "#f0a695",
    "input_shadow_focus": "0 0 0 1px #8f2a1c",
    "input_shadow_focus_dark": "0 0 0 1px #f0a695",
    "input_border_width": "1px",
    "input_placeholder_color": "#756f64",
    "input_placeholder_color_dark": "#9a978f",
    "input_radius": "4px",
    "color_accent": "#8f2a1c",
    "color_accent_soft": "#f6e7e2",
    "color_accent_soft_dark": "#3b2723",
    "link_text_color": "#8f2a1c",
    "link_text_color_dark": "#f0a695",
    "button_primary_background_fill": "#8f2a1c",
    "button_primary_background_fill_dark": "#8f2a1c",
    "button_primary_background_fill_hover": "#75200f",
    "button_primary_background_fill_hover_dark": "#a5392a",
    "button_primary_border_color": "transparent",
    "button_primary_border_color_dark": "transparent",
    "button_primary_border_color_hover": "transparent",
    "button_primary_border_color_hover_dark": "transparent",
    "button_primary_text_color": "#ffffff",
    "button_primary_text_color_dark": "#ffffff",
    "button_secondary_background_fill": "transparent",
    "button_secondary_background_fill_dark": "transparent",
    "button_secondary_background_fill_hover": "#f4f0e7",
    "button_secondary_background_fill_hover_dark": "#24262b",
    "button_secondary_border_color": "#b9b1a0",
    "button_secondary_border_color_dark": "#55585f",
    "button_large_radius": "4px",
    "button_medium_radius": "4px",
    "button_small_radius": "4px",
    "loader_color": "#8f2a1c",
    "button_secondary_text_color": "#1c1a17",
    "button_secondary_text_color_dark": "#ecebe6",
    "slider_color": "#8f2a1c",
    "slider_color_dark": "#e08a76",
}
