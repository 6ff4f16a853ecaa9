//! Decimal numbers as devices write them.

use std::ops::RangeInclusive;

/// Powers of ten that a double holds exactly.
const POWERS_OF_TEN: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19, 1e20, 1e21, 1e22,
];

/// Largest whole number below which every whole number is a double.
const EXACT: u64 = 1 << 53;

/// The number a text holds, blanks around it ignored; `None` for anything else, NaN and infinities included.
///
/// An ordinary decimal is a whole number below 2^53 divided by a power of ten, both exact, so that the one
/// division rounds it correctly; everything unusual goes through the standard library's parser.
pub(super) fn decimal(text: &[u8]) -> Option<f64> {
    plain(text).or_else(|| unusual(text))
}

/// A text where a number should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NoNumber;

/// A measured value: `None` where the device had none and wrote nothing, NaN, or a value below `range`, as
/// Apple does for an unknown speed.
pub(super) fn measured(text: &[u8], range: RangeInclusive<f64>) -> Result<Option<f32>, NoNumber> {
    match decimal(text) {
        Some(number) if range.contains(&number) => Ok(Some(number as f32)),
        Some(number) if number < *range.start() => Ok(None),
        Some(_) => Err(NoNumber),
        None => {
            let text = text.trim_ascii();
            let nothing = [&b""[..], b"nan", b"null", b"none", b"--", b"-"];
            if nothing.iter().any(|word| text.eq_ignore_ascii_case(word)) { Ok(None) } else { Err(NoNumber) }
        }
    }
}

fn plain(text: &[u8]) -> Option<f64> {
    let (negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        _ => (false, text),
    };
    let (mut whole, mut fraction_digits, mut in_fraction) = (0_u64, 0, false);
    for &byte in digits {
        match byte {
            b'0'..=b'9' => {
                whole = whole * 10 + u64::from(byte - b'0');
                fraction_digits += usize::from(in_fraction);
                if whole >= EXACT {
                    return None;
                }
            }
            b'.' if !in_fraction => in_fraction = true,
            _ => return None,
        }
    }
    if digits.len() <= usize::from(in_fraction) {
        return None;
    }
    let size = whole as f64 / POWERS_OF_TEN.get(fraction_digits)?;
    Some(if negative { -size } else { size })
}

fn unusual(text: &[u8]) -> Option<f64> {
    let text = std::str::from_utf8(text).ok()?.trim();
    let number: f64 = match text.split_once(',') {
        // Some programs write the decimal comma of their user's language.
        Some((whole, fraction)) if !fraction.contains([',', '.']) => {
            format!("{whole}.{fraction}").parse().ok()?
        }
        _ => text.parse().ok()?,
    };
    number.is_finite().then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn unusual_numbers_are_read_or_refused() {
        for (text, number) in [
            ("47.5", Some(47.5)),
            ("-0.25", Some(-0.25)),
            (" +12.5\n", Some(12.5)),
            ("4.75e1", Some(47.5)),
            ("47,5", Some(47.5)),
            (".5", Some(0.5)),
            ("5.", Some(5.0)),
            ("8.1234567890123456789012345678901234567890", Some(8.123_456_789_012_346)),
            ("", None),
            (".", None),
            ("-", None),
            ("NaN", None),
            ("inf", None),
            ("1,234.5", None),
            ("12.5 m", None),
            ("undefined", None),
            ("1.2.3", None),
        ] {
            assert_eq!(decimal(text.as_bytes()), number, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn same_double_as_the_standard_library(whole in -400_i64..400, digits in "[0-9]{0,20}") {
            let text = format!("{whole}.{digits}");
            prop_assert_eq!(decimal(text.as_bytes()), text.parse().ok());
        }
    }
}
