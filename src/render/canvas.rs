//! A sheet in points that plotters draws on, and that becomes SVG.

use std::fmt;

use plotters::{
    coord::Shift,
    prelude::{
        Circle, DrawingArea, FontFamily, FontStyle, IntoDrawingArea, IntoFont, PathElement, Polygon,
        RGBColor, Rectangle, SVGBackend, ShapeStyle, Text, TextStyle,
    },
    style::text_anchor::{HPos, Pos, VPos},
};

use super::font::{Direction, Piece, Type, is_plain};
use crate::figure::{Fill, Palette, Rgb, Role};

/// plotters counts in whole units; a hundred to the point keep lines smooth.
const UNITS_PER_PT: f64 = 100.0;
/// plotters' SVG writes text this much smaller than asked.
const TEXT_SHRINK: f64 = 1.24;
/// Beside Inter, for programs that show the SVG without having it.
const FAMILY: &str = "Inter, Helvetica, Arial, sans-serif";

/// A place or a size, pt: right and down.
pub type Point = [f64; 2];

/// A rectangle, pt.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

impl Frame {
    /// Right edge.
    pub fn right(&self) -> f64 {
        self.x + self.width
    }

    /// Lower edge.
    pub fn bottom(&self) -> f64 {
        self.y + self.height
    }
}

/// Where text stands about its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// It begins there.
    Start,
    /// It is centred there.
    Middle,
    /// It ends there.
    End,
}

/// A page or picture to draw on, in points; what is drawn becomes SVG through plotters.
pub struct Canvas<'a> {
    area: DrawingArea<SVGBackend<'a>, Shift>,
    palette: Palette,
}

/// Draws a picture of `size_pt` and gives its SVG. `title` and `words` serve screen readers.
pub fn draw_picture(
    size_pt: Point,
    palette: Palette,
    title: &str,
    words: &str,
    draw: impl FnOnce(&Canvas),
) -> String {
    let units = size_pt.map(|pt| (pt * UNITS_PER_PT).round() as u32);
    let mut drawn = String::new();
    {
        let area = SVGBackend::with_string(&mut drawn, (units[0], units[1])).into_drawing_area();
        draw(&Canvas { area, palette });
    }
    let body = drawn.split_once('\n').map_or("", |(_, body)| body);
    let [width, height] = size_pt;
    let [wide, high] = units;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}pt\" height=\"{height}pt\" \
         viewBox=\"0 0 {wide} {high}\" xml:lang=\"en\" role=\"img\" stroke-linejoin=\"round\">\n\
         <title>{}</title>\n<desc>{}</desc>\n{body}",
        Escaped(title),
        Escaped(words),
    )
}

/// Text inside XML.
struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => to.write_str("&amp;")?,
                '<' => to.write_str("&lt;")?,
                '>' => to.write_str("&gt;")?,
                c => fmt::Write::write_char(to, c)?,
            }
        }
        Ok(())
    }
}

