//! What a person cut from a recording. The recording itself is never touched: edits are kept beside it and
//! applied to a copy, so that they can be taken back.

use serde::{Deserialize, Serialize};

use super::{Recording, Warning, WarningKind};

/// A stretch of the untouched recording, seconds since its start.
type Stretch = [f64; 2];

/// Cuts of one recording. All times are those of the untouched recording.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Edits {
    kept: Option<Stretch>,
    ignored: Vec<Stretch>,
}

impl Edits {
    /// Whether nothing is cut.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// How many cuts there are; whatever was trimmed off the ends is one.
    pub fn count(&self) -> usize {
        self.ignored.len() + usize::from(self.kept.is_some())
    }

    /// Also keeps nothing outside these seconds.
    #[must_use]
    pub fn trimmed_to(mut self, [start_s, end_s]: Stretch) -> Self {
        let [from_s, to_s] = self.kept.unwrap_or([0.0, f64::INFINITY]);
        self.kept = Some([start_s.max(from_s), end_s.min(to_s)]);
        self
    }

    /// Also leaves out the fixes between these seconds; the time between those that are left does not count.
    #[must_use]
    pub fn ignoring(mut self, stretch: Stretch) -> Self {
        self.ignored.push(stretch);
        self
    }

    /// The recording with these cuts, and the seconds by which its start moved. `None` where fewer than two
    /// fixes would be left.
    pub fn apply(&self, recording: &Recording) -> Option<(Recording, f64)> {
        let time_s = &recording.fixes.time_s;
        let within = |[start_s, end_s]: Stretch, t: f64| (start_s..=end_s).contains(&t);
        let stays = |t: f64| {
            self.kept.is_none_or(|kept| within(kept, t)) && !self.ignored.iter().any(|cut| within(*cut, t))
        };
        let chosen: Vec<u32> = (0..time_s.len() as u32).filter(|fix| stays(time_s[*fix as usize])).collect();
        if chosen.len() < 2 {
            return None;
        }
        let from_s = time_s[chosen[0] as usize];
        let mut edited = recording.gather(&chosen, from_s);
        let cuts = chosen.windows(2).enumerate().filter(|(_, pair)| pair[1] > pair[0] + 1);
        edited.left_out.extend(cuts.map(|(place, _)| place + 1));
        edited.left_out.sort_unstable();
        edited.left_out.dedup();
        edited.breaks.extend(&edited.left_out);
        edited.breaks.sort_unstable();
        edited.breaks.dedup();
        if !self.is_empty() {
            edited.warnings.push(Warning { kind: WarningKind::Cut, count: self.count(), first: None });
        }
        Some((edited, from_s))
    }
}

/// The edits of one recording over time, with undo and redo.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct History {
    now: Edits,
    before: Vec<Edits>,
    undone: Vec<Edits>,
}

impl History {
    /// Edits that were made before, to be taken back one by one: first what was left out, then the trim.
    pub fn from_edits(edits: Edits) -> Self {
        let mut history = Self::default();
        let mut so_far = Edits { kept: edits.kept, ignored: Vec::new() };
        history.change(so_far.clone());
        for stretch in edits.ignored {
            so_far = so_far.ignoring(stretch);
            history.change(so_far.clone());
        }
        history
    }

    /// The edits in force.
    pub fn edits(&self) -> &Edits {
        &self.now
    }

    /// Puts other edits in force; what was undone is forgotten.
    pub fn change(&mut self, edits: Edits) {
        if edits != self.now {
            self.before.push(std::mem::replace(&mut self.now, edits));
            self.undone.clear();
        }
    }

    /// Takes the last change back. `false` where there is none.
    pub fn undo(&mut self) -> bool {
        let Some(edits) = self.before.pop() else { return false };
        self.undone.push(std::mem::replace(&mut self.now, edits));
        true
    }

    /// Puts the last undone change in force again. `false` where there is none.
    pub fn redo(&mut self) -> bool {
        let Some(edits) = self.undone.pop() else { return false };
        self.before.push(std::mem::replace(&mut self.now, edits));
        true
    }

    /// Puts edits in force that were in force before, as if by undo or redo; others are put in force as a change.
    pub fn go_to(&mut self, edits: &Edits) {
        if self.before.contains(edits) {
            while self.now != *edits && self.undo() {}
        } else if self.undone.contains(edits) {
            while self.now != *edits && self.redo() {}
        } else {
            self.change(edits.clone());
        }
    }

