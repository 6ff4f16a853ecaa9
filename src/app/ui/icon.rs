//! The program's icon: `assets/icon/spinepace.svg`, and the picture of it that windows take.

use resvg::tiny_skia::Pixmap;

static PNG: &[u8] = include_bytes!("../../../assets/icon/spinepace.png");

/// The icon's pixels; none where they cannot be read, which no build passes.
pub fn icon() -> egui::IconData {
    let Ok(picture) = Pixmap::decode_png(PNG) else { return egui::IconData::default() };
    let rgba = picture.pixels().iter().flat_map(|pixel| {
        let pixel = pixel.demultiply();
        [pixel.red(), pixel.green(), pixel.blue(), pixel.alpha()]
    });
    egui::IconData { rgba: rgba.collect(), width: picture.width(), height: picture.height() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render;

    const SIDE: u32 = 256;

    /// With `UPDATE_SNAPSHOTS` set the picture is made anew.
    #[test]
    fn the_picture_is_that_of_the_drawing() {
        let tree = render::tree(include_str!("../../../assets/icon/spinepace.svg")).expect("a drawing");
        let mut drawn = Pixmap::new(SIDE, SIDE).expect("pixels");
        let scale = SIDE as f32 / tree.size().width();
        let place = resvg::tiny_skia::Transform::from_scale(scale, scale);
        resvg::render(&tree, place, &mut drawn.as_mut());
        if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
            let path = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/icon/spinepace.png");
            drawn.save_png(path).expect("written");
            return;
        }
        let kept = Pixmap::decode_png(PNG).expect("a picture");
        assert_eq!((kept.width(), kept.height()), (SIDE, SIDE));
        let near = |(a, b): (&u8, &u8)| a.abs_diff(*b) <= 2;
        assert!(kept.data().iter().zip(drawn.data()).all(near), "run this test with UPDATE_SNAPSHOTS=1");
    }

    #[test]
    fn its_middle_is_opaque_and_its_corners_are_clear() {
        let icon = icon();
        assert_eq!(icon.rgba.len(), 4 * (SIDE * SIDE) as usize);
        let alpha = |x: u32, y: u32| icon.rgba[(4 * (y * SIDE + x) + 3) as usize];
        assert_eq!((alpha(0, 0), alpha(SIDE - 1, SIDE - 1), alpha(SIDE / 2, SIDE / 2)), (0, 0, 255));
    }
}
