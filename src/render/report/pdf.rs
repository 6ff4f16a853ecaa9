//! A drawn page as PDF.

use std::collections::HashMap;

use krilla::{
    Document,
    color::rgb,
    geom::{Path, PathBuilder, Point, Transform},
    metadata::Metadata,
    num::NormalizedF32,
    page::PageSettings,
    paint::{Fill, FillRule, LineCap, LineJoin, Stroke},
    surface::Surface,
    text::{Font, GlyphId, KrillaGlyph},
};
use resvg::{
    tiny_skia::PathSegment,
    usvg::{self, fontdb, layout::PositionedGlyph},
};

use crate::render::picture::PictureError;

/// A drawn page as a PDF of one page: text as text, fonts embedded, and what screen readers and viewers ask for, title
/// and language. Pages are drawn in plain colours, without clipping or filters, and no more than that is translated.
pub fn write(tree: &usvg::Tree, size_pt: [f64; 2], title: &str) -> Result<Vec<u8>, PictureError> {
    let failed = |why: &str| PictureError::Pdf(why.to_owned());
    let [width, height] = size_pt.map(|pt| pt as f32);
    let mut document = Document::new();
    document.set_metadata(
        Metadata::new()
            .title(title.to_owned())
            .language("en-GB".to_owned())
            .description("Educational, not a diagnosis and not medical advice".to_owned())
            .creator(concat!("Spinepace ", env!("CARGO_PKG_VERSION")).to_owned()),
    );
    let settings = PageSettings::from_wh(width, height).ok_or_else(|| failed("the page has no size"))?;
    let mut page = document.start_page_with(settings);
    draw(tree, page.surface());
    page.finish();
    document.finish().map_err(|error| failed(&error.to_string()))
}

fn draw(tree: &usvg::Tree, surface: Surface<'_>) {
    let mut sheet = Sheet { surface, fonts: HashMap::new(), database: tree.fontdb() };
    sheet.group(tree.root());
    sheet.surface.finish();
}

/// A page being drawn.
struct Sheet<'s, 'd> {
    surface: Surface<'s>,
    fonts: HashMap<fontdb::ID, Option<Font>>,
    database: &'d fontdb::Database,
}

impl Sheet<'_, '_> {
    fn group(&mut self, group: &usvg::Group) {
        for node in group.children() {
            match node {
                usvg::Node::Group(group) => self.group(group),
                usvg::Node::Path(path) if path.is_visible() => self.path(path),
                usvg::Node::Text(text) => {
                    self.surface.push_transform(&transform(text.abs_transform()));
                    text.layouted().iter().for_each(|span| self.span(span));
                    self.surface.pop();
                }
                usvg::Node::Path(_) | usvg::Node::Image(_) => {}
            }
        }
    }

    fn path(&mut self, path: &usvg::Path) {
        let Some(outline) = outline(path) else { return };
        let fill = path.fill().and_then(fill);
        let stroke = path.stroke().and_then(stroke);
        if fill.is_none() && stroke.is_none() {
            return;
        }
        self.surface.push_transform(&transform(path.abs_transform()));
        self.surface.set_fill(fill);
        self.surface.set_stroke(stroke);
        self.surface.draw_path(&outline);
        self.surface.pop();
    }

    /// Draws the glyphs of a line as one run for each font.
    fn span(&mut self, span: &usvg::layout::Span) {
        self.surface.set_fill(span.fill.as_ref().and_then(fill));
        self.surface.set_stroke(None);
        let size = span.font_size.get();
        for run in span.positioned_glyphs.chunk_by(|a, b| a.font == b.font) {
            let Some(font) = self.font(run[0].font) else { continue };
            let (text, ranges) = clusters(run);
            let places: Vec<(f32, f32)> =
                run.iter().map(PositionedGlyph::transform).map(|at| (at.tx, at.ty)).collect();
            let (x, y) = places[0];
            let glyphs: Vec<KrillaGlyph> = run
                .iter()
                .zip(ranges)
                .enumerate()
                .map(|(k, (glyph, range))| {
                    let next_x = places.get(k + 1).map_or(places[k].0, |next| next.0);
                    let (advance, lift) = ((next_x - places[k].0) / size, (y - places[k].1) / size);
                    KrillaGlyph::new(GlyphId::new(glyph.id.0), advance, 0.0, lift, 0.0, range, None)
                })
                .collect();
            self.surface.draw_glyphs(Point::from_xy(x, y), &glyphs, font, &text, size, false);
        }
    }

