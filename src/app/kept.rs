//! A picture that is kept until what it depends on changes.

use std::sync::{Arc, Mutex, PoisonError};

/// The last thing that was made, and of what.
#[derive(Debug)]
pub struct Kept<K, V>(Mutex<Option<(K, Arc<V>)>>);

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<K: PartialEq, V> Kept<K, V> {
    /// What was made of the same before, or else what `make` makes.
    pub fn get(&self, of: K, make: impl FnOnce() -> V) -> Arc<V> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &*kept {
            Some((key, value)) if *key == of => Arc::clone(value),
            _ => {
                let value = Arc::new(make());
                *kept = Some((of, Arc::clone(&value)));
                value
            }
        }
    }

    /// What it was made of the last time.
    pub fn of(&self) -> Option<K>
    where
        K: Clone,
    {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).as_ref().map(|(key, _)| key.clone())
    }
}
