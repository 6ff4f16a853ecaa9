//! The normal distribution from a table, for charts that ask it dozens of times a step.

use std::sync::LazyLock;

/// Table places per standard deviation: cubic pieces between them are off by less than 2e-11.
const PER_SD: f64 = 128.0;
/// The table ends here; nothing that is counted in seconds is seen beyond.
const MOST_SD: f64 = 6.0;

/// Value and slope (per table place) at every place from `-MOST_SD` to `MOST_SD`.
static TABLE: LazyLock<Vec<[f64; 2]>> = LazyLock::new(|| {
    (0..=(2.0 * MOST_SD * PER_SD) as usize + 1)
        .map(|k| {
            let z = k as f64 / PER_SD - MOST_SD;
            let slope = 0.398_942_280_401_432_7 * (-0.5 * z * z).exp() / PER_SD;
            [0.5 * libm::erfc(-z * std::f64::consts::FRAC_1_SQRT_2), slope]
        })
        .collect()
});

/// The table, to be asked for once and read often.
pub(super) fn table() -> &'static [[f64; 2]] {
    &TABLE
}

/// Probability that a standard normal value is at most `z`; 0 and 1 beyond six standard deviations.
#[inline]
pub(super) fn cumulative(table: &[[f64; 2]], z: f64) -> f64 {
    let place = (z + MOST_SD) * PER_SD;
    if !(0.0..=2.0 * MOST_SD * PER_SD).contains(&place) {
        return if z > 0.0 { 1.0 } else { 0.0 };
    }
    let k = place as usize;
    let t = place - k as f64;
    let ([a, slope_a], [b, slope_b]) = (table[k], table[k + 1]);
    // Hermite's cubic.
    let rise = b - a;
    a + t * (slope_a + t * ((3.0 * rise - 2.0 * slope_a - slope_b) + t * (slope_a + slope_b - 2.0 * rise)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_as_good_as_the_function() {
        for k in -60_000..=60_000 {
            let z = f64::from(k) * 1e-4;
            let exact = 0.5 * libm::erfc(-z * std::f64::consts::FRAC_1_SQRT_2);
            assert!((cumulative(table(), z) - exact).abs() < 2e-11, "{z}");
        }
        assert_eq!((cumulative(table(), -7.0), cumulative(table(), 7.0)), (0.0, 1.0));
    }
}