    fn font(&mut self, id: fontdb::ID) -> Option<Font> {
        let load =
            || self.database.with_face_data(id, |bytes, index| Font::new(bytes.to_vec().into(), index))?;
        self.fonts.entry(id).or_insert_with(load).clone()
    }
}

/// The text of a run, and which part of it each glyph stands for. Of glyphs that stand for a letter together only one
/// bears its text: the last one, or where they are read from the right the first one.
fn clusters(run: &[PositionedGlyph]) -> (String, Vec<std::ops::Range<usize>>) {
    let mut text = String::new();
    let mut ranges = Vec::with_capacity(run.len());
    for glyph in run {
        let from = text.len();
        text.push_str(&glyph.text);
        ranges.push(from..text.len());
    }
    let from_right = text.chars().any(|c| {
        matches!(unicode_bidi::bidi_class(c), unicode_bidi::BidiClass::R | unicode_bidi::BidiClass::AL)
    });
    let mut bearer = 0..0;
    let mut join = |range: &mut std::ops::Range<usize>| match range.start == range.end {
        true => range.clone_from(&bearer),
        false => bearer.clone_from(range),
    };
    if from_right {
        ranges.iter_mut().for_each(&mut join);
    } else {
        ranges.iter_mut().rev().for_each(&mut join);
    }
    (text, ranges)
}

fn transform(of: usvg::Transform) -> Transform {
    Transform::from_row(of.sx, of.ky, of.kx, of.sy, of.tx, of.ty)
}

fn outline(path: &usvg::Path) -> Option<Path> {
    let mut builder = PathBuilder::new();
    for segment in path.data().segments() {
        match segment {
            PathSegment::MoveTo(to) => builder.move_to(to.x, to.y),
            PathSegment::LineTo(to) => builder.line_to(to.x, to.y),
            PathSegment::QuadTo(by, to) => builder.quad_to(by.x, by.y, to.x, to.y),
            PathSegment::CubicTo(a, b, to) => builder.cubic_to(a.x, a.y, b.x, b.y, to.x, to.y),
            PathSegment::Close => builder.close(),
        }
    }
    builder.finish()
}

fn colour(paint: &usvg::Paint) -> Option<rgb::Color> {
    match paint {
        usvg::Paint::Color(colour) => Some(rgb::Color::new(colour.red, colour.green, colour.blue)),
        _ => None,
    }
}

fn fill(of: &usvg::Fill) -> Option<Fill> {
    let rule = match of.rule() {
        usvg::FillRule::NonZero => FillRule::NonZero,
        usvg::FillRule::EvenOdd => FillRule::EvenOdd,
    };
    Some(Fill { paint: colour(of.paint())?.into(), opacity: NormalizedF32::new(of.opacity().get())?, rule })
}

fn stroke(of: &usvg::Stroke) -> Option<Stroke> {
    Some(Stroke {
        paint: colour(of.paint())?.into(),
        width: of.width().get(),
        miter_limit: of.miterlimit().get(),
        line_cap: match of.linecap() {
            usvg::LineCap::Butt => LineCap::Butt,
            usvg::LineCap::Round => LineCap::Round,
            usvg::LineCap::Square => LineCap::Square,
        },
        line_join: match of.linejoin() {
            usvg::LineJoin::Miter | usvg::LineJoin::MiterClip => LineJoin::Miter,
            usvg::LineJoin::Round => LineJoin::Round,
            usvg::LineJoin::Bevel => LineJoin::Bevel,
        },
        opacity: NormalizedF32::new(of.opacity().get())?,
        dash: None,
    })
}
