//! People, notes, pain, doses: what is written down is there at the next start, and can be taken back.

use spinepace::library::{Dose, Filter, LibraryError, PersonChange, PersonId, Verdict};

use crate::common::{day, gpx_at, import, open, runs_in};

fn named(name: &str) -> PersonChange {
    PersonChange { name: Some(name.to_owned()), ..PersonChange::default() }
}

#[test]
fn people_are_found_by_pseudonym_reference_and_number() {
    let home = tempfile::tempdir().expect("a folder");
    let mut library = open(home.path());
    let one = PersonChange { reference: Some("77-A".to_owned()), ..named(" P-014 ") };
    let id = library.add_person(&one).expect("entered");
    for which in ["P-014", "p-014", "77-A", &id.to_string()] {
        assert_eq!(library.find_person(which).expect("found"), id, "{which}");
    }
    assert!(matches!(library.add_person(&named("p-014")), Err(LibraryError::PersonExists(_))));
    assert!(matches!(library.add_person(&named("  ")), Err(LibraryError::Refused(_))));
    assert!(matches!(library.find_person("nobody"), Err(LibraryError::Unknown { .. })));
    library
        .change_person(id, &PersonChange { colour: Some("teal".to_owned()), ..Default::default() })
        .expect("ok");
    drop(library);
    let mut library = open(home.path());
    let kept = library.person(id).expect("kept");
    assert_eq!((kept.name.as_str(), kept.colour.as_str(), kept.is_me), ("P-014", "teal", false));
    assert_eq!(library.people().expect("listed")[0].id, PersonId::ME);
    library.bin_person(id).expect("moved");
    assert_eq!(library.people().expect("listed").len(), 1);
    let other = library.add_person(&named("P-014")).expect("the name is free");
    assert!(matches!(library.unbin_person(id), Err(LibraryError::PersonExists(_))));
    library.bin_person(other).expect("moved");
    library.unbin_person(id).expect("taken out");
    assert!(library.bin_person(PersonId::ME).is_err());
}

#[test]
fn runs_of_a_person_in_the_bin_are_in_the_bin() {
    let (home, files) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    runs_in(files.path(), 0..3);
    let mut library = open(home.path());
    let person = library.add_person(&named("AB")).expect("entered");
    import(&mut library, files.path(), PersonId::ME);
    let runs: Vec<_> = library.runs(&Filter::default()).expect("listed").iter().map(|run| run.id).collect();
    library.move_runs(&runs[..2], person).expect("moved");
    let of = |library: &spinepace::library::Library, person| {
        library.runs(&Filter { person: Some(person), ..Filter::default() }).expect("listed").len()
    };
    assert_eq!((of(&library, person), of(&library, PersonId::ME)), (2, 1));
    library.bin_person(person).expect("moved");
    assert_eq!(library.runs(&Filter::default()).expect("listed").len(), 1);
    library.undo().expect("undone");
    assert_eq!(of(&library, person), 2);
    library.undo().expect("undone");
    assert_eq!(of(&library, PersonId::ME), 3);
}

#[test]
fn notes_pain_and_tags_are_kept() {
    let (home, files) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    runs_in(files.path(), 0..2);
    let mut library = open(home.path());
    import(&mut library, files.path(), PersonId::ME);
    let run = library.runs(&Filter::default()).expect("listed")[0].id;
    let note =
        library.add_note(PersonId::ME, day("2026-10-28"), "dose raised from 40 to 60 min").expect("noted");
    library.change_note(note, "dose raised").expect("changed");
    library.pain_of_day(PersonId::ME, day("2026-10-29"), Some(3)).expect("noted");
    library.pain_of_day(PersonId::ME, day("2026-10-29"), Some(5)).expect("noted");
    assert!(library.pain_of_day(PersonId::ME, day("2026-10-29"), Some(11)).is_err());
    library.pain_of_run(run, Some(3), None).expect("noted");
    library.tag(&[run], "riverside").expect("tagged");
    drop(library);
    let mut library = open(home.path());
    assert_eq!(library.notes(PersonId::ME).expect("listed")[0].text, "dose raised");
    assert_eq!(library.day_pains(PersonId::ME).expect("listed")[0].level, 5);
    assert_eq!(library.tags().expect("listed"), [("riverside".to_owned(), 1)]);
    let by = |filter: Filter| library.runs(&filter).expect("listed").len();
    assert_eq!(by(Filter { tag: Some("riverside".to_owned()), ..Filter::default() }), 1);
    assert_eq!(by(Filter { text: Some("RUN 1 gpx".to_owned()), ..Filter::default() }), 1);
    assert_eq!(
        by(Filter { from: Some(day("2026-10-01")), to: Some(day("2026-10-01")), ..Filter::default() }),
        2
    );
    assert_eq!(by(Filter { from: Some(day("2026-10-02")), ..Filter::default() }), 0);
    library.bin_note(note).expect("moved");
    assert_eq!(library.notes(PersonId::ME).expect("listed"), []);
    assert_eq!(library.notes_in_bin(PersonId::ME).expect("listed").len(), 1);
    library.unbin_note(note).expect("taken out");
    assert_eq!(library.notes(PersonId::ME).expect("listed").len(), 1);
}

