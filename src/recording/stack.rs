//! The elements that are open, for documents whose tags may not match.

/// Deeper elements are counted, not kept.
const DEEPEST: usize = 64;

/// What is open, outermost first. `other` stands for all elements without meaning.
pub(super) struct Stack<E> {
    open: Vec<E>,
    other: E,
    deeper: usize,
}

/// A closing tag that does not belong to the innermost open element.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mismatch;

impl<E: Copy + PartialEq> Stack<E> {
    pub(super) fn new(other: E) -> Self {
        Self { open: Vec::with_capacity(DEEPEST), other, deeper: 0 }
    }

    /// The innermost open element.
    pub(super) fn top(&self) -> Option<E> {
        if self.deeper > 0 { Some(self.other) } else { self.open.last().copied() }
    }

    pub(super) fn contains(&self, element: E) -> bool {
        self.open.contains(&element)
    }

    pub(super) fn open(&mut self, element: E) {
        if self.open.len() < DEEPEST && self.deeper == 0 {
            self.open.push(element);
        } else {
            self.deeper += 1;
        }
    }

    /// Closes `element` and whatever was left open inside it; an element that is not open stays so.
    pub(super) fn close(&mut self, element: E) -> Result<(), Mismatch> {
        if self.top() == Some(element) {
            if self.deeper > 0 {
                self.deeper -= 1;
            } else {
                self.open.pop();
            }
            return Ok(());
        }
        if element != self.other {
            self.leave(element);
        }
        Err(Mismatch)
    }

    /// Closes `element` if it is open; says whether it was.
    pub(super) fn leave(&mut self, element: E) -> bool {
        let found = self.open.iter().rposition(|open| *open == element);
        if let Some(depth) = found {
            self.open.truncate(depth);
            self.deeper = 0;
        }
        found.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matching_tags_nest_to_any_depth() {
        let mut stack = Stack::new('.');
        stack.open('a');
        (0..1_000_000).for_each(|_| stack.open('.'));
        (0..1_000_000).for_each(|_| assert_eq!(stack.close('.'), Ok(())));
        assert_eq!((stack.top(), stack.close('a'), stack.top()), (Some('a'), Ok(()), None));
    }

    #[test]
    fn a_mismatch_closes_what_is_inside_or_nothing() {
        let mut stack = Stack::new('.');
        "ab.".chars().for_each(|element| stack.open(element));
        assert_eq!((stack.close('x'), stack.top()), (Err(Mismatch), Some('.')));
        assert_eq!((stack.close('b'), stack.top()), (Err(Mismatch), Some('a')));
        assert_eq!((stack.close('.'), stack.top()), (Err(Mismatch), Some('a')));
    }
}
