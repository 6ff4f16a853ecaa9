//! The modified Bessel function that Rice's law needs.

/// ln(e^-x I0(x)) for x >= 0; Abramowitz and Stegun 9.8.1 and 9.8.2, good to 2e-7.
pub fn ln_bessel_i0_scaled(x: f64) -> f64 {
    let horner = |t: f64, c: &[f64]| c.iter().rev().fold(0.0, |sum, c| sum * t + c);
    if x < 3.75 {
        let t = (x / 3.75).powi(2);
        horner(t, &[1.0, 3.515_622_9, 3.089_942_4, 1.206_749_2, 0.265_973_2, 0.036_076_8, 0.004_581_3]).ln()
            - x
    } else {
        let c = [
            0.398_942_28,
            0.013_285_92,
            0.002_253_19,
            -0.001_575_65,
            0.009_162_81,
            -0.020_577_06,
            0.026_355_37,
            -0.016_476_33,
            0.003_923_77,
        ];
        horner(3.75 / x, &c).ln() - 0.5 * x.ln()
    }
}
