//! Stays: a run as a series of stretches in one state each.

use crate::motion::Steps;

use super::{Edges, Probabilities, State, TimeRange, Totals, probabilities, totals};

/// A stay shorter than this belongs to its surroundings, s.
const SHORTEST_S: f64 = 10.0;

/// A stay in one state of at least 10 s; blocks follow each other without a hole.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Block {
    /// The likeliest state of most of it.
    pub state: State,
    /// Seconds since the recording's start.
    pub start_s: f64,
    /// Seconds since the recording's start.
    pub end_s: f64,
}

impl Block {
    /// Seconds.
    pub fn duration_s(&self) -> f64 {
        self.end_s - self.start_s
    }

    /// When.
    pub fn range(&self) -> TimeRange {
        TimeRange { start_s: self.start_s, end_s: self.end_s }
    }
}

/// The blocks of a time line. One shorter than 10 s in all is one block.
pub fn blocks(steps: &Steps, edges: Edges) -> Vec<Block> {
    blocks_with(steps, |index| probabilities(steps, index, edges))
}

/// The same with probabilities that are known already.
pub(super) fn blocks_with(steps: &Steps, probabilities: impl Fn(usize) -> Probabilities) -> Vec<Block> {
    let mut stays = Stays::default();
    for index in 0..steps.len() {
        stays.add(steps, index, &probabilities(index));
    }
    stays.blocks(steps, || totals::totals_with(steps, TimeRange::ALL, &probabilities))
}

/// Stays of any length in one state, found step by step.
#[derive(Debug, Default)]
pub(super) struct Stays(Vec<Block>);

impl Stays {
    /// Goes on with the next step.
    pub(super) fn add(&mut self, steps: &Steps, index: usize, chance: &Probabilities) {
        let start_s = steps.start_s[index];
        let end_s = start_s + f64::from(steps.duration_s[index]);
        append(&mut self.0, Block { state: chance.likeliest(), start_s, end_s });
    }

    /// The blocks that they make; `whole` tells the totals of all steps.
    pub(super) fn blocks(self, steps: &Steps, whole: impl FnOnce() -> Totals) -> Vec<Block> {
        let mut blocks: Vec<Block> = Vec::new();
        let mut waiting_from = None;
        for stay in self.0 {
            if stay.duration_s() >= SHORTEST_S {
                // Short stays before the first long one are its beginning.
                let start_s = waiting_from.take().unwrap_or(stay.start_s);
                append(&mut blocks, Block { start_s, ..stay });
            } else if let Some(last) = blocks.last_mut() {
                last.end_s = stay.end_s;
            } else {
                waiting_from.get_or_insert(stay.start_s);
            }
        }
        if let (true, Some(start_s)) = (blocks.is_empty(), waiting_from) {
            let whole = whole();
            let state = if whole.in_band_s >= whole.faster_s.max(whole.standing_s) {
                State::InBand
            } else if whole.faster_s >= whole.standing_s {
                State::Faster
            } else {
                State::Standing
            };
            blocks.push(Block { state, start_s, end_s: steps.elapsed_s() });
        }
        blocks
    }
}

/// Adds a stay, as part of the last one where the state is the same.
fn append(blocks: &mut Vec<Block>, next: Block) {
    match blocks.last_mut() {
        Some(last) if last.state == next.state => last.end_s = next.end_s,
        _ => blocks.push(next),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::band::fixture::steps_of;

    #[test]
    fn short_stays_belong_to_their_surroundings() {
        let steps = steps_of(&[(5, 3.0), (20, 1.5), (5, 3.0), (20, 1.5), (30, 3.0), (4, 1.5)]);
        let found = blocks(&steps, Edges::default());
        let shape: Vec<_> = found.iter().map(|b| (b.state, b.start_s, b.end_s)).collect();
        assert_eq!(shape, [(State::InBand, 0.0, 50.0), (State::Faster, 50.0, 84.0)]);
    }

    #[test]
    fn a_very_short_run_is_one_block() {
        let found = blocks(&steps_of(&[(3, 3.0), (4, 1.5)]), Edges::default());
        assert_eq!(found, [Block { state: State::InBand, start_s: 0.0, end_s: 7.0 }]);
    }
}
