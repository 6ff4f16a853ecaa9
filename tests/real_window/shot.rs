//! A picture of a window.

use crate::display::repository;

/// Pixels, red green blue, row by row.
#[derive(Clone, PartialEq, Eq)]
pub struct Shot {
    pub width: usize,
    pub height: usize,
    pixels: Vec<[u8; 3]>,
}

impl Shot {
    /// From what X servers of 24-bit colour give.
    pub fn from_bgrx(width: u16, height: u16, bytes: &[u8]) -> Self {
        let pixels = bytes.chunks_exact(4).map(|p| [p[2], p[1], p[0]]).collect();
        Self { width: width.into(), height: height.into(), pixels }
    }

    /// How many pixels are within a few steps of this colour.
    pub fn count(&self, colour: [u8; 3]) -> usize {
        self.pixels.iter().filter(|pixel| (0..3).all(|i| pixel[i].abs_diff(colour[i]) <= 3)).count()
    }

    /// How many pixels differ from another picture of the same size.
    pub fn differs(&self, other: &Self) -> usize {
        assert_eq!((self.width, self.height), (other.width, other.height));
        self.pixels.iter().zip(&other.pixels).filter(|(a, b)| a != b).count()
    }

    /// Whether the outermost columns and rows were painted: a surface that was not redrawn stays black.
    pub fn is_painted_to_its_edges(&self) -> bool {
        let painted =
            |mut pixels: Box<dyn Iterator<Item = usize> + '_>| pixels.any(|i| self.pixels[i] != [0; 3]);
        let (w, h) = (self.width, self.height);
        painted(Box::new(0..w))
            && painted(Box::new((h - 1) * w..h * w))
            && painted(Box::new((0..h).map(move |y| y * w)))
            && painted(Box::new((0..h).map(move |y| y * w + w - 1)))
    }

    /// Keeps it as `tests/shots/NAME.png`, for people to look at.
    pub fn keep(&self, name: &str) {
        let folder = repository("tests/shots");
        std::fs::create_dir_all(&folder).expect("tests/shots can be made");
        let mut picture =
            resvg::tiny_skia::Pixmap::new(self.width as u32, self.height as u32).expect("not empty");
        for (out, pixel) in picture.data_mut().chunks_exact_mut(4).zip(&self.pixels) {
            out.copy_from_slice(&[pixel[0], pixel[1], pixel[2], 255]);
        }
        picture.save_png(folder.join(name).with_extension("png")).expect("tests/shots can be written");
    }
}