#[test]
fn who_never_ran_is_held_against_the_dose_without_a_trend() {
    let home = tempfile::tempdir().expect("a folder");
    let mut library = open(home.path());
    let person = library.add_person(&named("P-014")).expect("entered");
    let today = day("2026-11-26");
    let counted = |library: &spinepace::library::Library| {
        let overview = library.overview(person, today).expect("a page");
        assert!(overview.trend.is_none() && overview.done_weeks == 0, "{overview:?}");
        overview.dosed_weeks
    };
    assert_eq!(counted(&library), 0, "nothing is agreed");
    let dose = |from: &str| Dose { from: day(from), minutes_per_week: 60.0, sessions_per_week: None };
    library.set_dose(person, dose("2026-11-23")).expect("agreed");
    assert_eq!(counted(&library), 0, "this week is not over");
    library.set_dose(person, dose("2026-09-01")).expect("agreed");
    assert_eq!(counted(&library), 8);
    let page = library.period(person, day("2026-09-01"), today, today).expect("a page");
    assert_eq!(page.trend_s, None, "nothing rises or falls where nobody ran");
}

#[test]
fn weeks_are_held_against_the_dose_that_was_agreed_for_them() {
    let (home, files) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    // Two runs of 30 minutes in the week of 12 October, one in that of the 26th; none between.
    for (number, first) in
        [(0, "2026-10-13T07:00:00Z"), (1, "2026-10-14T02:00:00Z"), (2, "2026-10-28T07:00:00Z")]
    {
        std::fs::write(files.path().join(format!("{number}.gpx")), gpx_at(number, 30, 1.6, first))
            .expect("a file");
    }
    let mut library = open(home.path());
    let person = library.add_person(&named("P-014")).expect("entered");
    import(&mut library, files.path(), person);
    let dose =
        |from: &str, minutes| Dose { from: day(from), minutes_per_week: minutes, sessions_per_week: Some(2) };
    library.set_dose(person, dose("2026-10-05", 40.0)).expect("agreed");
    library.set_dose(person, dose("2026-10-26", 60.0)).expect("agreed");
    assert!(library.set_dose(person, dose("2026-10-26", -1.0)).is_err());
    let weeks =
        library.weeks(person, day("2026-10-05"), day("2026-10-30"), day("2026-10-30")).expect("weeks");
    let told: Vec<_> = weeks.iter().map(|week| (week.week.as_str(), week.runs, week.minutes)).collect();
    assert_eq!(
        told,
        [
            ("2026-W41", 0, Verdict::NotDone),
            ("2026-W42", 2, Verdict::Done),
            ("2026-W43", 0, Verdict::NotDone),
            ("2026-W44", 1, Verdict::StillOpen),
        ]
    );
    assert_eq!((weeks[1].sessions_done, weeks[3].sessions_done), (Verdict::Done, Verdict::StillOpen));
    assert_eq!(weeks[3].dose.map(|dose| dose.minutes_per_week), Some(60.0));
    // The interval of the sum is narrower than the sum of the intervals.
    let runs = library.runs(&Filter { to: Some(day("2026-10-15")), ..Filter::default() }).expect("listed");
    let half = |low: Option<f64>, mid: f64| mid - low.expect("an interval");
    let both: f64 =
        runs.iter().map(|run| half(run.numbers.in_band_low_s, run.numbers.in_band_s).powi(2)).sum();
    assert!((half(weeks[1].in_band_low_s, weeks[1].in_band_s) - both.sqrt()).abs() < 1e-6);
    let overview = library.overview(person, day("2026-10-30")).expect("a page");
    assert_eq!((overview.done_weeks, overview.dosed_weeks, overview.runs_since_visit), (1, 2, 3));
    library.visit(person).expect("noted");
    assert_eq!(library.overview(person, day("2026-10-30")).expect("a page").runs_since_visit, 0);
    library.remove_dose(person, day("2026-10-26")).expect("taken back");
    assert_eq!(library.doses(person).expect("listed").len(), 1);
    library.undo().expect("undone");
    assert_eq!(library.doses(person).expect("listed").len(), 2);
}
