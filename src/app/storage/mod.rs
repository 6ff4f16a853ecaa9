//! What is kept from one start to the next.

pub mod cuts;
pub mod recent;
pub mod settings;
mod writer;
