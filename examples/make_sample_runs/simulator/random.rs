//! Random numbers that are the same on every platform: xoshiro256++ (Blackman and Vigna, 2019), seeded by
//! splitmix64, with the normal and Student-t laws built on `libm`.

/// A stream of random numbers.
#[derive(Debug, Clone)]
pub struct Random([u64; 4]);

impl Random {
    /// The stream that belongs to a seed and a name; other names give independent streams.
    pub fn named(seed: u64, name: &str) -> Self {
        // FNV-1a
        let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        let mut state = hash ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        Self([(); 4].map(|()| {
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let z = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            z ^ (z >> 31)
        }))
    }

    fn next(&mut self) -> u64 {
        let s = &mut self.0;
        let out = s[0].wrapping_add(s[3]).rotate_left(23).wrapping_add(s[0]);
        let t = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = s[3].rotate_left(45);
        out
    }

    /// Uniform in (0, 1).
    pub fn unit(&mut self) -> f64 {
        ((self.next() >> 11) as f64 + 0.5) / 9_007_199_254_740_992.0
    }

    /// Uniform between the two.
    pub fn between(&mut self, (low, high): (f64, f64)) -> f64 {
        low + (high - low) * self.unit()
    }

    /// Between the two (both positive), uniform in the logarithm.
    pub fn scale_between(&mut self, (low, high): (f64, f64)) -> f64 {
        libm::exp(self.between((libm::log(low), libm::log(high))))
    }

    /// -1 or 1.
    pub fn sign(&mut self) -> f64 {
        if self.unit() < 0.5 { -1.0 } else { 1.0 }
    }

    /// True with this probability.
    pub fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// An index, as likely as its weight.
    pub fn pick(&mut self, weights: &[f64]) -> usize {
        let mut left = self.unit() * weights.iter().sum::<f64>();
        weights
            .iter()
            .position(|weight| {
                left -= weight;
                left <= 0.0
            })
            .unwrap_or(weights.len() - 1)
    }

    /// Standard normal (Box and Muller, 1958).
    pub fn normal(&mut self) -> f64 {
        libm::sqrt(-2.0 * libm::log(self.unit())) * libm::cos(std::f64::consts::TAU * self.unit())
    }

    /// Student-t with three degrees of freedom, scaled to variance 1: most values are small, a few far out.
    pub fn heavy_tailed(&mut self) -> f64 {
        let chi2: f64 = (0..3).map(|_| self.normal()).map(|z| z * z).sum();
        self.normal() / libm::sqrt(chi2)
    }
}
