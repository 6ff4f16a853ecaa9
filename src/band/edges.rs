//! The band's edges, and which edges make a band.

use thiserror::Error;

use crate::motion::STANDING_BELOW_MPS;

/// The band's edges, m/s. Moving begins at [`STANDING_BELOW_MPS`].
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Edges {
    upper_mps: f64,
    brisk_from_mps: f64,
}

impl Default for Edges {
    /// 2.0 m/s is the article's limit; 1.5 m/s is our assumption (assets/evidence.md).
    fn default() -> Self {
        Self { upper_mps: 2.0, brisk_from_mps: 1.5 }
    }
}

/// Edges that make no band.
#[derive(Debug, Clone, Copy, PartialEq, Error)]
pub enum BadEdges {
    /// The upper edge is not a running or walking speed.
    #[error("the upper edge must be between 0.6 and 10 m/s, not {0}")]
    Upper(f64),
    /// The brisk part would lie outside the band.
    #[error(
        "brisk must start between {STANDING_BELOW_MPS} m/s and the upper edge of {upper} m/s, not at {brisk_from}"
    )]
    Brisk {
        /// The asked lower edge of brisk, m/s.
        brisk_from: f64,
        /// The upper edge, m/s.
        upper: f64,
    },
}

impl Edges {
    /// Edges in m/s: the band's upper one, inclusive, and the speed from which it is brisk, inclusive.
    pub fn new(upper_mps: f64, brisk_from_mps: f64) -> Result<Self, BadEdges> {
        if !(0.6..=10.0).contains(&upper_mps) {
            return Err(BadEdges::Upper(upper_mps));
        }
        if !(STANDING_BELOW_MPS..=upper_mps).contains(&brisk_from_mps) {
            return Err(BadEdges::Brisk { brisk_from: brisk_from_mps, upper: upper_mps });
        }
        Ok(Self { upper_mps, brisk_from_mps })
    }

    /// These edges with another upper one; brisk is pulled along where it would lie outside.
    pub fn with_upper(self, upper_mps: f64) -> Result<Self, BadEdges> {
        Self::new(upper_mps, self.brisk_from_mps.min(upper_mps))
    }

    /// Whether the upper edge is the article's limit, as far as two decimals tell: its claim holds for no other.
    pub fn is_articles_limit(self) -> bool {
        (self.upper_mps - Self::default().upper_mps).abs() < 0.005
    }

    /// The highest speed inside the band, m/s.
    pub fn upper_mps(self) -> f64 {
        self.upper_mps
    }

    /// The lowest brisk speed, m/s.
    pub fn brisk_from_mps(self) -> f64 {
        self.brisk_from_mps
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_that_make_no_band_are_refused() {
        assert!(Edges::new(f64::NAN, 1.5).is_err());
        assert!(Edges::new(0.4, 0.4).is_err());
        assert_eq!(Edges::new(2.0, 2.1), Err(BadEdges::Brisk { brisk_from: 2.1, upper: 2.0 }));
        assert_eq!(Edges::default().with_upper(1.2).map(Edges::brisk_from_mps), Ok(1.2));
    }
}
