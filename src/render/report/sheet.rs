//! A page while it is being drawn.

use crate::{
    band::Summary,
    render::{canvas::Canvas, font::Type},
    run::Run,
};

use super::options::Options;

/// What a page is made of.
pub struct Content<'a> {
    pub run: &'a Run,
    pub summary: &'a Summary,
    pub options: &'a Options,
    pub name: String,
    pub note: String,
}

pub const MARGIN_PT: f64 = 36.0;
pub const BODY: Type = Type::regular(9.0);
pub const SMALL: Type = Type::regular(7.0);
pub const ROW_PT: f64 = 12.6;

/// A page being drawn.
pub struct Sheet<'a, 'c> {
    pub canvas: &'a Canvas<'c>,
    pub content: &'a Content<'a>,
    /// The upper edge: "2.0 m/s".
    pub upper: String,
}