    /// Whether there is a change to take back.
    pub fn can_undo(&self) -> bool {
        !self.before.is_empty()
    }

    /// Whether there is an undone change.
    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recording::Fixes;

    fn recording() -> Recording {
        let time_s: Vec<f64> = (0..=100).map(f64::from).collect();
        Recording {
            breaks: vec![50],
            laps: vec![30, 80],
            ..Recording::from_fixes(
                "test",
                chrono::DateTime::UNIX_EPOCH,
                Fixes {
                    latitude_deg: time_s.iter().map(|t| t * 1e-5).collect(),
                    longitude_deg: vec![0.0; time_s.len()],
                    time_s,
                    ..Fixes::default()
                },
            )
        }
    }

    #[test]
    fn a_trimmed_run_begins_at_its_first_fix() {
        let (edited, moved_s) = Edits::default().trimmed_to([20.0, 70.0]).apply(&recording()).expect("a run");
        assert_eq!((edited.fixes.len(), edited.elapsed_s(), moved_s), (51, 50.0, 20.0));
        assert_eq!(edited.start.timestamp(), 20);
        assert_eq!((edited.breaks, edited.laps), (vec![30], vec![10]));
        assert_eq!(edited.fixes.latitude_deg[0], 20.0 * 1e-5);
        let said = edited.warnings.last().expect("the cut is told").notice();
        assert_eq!((said.code, said.count), ("cut", 1));
    }

    #[test]
    fn an_ignored_stretch_becomes_a_break() {
        let edits = Edits::default().ignoring([45.0, 55.0]).ignoring([90.0, 100.0]);
        let (edited, moved_s) = edits.apply(&recording()).expect("a run");
        assert_eq!((edited.fixes.len(), edited.elapsed_s(), moved_s), (79, 89.0, 0.0));
        assert_eq!(edited.breaks, [45], "the break inside the stretch is this one too");
        assert_eq!(edited.left_out_s().collect::<Vec<_>>(), [[44.0, 56.0]]);
        assert_eq!(edited.counted_s(), 77.0);
    }

    #[test]
    fn nothing_left_is_no_run() {
        assert_eq!(Edits::default().ignoring([0.0, 99.5]).apply(&recording()), None);
        assert_eq!(
            Edits::default().trimmed_to([0.0, 50.0]).trimmed_to([60.0, 90.0]).apply(&recording()),
            None
        );
    }

    #[test]
    fn changes_are_taken_back_and_forth() {
        let mut history = History::default();
        let trimmed = Edits::default().trimmed_to([1.0, 2.0]);
        history.change(trimmed.clone());
        history.change(trimmed.clone().ignoring([1.2, 1.4]));
        assert!(history.undo() && *history.edits() == trimmed && history.can_redo());
        assert!(history.redo() && history.undo() && history.undo() && !history.undo());
        assert!(history.edits().is_empty());
        history.change(Edits::default().ignoring([5.0, 6.0]));
        assert!(!history.can_redo(), "a new change forgets what was undone");
    }

    #[test]
    fn edits_from_before_are_taken_back_one_by_one() {
        let edits = Edits::default().ignoring([30.0, 40.0]).trimmed_to([20.0, 70.0]).ignoring([50.0, 60.0]);
        let mut history = History::from_edits(edits.clone());
        assert_eq!(*history.edits(), edits);
        for left in (0..3).rev() {
            assert!(history.undo());
            assert_eq!(history.edits().count(), left);
        }
        assert!(!history.can_undo());
        assert_eq!(History::from_edits(Edits::default()), History::default());
    }

    #[test]
    fn the_way_back_to_known_edits_is_undo_or_redo() {
        let steps: Vec<Edits> =
            (0..4).map(|k| Edits::default().ignoring([10.0 * f64::from(k), 40.0])).collect();
        let mut history = History::default();
        for edits in &steps {
            history.change(edits.clone());
        }
        history.go_to(&steps[1]);
        assert_eq!(*history.edits(), steps[1]);
        history.go_to(&steps[3]);
        assert!(*history.edits() == steps[3] && !history.can_redo());
        history.go_to(&Edits::default().trimmed_to([1.0, 2.0]));
        assert!(history.undo());
        assert_eq!(*history.edits(), steps[3]);
    }
}
