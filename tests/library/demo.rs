use std::fs;

use chrono::Days;
use spinepace::library::{Library, PersonChange, PersonId, Place, Verdict};

use crate::common::{day, gpx, import, open};

#[test]
fn the_demo_shows_eight_weeks_and_takes_nobody_real() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path().join("demo");
    let today = day("2026-11-25");
    let library = Library::make_demo(Place::at(&home), today).expect("a demo");
    let patient = library.find_person("DEMO-1").expect("the patient");
    let weeks = library.weeks(patient, today - Days::new(56), today, today).expect("weeks");
    assert_eq!(weeks.len(), 9);
    let verdicts: Vec<_> = weeks.iter().map(|week| week.minutes).collect();
    assert!(verdicts.contains(&Verdict::Done) && verdicts.contains(&Verdict::NotDone), "{verdicts:?}");
    let slope = library.overview(patient, today).expect("an overview").trend.expect("a trend");
    assert!(slope.low_s > 0.0, "it gets better: {slope:?}");
    assert!(
        library
            .runs(&spinepace::library::Filter::default())
            .expect("runs")
            .iter()
            .all(|run| run.tags == ["demo"])
    );
    assert!(library.verify().expect("verified").problems.is_empty());
    drop(library);
    // Never mixed.
    let mut library = open(&home);
    assert!(library.is_demo().expect("told"));
    let person = PersonChange { name: Some("P-014".to_owned()), ..PersonChange::default() };
    assert!(library.add_person(&person).is_err());
    let file = folder.path().join("real.gpx");
    fs::write(&file, gpx(1, 2, 1.7)).expect("a file");
    let sources = spinepace::recording::sources(&[file]);
    let refused = library.import(&sources, PersonId::ME, &false.into(), &mut |_| ());
    assert!(refused.expect_err("refused").to_string().contains("demo"));
    drop(library);
    assert!(Library::make_demo(Place::at(&home), today).is_err(), "a second in the same place");
    let own = folder.path().join("own");
    assert!(!open(&own).is_demo().expect("told"));
    import(&mut open(&own), &folder.path().join("real.gpx"), PersonId::ME);
}
