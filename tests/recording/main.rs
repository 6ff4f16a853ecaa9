//! Reading: odd files made here, real ones, damaged ones, and what another reader makes of them.

mod corpus;
mod fuzz;
mod odd;
mod oracle;
