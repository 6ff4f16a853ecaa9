//! Folders that are watched, and days that were agreed on.

use std::{
    fs,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use spinepace::{
    library::{Dose, Filter, PersonChange, PersonId, Plan, Session, Watch, look_into},
    recording,
};

use crate::common::{day, gpx, gpx_at, import, make_first_format, open, runs_in};

#[test]
fn what_is_new_in_a_folder_is_added_once_it_has_settled() {
    let (base, files) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let home = base.path().join("library");
    runs_in(files.path(), 0..2);
    import(&mut open(&home), files.path(), PersonId::ME);
    fs::write(files.path().join("before.gpx"), gpx(5, 2, 1.7)).expect("a file");
    let mut child = Command::new(env!("CARGO_BIN_EXE_spinepace"))
        .args(["library", "watch", "--every", "0.2", "--library"])
        .arg(&home)
        .arg(files.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    // It holds the library only while it adds: others may look and write in between.
    let wait_for = |count: usize| {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_mins(2) {
            thread::sleep(Duration::from_millis(200));
            let runs = open(&home).runs(&Filter::default()).expect("listed").len();
            if runs == count {
                return true;
            }
        }
        false
    };
    let found = wait_for(3) && {
        fs::write(files.path().join("after.gpx"), gpx(6, 2, 1.7)).expect("a file");
        wait_for(4)
    };
    child.kill().expect("ended");
    child.wait().expect("ended");
    assert!(found, "what was there before, and what came after");
    let library = open(&home);
    assert_eq!(library.batches().expect("listed").len(), 3, "what is kept already makes no receipt");
    let mut watch = Watch::folders(vec![files.path().to_owned()]);
    assert_eq!((watch.look().len(), watch.look().len()), (0, 4));
    let sources = recording::sources(&[files.path().to_owned()]);
    assert_eq!(library.not_kept(sources).expect("compared").len(), 0);
}

#[test]
fn sessions_of_weekdays_are_held_against_the_runs_and_undone() {
    let (home, files) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let mut library = open(home.path());
    let name = PersonChange { name: Some("P-014".to_owned()), ..PersonChange::default() };
    let person = library.add_person(&name).expect("entered");
    // Monday 5 October: done. Thursday 8 October: one minute only. Friday: a session instead.
    for (file, minutes, first) in [
        ("mon.gpx", 8, "2026-10-05T07:00:00Z"),
        ("thu.gpx", 1, "2026-10-08T07:00:00Z"),
        ("fri.gpx", 8, "2026-10-09T07:00:00Z"),
    ] {
        fs::write(files.path().join(file), gpx_at(0, minutes, 1.7, first)).expect("a file");
    }
    import(&mut library, files.path(), person);
    let plan = Plan { from: day("2026-10-05"), weekdays: "mon,thu,sat".parse().expect("weekdays") };
    library.set_plan(person, plan).expect("agreed");
    let week = |library: &spinepace::library::Library| {
        let day_of = day("2026-10-07");
        library.calendar(person, day_of, day_of, day("2026-11-01")).expect("weeks").remove(0)
    };
    let of = |week: &spinepace::library::CalendarWeek| -> Vec<Option<Session>> {
        week.days.iter().map(|day| day.session).collect()
    };
    let seen = week(&library);
    let expected = [
        Some(Session::Done),
        None,
        None,
        Some(Session::Moved),
        Some(Session::Instead),
        Some(Session::Missed),
        None,
    ];
    assert_eq!(of(&seen), expected);
    assert_eq!((seen.agreed, seen.done, seen.moved, seen.missed, seen.days[3].runs), (3, 2, 1, 1, 1));
    // Saturday's is put off to Sunday, within its week alone and on a free day.
    let move_to = |library: &mut spinepace::library::Library, from: &str, to: &str| {
        library.move_session(person, day(from), day(to))
    };
    for (from, to) in
        [("2026-10-10", "2026-10-12"), ("2026-10-10", "2026-10-05"), ("2026-10-06", "2026-10-07")]
    {
        assert!(move_to(&mut library, from, to).is_err(), "{from} to {to}");
    }
    move_to(&mut library, "2026-10-10", "2026-10-11").expect("moved");
    let seen = week(&library);
    assert_eq!((seen.days[5].session, seen.days[5].other), (None, Some(day("2026-10-11"))));
    assert_eq!((seen.days[6].session, seen.days[6].other), (Some(Session::Missed), Some(day("2026-10-10"))));
    // From where it is now, back to its own day.
    move_to(&mut library, "2026-10-11", "2026-10-10").expect("moved back");
    assert_eq!(of(&week(&library)), expected);
    for _ in 0..2 {
        assert_eq!(library.undo().expect("undone").as_deref(), Some("edit"));
    }
    assert_eq!(
        (of(&week(&library)), library.session_moves(person).expect("listed")),
        (expected.to_vec(), vec![])
    );
    // Without weekdays the dose tells how many.
    assert_eq!(library.undo().expect("undone").as_deref(), Some("edit"));
    assert_eq!(library.plans(person).expect("listed"), []);
    let dose = Dose { from: day("2026-10-01"), minutes_per_week: 30.0, sessions_per_week: Some(3) };
    library.set_dose(person, dose).expect("agreed");
    let seen = week(&library);
    assert_eq!((seen.agreed, seen.done, seen.missed, seen.extra), (3, 2, 1, 0));
    library.set_plan(person, plan).expect("agreed");
    library.remove_plan(person, plan.from).expect("taken back");
    assert!(library.remove_plan(person, plan.from).is_err());
    assert_eq!(library.verify().expect("verified").problems, Vec::<String>::new());
}

#[test]
fn a_library_of_the_first_format_is_brought_up_to_date_after_a_copy() {
    let (home, files) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    runs_in(files.path(), 0..2);
    import(&mut open(home.path()), files.path(), PersonId::ME);
    assert!(make_first_format(home.path()));
    let mut library = open(home.path());
    let backup = spinepace::library::backups(library.place()).remove(0);
    let name = backup.path.file_name().expect("a name").to_string_lossy().into_owned();
    assert!(name.contains("format 1"), "{name}");
    let holds = look_into(&backup.path).expect("whole");
    assert_eq!((holds.format, holds.runs), (1, 2));
    let plan = Plan { from: day("2026-10-05"), weekdays: "tue".parse().expect("weekdays") };
    library.set_plan(PersonId::ME, plan).expect("agreed");
    assert_eq!(library.verify().expect("verified").problems, Vec::<String>::new());
    let place = library.place().clone();
    drop(library);
    let (holds, _) = spinepace::library::restore(&place, &backup.path).expect("restored");
    assert_eq!((holds.format, holds.runs), (3, 2), "and a backup of it, too");
}