impl Canvas<'_> {
    /// The colours in use.
    pub fn palette(&self) -> Palette {
        self.palette
    }

    /// The colour of a role.
    pub fn rgb(&self, role: Role) -> Rgb {
        self.palette.rgb(role)
    }

    /// A line through points.
    pub fn line(&self, points: impl IntoIterator<Item = Point>, width_pt: f64, colour: Rgb) {
        let points: Vec<(i32, i32)> = points.into_iter().map(unit).collect();
        if points.len() > 1 {
            self.put(&PathElement::new(points, style(colour).stroke_width(units(width_pt))));
        }
    }

    /// A straight dashed line.
    pub fn dashed(&self, from: Point, to: Point, dash_pt: f64, width_pt: f64, colour: Rgb) {
        let length = (to[0] - from[0]).hypot(to[1] - from[1]);
        let along = |at: f64| [0, 1].map(|axis| from[axis] + (to[axis] - from[axis]) * at / length.max(1e-9));
        let mut at = 0.0;
        while at < length {
            self.line([along(at), along((at + dash_pt).min(length))], width_pt, colour);
            at += dash_pt * 1.8;
        }
    }

    /// A plain rectangle.
    pub fn rect(&self, frame: Frame, colour: Rgb) {
        let (from, to) = (unit([frame.x, frame.y]), unit([frame.right(), frame.bottom()]));
        if to.0 > from.0 && to.1 > from.1 {
            self.put(&Rectangle::new([from, to], style(colour).filled()));
        }
    }

    /// A rectangle with round corners, filled.
    pub fn round_rect(&self, frame: Frame, radius_pt: f64, colour: Rgb) {
        let outline: Vec<(i32, i32)> = round_outline(frame, radius_pt).into_iter().map(unit).collect();
        self.put(&Polygon::new(outline, style(colour).filled()));
    }

    /// The border of a rectangle with round corners.
    pub fn round_border(&self, frame: Frame, radius_pt: f64, width_pt: f64, colour: Rgb) {
        let outline = round_outline(frame, radius_pt);
        let first = outline[0];
        self.line(outline.into_iter().chain([first]), width_pt, colour);
    }

    /// A filled shape.
    pub fn polygon(&self, points: &[Point], colour: Rgb) {
        let points: Vec<(i32, i32)> = points.iter().copied().map(unit).collect();
        self.put(&Polygon::new(points, style(colour).filled()));
    }

    /// An area in the colour and with the hatching of its role.
    pub fn area(&self, frame: Frame, role: Role) {
        let fill = self.palette.fill(role);
        if fill != Fill::HatchOnly {
            self.rect(frame, self.rgb(role));
        }
        match fill {
            Fill::Solid => {}
            Fill::Hatched => self.hatch(frame, 3.2, 0.7, self.rgb(Role::Card)),
            Fill::HatchOnly => self.hatch(frame, 3.2, 0.6, self.rgb(role)),
        }
    }

    /// Lines from lower left to upper right, cut at the frame.
    pub fn hatch(&self, frame: Frame, apart_pt: f64, width_pt: f64, colour: Rgb) {
        let along = apart_pt * std::f64::consts::SQRT_2;
        // Each line is x + y = c; multiples of `along`, so that neighbouring areas continue each other's lines.
        let (low, high) = (frame.x + frame.y, frame.right() + frame.bottom());
        let mut c = (low / along).ceil() * along;
        while c < high {
            let left = frame.x.max(c - frame.bottom());
            let right = frame.right().min(c - frame.y);
            if right - left > 0.05 {
                self.line([[left, c - left], [right, c - right]], width_pt, colour);
            }
            c += along;
        }
    }

    /// A filled circle.
    pub fn dot(&self, centre: Point, radius_pt: f64, colour: Rgb) {
        self.put(&Circle::new(unit(centre), units(radius_pt), style(colour).filled()));
    }

    /// Text whose baseline is at `at`, read from the left as the program's own words are.
    pub fn text(&self, at: Point, text: &str, kind: Type, align: Align, colour: Rgb) {
        if is_plain(text) {
            self.set(at, text, FAMILY, kind, align, colour);
        } else {
            self.pieces(at, &kind.pieces(text, Direction::LeftToRight), kind, align, colour);
        }
    }

    /// A line of the user's own words in a column that begins at `at`: at its left, or where the words are read from
    /// the right at its right.
    pub fn prose(&self, at: Point, width_pt: f64, text: &str, kind: Type, direction: Direction, colour: Rgb) {
        let [x, y] = at;
        match direction {
            Direction::LeftToRight => self.text(at, text, kind, Align::Start, colour),
            Direction::RightToLeft => {
                self.pieces([x + width_pt, y], &kind.pieces(text, direction), kind, Align::End, colour);
            }
        }
    }

    fn pieces(&self, at: Point, pieces: &[Piece], kind: Type, align: Align, colour: Rgb) {
        let width: f64 = pieces.iter().map(|piece| piece.width_pt).sum();
        let [x, y] = at;
        let mut x = match align {
            Align::Start => x,
            Align::Middle => x - width / 2.0,
            Align::End => x - width,
        };
        for piece in pieces {
            let family = piece.family.as_deref().map(|family| format!("'{family}', sans-serif"));
            let at = [x + piece.indent_pt, y];
            self.set(at, &piece.text, family.as_deref().unwrap_or(FAMILY), kind, Align::Start, colour);
            x += piece.width_pt;
        }
    }

    /// Text in one font.
    fn set(&self, at: Point, text: &str, family: &str, kind: Type, align: Align, colour: Rgb) {
        let size = kind.size_pt * UNITS_PER_PT;
        let weight = if kind.strong { FontStyle::Bold } else { FontStyle::Normal };
        let h_pos = match align {
            Align::Start => HPos::Left,
            Align::Middle => HPos::Center,
            Align::End => HPos::Right,
        };
        let font = (FontFamily::Name(family), size * TEXT_SHRINK, weight).into_font();
        let colour = plain(colour);
        let style = TextStyle::from(font).color(&colour).pos(Pos::new(h_pos, VPos::Bottom));
        // The backend lifts such text by half an ex, which is a quarter of its size.
        let [x, y] = at;
        self.put(&Text::new(text.to_owned(), unit([x, y + kind.size_pt / 4.0]), style));
    }

    fn put<'b, E>(&self, element: &'b E)
    where
        &'b E: plotters::element::PointCollection<'b, (i32, i32)>,
        E: for<'c> plotters::element::Drawable<SVGBackend<'c>>,
    {
        // Writing into a string cannot fail.
        let _ = self.area.draw(element);
    }
}

fn round_outline(frame: Frame, radius_pt: f64) -> Vec<Point> {
    let r = radius_pt.min(frame.width / 2.0).min(frame.height / 2.0).max(0.0);
    let corners = [
        ([frame.right() - r, frame.y + r], -90.0),
        ([frame.right() - r, frame.bottom() - r], 0.0),
        ([frame.x + r, frame.bottom() - r], 90.0),
        ([frame.x + r, frame.y + r], 180.0),
    ];
    corners
        .into_iter()
        .flat_map(|(centre, from_deg)| {
            (0..=6).map(move |k| {
                let angle = f64::to_radians(from_deg + 15.0 * f64::from(k));
                [centre[0] + r * angle.cos(), centre[1] + r * angle.sin()]
            })
        })
        .collect()
}

fn unit(point: Point) -> (i32, i32) {
    let [x, y] = point.map(|pt| (pt * UNITS_PER_PT).round() as i32);
    (x, y)
}

fn units(length_pt: f64) -> u32 {
    (length_pt * UNITS_PER_PT).round() as u32
}

fn plain(colour: Rgb) -> RGBColor {
    RGBColor(colour.0, colour.1, colour.2)
}

fn style(colour: Rgb) -> ShapeStyle {
    ShapeStyle::from(&plain(colour))
}
