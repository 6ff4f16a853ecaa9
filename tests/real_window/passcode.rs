//! What is left of a passcode in the program's memory.

use spinepace::library::{Access, Library, OpenOptions, Passcode, PersonChange, Place, RecoveryKey};

use crate::{
    alone,
    display::{Display, wait_for},
};

const PASSCODE: &str = "nine-slow-miles-uphill";

#[test]
fn a_passcode_that_was_typed_is_wiped_from_memory() {
    let _turn = alone();
    let display = Display::start(1600, 1000);
    let place = Place::at(display.home().join("spinepace/library"));
    let mut library = Library::open(place, OpenOptions { access: Access::Write }).expect("a library");
    let person = PersonChange { name: Some("P-014".to_owned()), ..PersonChange::default() };
    library.add_person(&person).expect("entered");
    let key = RecoveryKey::random().expect("a key");
    library.set_passcode(&Passcode::new(PASSCODE.to_owned()), &key).expect("encrypted");
    drop(library);
    let mut program = display.run(&[]);
    program.settle();
    display.hand(&["type", "--delay", "30", PASSCODE]);
    let typed = program.settle();
    typed.keep("passcode-typed");
    // While it stands in the form it is there, once or as often as the form is: so the search can find it.
    wait_for("the passcode in memory", || program.holds(PASSCODE).then_some(()));
    display.hand(&["key", "Return"]);
    wait_for("the open library", || (program.settle().differs(&typed) > 10_000).then_some(()));
    program.settle().keep("passcode-unlocked");
    assert!(!program.holds(PASSCODE), "the passcode still lies in memory");
    assert!(program.close().success());
}
