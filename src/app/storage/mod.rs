//! What is kept from one start to the next.

pub mod cuts;
pub mod settings;
