//! Inter, the embedded font.

use std::sync::{Arc, LazyLock};

use resvg::usvg::fontdb;
use skrifa::{
    FontRef, GlyphId, MetadataProvider,
    charmap::Charmap,
    instance::{LocationRef, Size},
    metrics::GlyphMetrics,
};

/// Inter, regular, with digits of one width (assets/fonts/README.md).
pub static REGULAR: &[u8] = include_bytes!("../../assets/fonts/Inter-Regular.otf");
/// Inter, semi-bold; the bold of every picture.
pub static SEMI_BOLD: &[u8] = include_bytes!("../../assets/fonts/Inter-SemiBold.otf");

/// A weight of Inter.
struct Inter {
    charmap: Charmap<'static>,
    metrics: GlyphMetrics<'static>,
    units_per_em: f64,
}

static INTER: LazyLock<[Option<Inter>; 2]> = LazyLock::new(|| {
    [REGULAR, SEMI_BOLD].map(|bytes| {
        let font = FontRef::new(bytes).ok()?;
        let units_per_em = f64::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em);
        let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        Some(Inter { charmap: font.charmap(), metrics, units_per_em })
    })
});

impl Inter {
    fn glyph(&self, c: char) -> Option<GlyphId> {
        self.charmap.map(c)
    }

    fn advance(&self, c: char) -> f64 {
        let glyph = self.glyph(c).unwrap_or_default();
        f64::from(self.metrics.advance_width(glyph).unwrap_or(0.0)) / self.units_per_em
    }
}

/// How wide text is without kerning, in sizes of the type.
pub fn width(text: &str, strong: bool) -> f64 {
    let Some(face) = &INTER[usize::from(strong)] else { return 0.6 };
    text.chars().map(|c| face.advance(c)).sum()
}

static EMBEDDED: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut database = fontdb::Database::new();
    for bytes in [REGULAR, SEMI_BOLD] {
        database.load_font_data(bytes.to_vec());
    }
    Arc::new(database)
});

/// The embedded fonts alone.
pub fn embedded() -> Arc<fontdb::Database> {
    Arc::clone(&EMBEDDED)
}

/// Whether both weights have the letter.
pub fn has(c: char) -> bool {
    INTER.iter().all(|face| {
        face.as_ref().is_some_and(|face| face.glyph(c).is_some_and(|glyph| glyph != GlyphId::NOTDEF))
    })
}
