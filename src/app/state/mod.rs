//! What the window knows: the open runs, what is shown of them, what a person looks at.

pub mod cache;
pub mod play;
pub mod run;
pub mod summary_text;
pub mod view;
