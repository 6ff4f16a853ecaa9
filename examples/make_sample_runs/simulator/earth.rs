//! The ellipsoid WGS 84.

/// Metres east and north of `start` (latitude, longitude in degrees) to degrees, rounded to so many decimals.
pub fn degrees(start: (f64, f64), place: [f64; 2], decimals: i32) -> (f64, f64) {
    const EQUATORIAL_RADIUS_M: f64 = 6_378_137.0;
    const ECCENTRICITY_SQUARED: f64 = 6.694_379_990_14e-3;
    let radii = |latitude_rad: f64| {
        let sine = libm::sin(latitude_rad);
        let w = 1.0 - ECCENTRICITY_SQUARED * sine * sine;
        let root = libm::sqrt(w);
        (EQUATORIAL_RADIUS_M * (1.0 - ECCENTRICITY_SQUARED) / (w * root), EQUATORIAL_RADIUS_M / root)
    };
    let start_rad = start.0.to_radians();
    let (meridian, _) = radii(start_rad);
    // The meridian's radius halfway, so that the step north is right to third order.
    let (meridian, _) = radii(start_rad + 0.5 * place[1] / meridian);
    let latitude = start_rad + place[1] / meridian;
    let (_, vertical) = radii(latitude);
    let longitude = start.1.to_radians() + place[0] / (vertical * libm::cos(latitude));
    let unit = (0..decimals).fold(1.0, |unit, _| unit * 10.0);
    let round = |angle: f64| libm::round(angle.to_degrees() * unit) / unit;
    (round(latitude), round(longitude))
}
