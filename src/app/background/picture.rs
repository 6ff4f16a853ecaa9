//! The speed chart of the whole run as a picture: saved as a file, or copied.

use std::sync::Arc;

use egui::{ColorImage, Context};

use crate::{
    app::{background::outside::Outside, state::shown::Shown},
    figure::Palette,
    render::{self, Chart, PictureError, chart_svg, report::PNG_DPI},
};

const WHAT: &str = "The chart";

/// Asks where it is to be saved: PNG or SVG by the name's ending.
pub fn save(outside: &mut Outside, ctx: &Context, shown: &Arc<Shown>) {
    let (of, palette) = (Arc::clone(shown), palette(ctx));
    outside.save(ctx, WHAT, &format!("{} speed", shown.run.name()), &["png", "svg"], move |ending| {
        let svg = svg(&of, palette);
        match ending {
            "svg" => Ok(svg.into_bytes()),
            _ => render::png(&svg, PNG_DPI).map_err(|error| error.to_string()),
        }
    });
}

/// Copies the very picture that is saved as PNG.
pub fn copy(outside: &mut Outside, ctx: &Context, shown: &Arc<Shown>) {
    let (of, palette) = (Arc::clone(shown), palette(ctx));
    outside.copy(ctx, WHAT, move || image(&svg(&of, palette)));
}

fn palette(ctx: &Context) -> Palette {
    if ctx.theme() == egui::Theme::Dark { Palette::Dark } else { Palette::Light }
}

fn svg(shown: &Shown, palette: Palette) -> String {
    let (run, asked) = (&shown.run, &shown.asked);
    let summary = run.summary(asked.edges);
    let chart = Chart::Speed(asked.axis);
    chart_svg(chart, run, &summary, asked.unit, palette)
}

fn image(svg: &str) -> Result<ColorImage, PictureError> {
    let pixels = render::pixels(svg, PNG_DPI)?;
    let size = [pixels.width() as usize, pixels.height() as usize];
    Ok(ColorImage::from_rgba_premultiplied(size, pixels.data()))
}
