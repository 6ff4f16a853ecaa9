//! Degrees to local metres on the WGS 84 ellipsoid.

/// Equatorial radius, m (WGS 84).
const A_M: f64 = 6_378_137.0;
/// First eccentricity squared (WGS 84).
const E2: f64 = 6.694_379_990_14e-3;

/// Metres east and north of the mean latitude and first longitude, with the ellipsoid's own radii.
pub fn project(latitude_deg: &[f64], longitude_deg: &[f64]) -> Vec<[f64; 2]> {
    let mean = latitude_deg.iter().sum::<f64>() / latitude_deg.len().max(1) as f64;
    let mean = mean.to_radians();
    let w = 1.0 - E2 * mean.sin().powi(2);
    let (meridian, vertical) = (A_M * (1.0 - E2) / w.powf(1.5), A_M / w.sqrt());
    let first = longitude_deg.first().copied().unwrap_or(0.0);
    latitude_deg
        .iter()
        .zip(longitude_deg)
        .map(|(lat, lon)| {
            let lat = lat.to_radians();
            let dlon = (lon - first + 540.0).rem_euclid(360.0) - 180.0;
            [dlon.to_radians() * vertical * lat.cos(), (lat - mean) * meridian]
        })
        .collect()
}
