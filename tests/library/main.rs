//! What the library promises, tried on its public face.

mod commands;
mod common;
mod demo;
mod erase;
mod failing_disk;
mod imports;
mod keeping;
mod killed;
mod offline;
mod passcode;
mod people;
mod watching;
