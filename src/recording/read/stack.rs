//! The elements that are open, for documents whose tags may not match.

/// Elements with a meaning never nest deeper than this; deeper ones count as without.
const DEEPEST: usize = 64;

/// What is open, outermost first. Elements without meaning, for which `other` stands, are only counted.
pub(super) struct Stack<E> {
    /// Each element with the number of others open right inside it.
    open: Vec<(E, usize)>,
    other: E,
}

/// A closing tag that does not belong to the innermost open element.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mismatch;

impl<E: Copy + PartialEq> Stack<E> {
    pub(super) fn new(other: E) -> Self {
        let mut open = Vec::with_capacity(DEEPEST);
        open.push((other, 0));
        Self { open, other }
    }

    /// The innermost open element.
    pub(super) fn top(&self) -> Option<E> {
        match self.open.last() {
            Some((element, 0)) if self.open.len() > 1 => Some(*element),
            Some((_, 0)) | None => None,
            Some(_) => Some(self.other),
        }
    }

    pub(super) fn contains(&self, element: E) -> bool {
        self.open[1..].iter().any(|(open, _)| *open == element)
    }

    pub(super) fn open(&mut self, element: E) {
        if element != self.other && self.open.len() <= DEEPEST {
            self.open.push((element, 0));
        } else if let Some((_, others)) = self.open.last_mut() {
            *others += 1;
        }
    }

    /// Closes `element` and whatever was left open inside it; an element that is not open stays so.
    pub(super) fn close(&mut self, element: E) -> Result<(), Mismatch> {
        let full = self.open.len() > DEEPEST;
        match self.open.last_mut() {
            Some((_, others)) if *others > 0 && (element == self.other || full) => *others -= 1,
            Some((top, 0)) if *top == element && element != self.other => {
                self.open.pop();
            }
            _ => {
                if element != self.other {
                    self.leave(element);
                }
                return Err(Mismatch);
            }
        }
        Ok(())
    }

    /// Closes `element` if it is open; says whether it was.
    pub(super) fn leave(&mut self, element: E) -> bool {
        let found = self.open[1..].iter().rposition(|(open, _)| *open == element);
        if let Some(depth) = found {
            self.open.truncate(depth + 1);
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
        (0..1_000).for_each(|_| stack.open('b'));
        (0..1_000).for_each(|_| assert_eq!(stack.close('b'), Ok(())));
        assert_eq!((stack.top(), stack.close('a'), stack.top()), (Some('a'), Ok(()), None));
    }

    #[test]
    fn a_mismatch_closes_what_is_inside_or_nothing() {
        let mut stack = Stack::new('.');
        "ab.".chars().for_each(|element| stack.open(element));
        assert_eq!((stack.close('x'), stack.top()), (Err(Mismatch), Some('.')));
        assert_eq!((stack.close('b'), stack.top()), (Err(Mismatch), Some('a')));
        assert_eq!((stack.close('.'), stack.top()), (Err(Mismatch), Some('a')));
        assert_eq!((stack.leave('a'), stack.leave('a'), stack.top()), (true, false, None));
    }
}
