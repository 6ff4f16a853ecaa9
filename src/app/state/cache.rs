//! Pictures that are kept until what they depend on changes.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// So many are kept: a layout that is tried at several widths before it is settled asks for as many in turn.
const MOST: usize = 3;

/// The last things that were made, and of what, the latest last.
#[derive(Debug)]
pub struct Cache<K, V>(Mutex<Vec<(K, Arc<V>)>>);

impl<K, V> Default for Cache<K, V> {
    fn default() -> Self {
        Self(Mutex::new(Vec::new()))
    }
}

impl<K: PartialEq, V> Cache<K, V> {
    fn all(&self) -> MutexGuard<'_, Vec<(K, Arc<V>)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was made of the same before, or else what `make` makes.
    pub fn get(&self, of: K, make: impl FnOnce() -> V) -> Arc<V> {
        let mut kept = self.all();
        let found = kept.iter().position(|(key, _)| *key == of).map(|place| kept.remove(place));
        let (key, value) = found.unwrap_or_else(|| (of, Arc::new(make())));
        if kept.len() == MOST {
            kept.remove(0);
        }
        kept.push((key, Arc::clone(&value)));
        value
    }

    /// What they were made of, the latest last.
    pub fn of(&self) -> Vec<K>
    where
        K: Clone,
    {
        self.all().iter().map(|(key, _)| key.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_in_turn_is_made_once_and_no_more_than_a_few_are_kept() {
        let cache = Cache::<u32, u32>::default();
        let mut made = 0;
        for key in [1, 2, 3, 1, 2, 3, 1] {
            let value = cache.get(key, || {
                made += 1;
                key * 10
            });
            assert_eq!(*value, key * 10);
        }
        assert_eq!((made, cache.of()), (3, vec![2, 3, 1]));
        cache.get(4, || 40);
        assert_eq!(cache.of(), [3, 1, 4]);
    }
}
