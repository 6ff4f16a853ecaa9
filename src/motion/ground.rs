//! Degrees to local metres on the WGS 84 ellipsoid.

/// Equatorial radius, m (WGS 84).
const A_M: f64 = 6_378_137.0;
/// First eccentricity squared (WGS 84).
const E2: f64 = 6.694_379_990_14e-3;
/// Fixes that are looked at for the middle latitude.
const SAMPLES: usize = 101;

/// A plane that touches the ellipsoid in the middle of a track, with the ellipsoid's own radii there: a sphere
/// is up to 0.56% off, 0.01 m/s at the threshold.
#[derive(Debug, Clone, Copy)]
pub struct Projection {
    latitude: f64,
    longitude_deg: f64,
    meridian_m: f64,
    vertical_m: f64,
}

impl Projection {
    /// Around the median latitude, so that a single wild fix moves nothing.
    pub fn around(latitude_deg: &[f64], longitude_deg: &[f64]) -> Self {
        let sparse = 1 + latitude_deg.len() / SAMPLES;
        let mut some: Vec<f64> = latitude_deg.iter().step_by(sparse).copied().collect();
        let latitude = super::position_error::median(&mut some).to_radians();
        let w = 1.0 - E2 * latitude.sin().powi(2);
        Self {
            latitude,
            longitude_deg: longitude_deg.get(longitude_deg.len() / 2).copied().unwrap_or(0.0),
            meridian_m: A_M * (1.0 - E2) / w.powf(1.5),
            vertical_m: A_M / w.sqrt(),
        }
    }

    /// Metres east and north of the middle.
    pub fn to_m(self, latitude_deg: f64, longitude_deg: f64) -> [f64; 2] {
        let latitude = latitude_deg.to_radians();
        let east_deg = (longitude_deg - self.longitude_deg + 540.0).rem_euclid(360.0) - 180.0;
        [
            east_deg.to_radians() * self.vertical_m * latitude.cos(),
            (latitude - self.latitude) * self.meridian_m,
        ]
    }
}
