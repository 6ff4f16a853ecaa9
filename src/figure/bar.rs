//! The stacked bar of a whole run.

use crate::{band::Summary, units};

use super::{Role, Threshold};

/// The whole run as one stacked bar; its parts add up to the elapsed time.
#[derive(Debug, Clone, PartialEq)]
pub struct BarFigure {
    /// Seconds from first fix to last.
    pub elapsed_s: f64,
    /// The parts, left to right; those without time are left out.
    pub parts: Vec<Part>,
}

/// One part of a stacked bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// What it is.
    pub role: Role,
    /// Seconds.
    pub seconds: f64,
    /// Share of the elapsed time, 0 to 1.
    pub fraction: f64,
    /// Where it begins, as a share of the elapsed time.
    pub from: f64,
    /// Its name in a legend: "brisk, 1.5 to 2.0 m/s".
    pub label: String,
    /// A word that fits inside it.
    pub short_label: String,
    /// Its duration: "34:03".
    pub duration: String,
}

impl BarFigure {
    /// The bar of a run: the band's brisk part and the gentle one below it, faster, standing, paused.
    pub fn new(summary: &Summary) -> Self {
        let (totals, edges) = (&summary.totals, summary.edges);
        let elapsed_s = totals.elapsed_s();
        let upper = Threshold::new(edges, units::SpeedUnit::MetresPerSecond).short_label;
        let brisk_from = units::SpeedUnit::MetresPerSecond.number_short(edges.brisk_from_mps());
        let rows = [
            (Role::InBand, totals.brisk_s, format!("brisk, {brisk_from} to {upper}"), "brisk".to_owned()),
            (
                Role::Gentle,
                totals.in_band_s - totals.brisk_s,
                format!("gentle, below {brisk_from} m/s"),
                "gentle".to_owned(),
            ),
            (Role::Faster, totals.faster_s, "faster".to_owned(), "faster".to_owned()),
            (Role::Standing, totals.standing_s, "standing".to_owned(), "standing".to_owned()),
            (Role::Paused, totals.paused_s, "paused".to_owned(), "paused".to_owned()),
        ];
        let mut from = 0.0;
        let mut parts = Vec::new();
        for (role, seconds, label, short_label) in rows {
            // Less than half a second would be labelled 0:00.
            if seconds < 0.5 {
                continue;
            }
            let fraction = seconds / elapsed_s;
            parts.push(Part {
                role,
                seconds,
                fraction,
                from,
                label,
                short_label,
                duration: units::duration(seconds),
            });
            from += fraction;
        }
        Self { elapsed_s, parts }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::band::{Edges, Totals};

    fn summary(totals: Totals) -> Summary {
        Summary::made(Edges::default(), totals, None)
    }

    #[test]
    fn parts_add_up_to_the_elapsed_time() {
        let totals = Totals {
            standing_s: 69.0,
            in_band_s: 2043.0,
            brisk_s: 1500.0,
            faster_s: 1008.0,
            ..Totals::default()
        };
        let bar = BarFigure::new(&summary(totals));
        assert_eq!(bar.parts.len(), 4);
        assert!((bar.parts.iter().map(|part| part.seconds).sum::<f64>() - bar.elapsed_s).abs() < 1e-9);
        assert!((bar.parts.iter().map(|part| part.fraction).sum::<f64>() - 1.0).abs() < 1e-9);
        assert_eq!(bar.parts[0].label, "brisk, 1.5 to 2.0 m/s");
        assert_eq!(bar.parts[1].from, bar.parts[0].fraction);
    }

    #[test]
    fn edges_are_named_to_two_decimals() {
        let edges = Edges::default().with_upper(5.0 / 3.6).expect("edges");
        let totals = Totals { in_band_s: 100.0, brisk_s: 50.0, ..Totals::default() };
        let bar = BarFigure::new(&Summary { edges, ..summary(totals) });
        assert_eq!(bar.parts[0].label, "brisk, 1.39 to 1.39 m/s");
        assert_eq!(bar.parts[1].label, "gentle, below 1.39 m/s");
    }

    #[test]
    fn a_run_without_time_has_no_parts() {
        assert!(BarFigure::new(&summary(Totals::default())).parts.is_empty());
    }
}
