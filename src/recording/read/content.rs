//! From one file's content to its recording.

use std::io::Read;
use std::rc::Rc;

use crate::recording::{ReadError, Recording, clean::RecordingBuilder};

use super::{detect, input::Input};

/// Reads one file's content; `name`, a file name, serves where the content names nothing.
pub(super) fn read(name: &str, content: Box<dyn Read + '_>) -> Result<Recording, ReadError> {
    let input = Input::open(content)?;
    let format = detect::format(input.head())?;
    let mut recording = RecordingBuilder::default();
    let inflates = Rc::clone(&input.inflates);
    format.read(input, &mut recording)?;
    recording.finish(stem(name)).map_err(|error| if inflates.get() { ReadError::Inflates } else { error })
}

/// A file name without the endings of formats and compression.
fn stem(name: &str) -> &str {
    let Some((stem, ending)) = name.rsplit_once('.') else { return name };
    let known = ["gpx", "tcx", "fit", "xml", "gz", "zip"].iter().any(|it| ending.eq_ignore_ascii_case(it));
    if known && !stem.is_empty() { self::stem(stem) } else { name }
}
