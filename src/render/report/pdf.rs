use pdf_writer::{Content, Finish, Name, Pdf, Rect, Ref, TextStr};
use svg2pdf::{ConversionOptions, usvg};

use crate::render::picture::PictureError;

/// A drawn page as a PDF of one page, with what screen readers and viewers ask for: title and language.
pub fn write(tree: &usvg::Tree, size_pt: [f64; 2], title: &str) -> Result<Vec<u8>, PictureError> {
    let (drawing, drawing_ref) = svg2pdf::to_chunk(tree, ConversionOptions::default())
        .map_err(|error| PictureError::Pdf(error.to_string()))?;
    // svg2pdf numbers its own objects from 1: ours come first, so renumber its.
    let mut next = Ref::new(1);
    let [catalog, pages, page, contents, info] = [(); 5].map(|()| next.bump());
    let mut renumbered = std::collections::HashMap::new();
    let drawing = drawing.renumber(|old| *renumbered.entry(old).or_insert_with(|| next.bump()));
    let drawing_ref = renumbered[&drawing_ref];

    let [width, height] = size_pt.map(|pt| pt as f32);
    let mut pdf = Pdf::new();
    let mut root = pdf.catalog(catalog);
    root.pages(pages).lang(TextStr("en-GB"));
    root.viewer_preferences().display_doc_title(true);
    root.finish();
    pdf.pages(pages).kids([page]).count(1);
    let picture = Name(b"Page");
    let mut sheet = pdf.page(page);
    sheet.media_box(Rect::new(0.0, 0.0, width, height)).parent(pages).contents(contents);
    sheet.resources().x_objects().pair(picture, drawing_ref);
    sheet.finish();
    // The drawing is one unit wide and high.
    let mut content = Content::new();
    content.transform([width, 0.0, 0.0, height, 0.0, 0.0]).x_object(picture);
    pdf.stream(contents, &content.finish());
    pdf.document_info(info)
        .title(TextStr(title))
        .subject(TextStr("Educational, not a diagnosis and not medical advice"))
        .creator(TextStr(concat!("Spinepace ", env!("CARGO_PKG_VERSION"))))
        .producer(TextStr("svg2pdf"));
    pdf.extend(&drawing);
    Ok(pdf.finish())
}
