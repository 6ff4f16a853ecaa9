//! Which of many points is nearest to the pointer.

/// This many places share a box.
const SHARE: usize = 256;

/// Finds the nearest of many places: by the boxes that every 256 in a row lie in, most are never looked at.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct NearestPoint {
    /// Lowest and highest metres east and north.
    boxes_m: Vec<[[f32; 2]; 2]>,
}

impl NearestPoint {
    /// The boxes of places in metres east and north.
    pub fn new(places_m: &[[f32; 2]]) -> Self {
        let boxed = |places_m: &[[f32; 2]]| {
            let (mut low, mut high) = ([f32::INFINITY; 2], [f32::NEG_INFINITY; 2]);
            for place in places_m {
                for axis in 0..2 {
                    low[axis] = low[axis].min(place[axis]);
                    high[axis] = high[axis].max(place[axis]);
                }
            }
            [low, high]
        };
        Self { boxes_m: places_m.chunks(SHARE).map(boxed).collect() }
    }

    /// The place nearest to `to_m` and the square of its distance, m²; the first of equals. `places_m` are those
    /// that the boxes were made of.
    pub fn nearest(&self, places_m: &[[f32; 2]], to_m: [f32; 2]) -> Option<(usize, f32)> {
        let mut best: Option<(usize, f32)> = None;
        for (k, [low, high]) in self.boxes_m.iter().enumerate() {
            let beyond = |axis: usize| (low[axis] - to_m[axis]).max(to_m[axis] - high[axis]).max(0.0);
            let least = beyond(0).powi(2) + beyond(1).powi(2);
            if best.is_some_and(|(_, far)| least > far) {
                continue;
            }
            let start = k * SHARE;
            for (index, place) in places_m.iter().enumerate().skip(start).take(SHARE) {
                let far = (place[0] - to_m[0]).powi(2) + (place[1] - to_m[1]).powi(2);
                if best.is_none_or(|(_, least)| far < least) {
                    best = Some((index, far));
                }
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_boxes_find_what_looking_at_all_finds() {
        let mut seed = 3_u32;
        let mut next = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 16) as f32 / 256.0
        };
        let mut at = [0.0, 0.0];
        let places: Vec<[f32; 2]> = (0..5000)
            .map(|_| {
                at = at.map(|m| m + next() - 128.0);
                at
            })
            .collect();
        let boxes = NearestPoint::new(&places);
        for _ in 0..300 {
            let to = [(next() - 128.0) * 60.0, (next() - 128.0) * 60.0];
            let far = |place: &[f32; 2]| (place[0] - to[0]).powi(2) + (place[1] - to[1]).powi(2);
            let plainly = places.iter().map(far).enumerate().min_by(|a, b| a.1.total_cmp(&b.1));
            assert_eq!(boxes.nearest(&places, to), plainly);
        }
        assert_eq!(NearestPoint::new(&[]).nearest(&[], [0.0, 0.0]), None);
    }
}
