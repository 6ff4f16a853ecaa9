//! The part of the speed chart's axis that is in view.

/// From and to along the axis.
pub type Reach = [f64; 2];

/// Less than 10 s or m at a time shows nothing more.
const LEAST: f64 = 10.0;

/// A reach made `factor` times as wide about a place, within the whole; `None` where it is the whole.
pub fn zoomed(now: Reach, whole: Reach, about: f64, factor: f64) -> Option<Reach> {
    let span = whole[1] - whole[0];
    let width = ((now[1] - now[0]) * factor).clamp(span.min(LEAST), span);
    if width >= span * 0.999 {
        return None;
    }
    let part = (about - now[0]) / (now[1] - now[0]);
    let low = (about - part * width).clamp(whole[0], whole[1] - width);
    Some([low, low + width])
}

/// A reach moved by so much, as wide as it was and within the whole; `None` where it is the whole.
pub fn panned(now: Reach, whole: Reach, by: f64) -> Option<Reach> {
    let (span, width) = (whole[1] - whole[0], now[1] - now[0]);
    if width >= span * 0.999 {
        return None;
    }
    let low = (now[0] + by).clamp(whole[0], whole[1] - width);
    Some([low, low + width])
}

/// A reach moved into the whole, which may have become smaller.
pub fn within(now: Reach, whole: Reach) -> Option<Reach> {
    panned(now, whole, 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: Reach = [0.0, 1000.0];

    #[test]
    fn a_reach_beyond_a_whole_that_became_smaller_comes_back() {
        assert_eq!(panned([900.0, 1500.0], WHOLE, 20.0), Some([400.0, 1000.0]));
        assert_eq!(within([1600.0, 1700.0], WHOLE), Some([900.0, 1000.0]));
        assert_eq!(within([500.0, 1700.0], WHOLE), None);
    }

    #[test]
    fn moving_keeps_the_width() {
        let near = zoomed(WHOLE, WHOLE, 250.0, 0.5).expect("a part");
        assert_eq!(near, [125.0, 625.0]);
        assert_eq!(panned(near, WHOLE, 5000.0), Some([500.0, 1000.0]));
        assert_eq!(panned(near, WHOLE, -5000.0), Some([0.0, 500.0]));
        assert_eq!(zoomed(near, WHOLE, 300.0, 4.0), None);
    }
}
