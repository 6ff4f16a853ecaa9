//! The program is killed at random moments: what it acknowledged is there, whole, and nothing else is broken.
//!
//! `SPINEPACE_KILLS=2000 cargo test --release --test library killed -- --nocapture` does it as often as that.

use std::{
    path::Path,
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use spinepace::library::{Filter, PersonId, Place, backups, look_into};

use crate::common::{gpx, open};

/// As often, unless the environment says otherwise.
const KILLS: usize = 60;

/// A few lines of Knuth's: the same moments every time, as far as a computer's clock allows.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

/// What the program has acknowledged so far.
#[derive(Default)]
struct Oracle {
    files: Vec<String>,
    notes: Vec<String>,
    people: Vec<String>,
    doses: Vec<String>,
    tags: Vec<String>,
}

impl Oracle {
    fn count(&self) -> usize {
        self.files.len() + self.notes.len() + self.people.len() + self.doses.len() + self.tags.len()
    }

    /// What is missing of it.
    fn lost(&self, home: &Path) -> Vec<String> {
        let library = open(home);
        let verified = library.verify().expect("verified");
        let mut lost = verified.problems;
        let runs = library.runs(&Filter::default()).expect("listed");
        let people = library.people().expect("listed");
        let notes = library.notes(PersonId::ME).expect("listed");
        let doses = library.doses(PersonId::ME).expect("listed");
        let missing = |wanted: &[String], there: &dyn Fn(&str) -> bool| {
            wanted.iter().filter(|it| !there(it)).cloned().collect::<Vec<_>>()
        };
        lost.extend(missing(&self.files, &|it| runs.iter().any(|run| run.file_name == it)));
        lost.extend(missing(&self.tags, &|it| runs.iter().any(|run| run.tags.iter().any(|tag| tag == it))));
        lost.extend(missing(&self.people, &|it| people.iter().any(|person| person.name == it)));
        lost.extend(missing(&self.notes, &|it| notes.iter().any(|note| note.text == it)));
        lost.extend(missing(&self.doses, &|it| doses.iter().any(|dose| dose.from.to_string() == it)));
        lost
    }
}

#[test]
fn what_was_acknowledged_survives_being_killed() {
    let kills = std::env::var("SPINEPACE_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(KILLS);
    let (home, files) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let mut random = Random(20_261_126);
    let (mut oracle, mut killed, mut asked) = (Oracle::default(), 0, 0);
    // As long as a command takes here, and again, so that a kill can meet any moment of it; the first may end.
    let mut longest_us = 0;
    while killed < kills {
        asked += 1;
        let what = format!("thing-{asked}");
        let kind = if asked == 1 { 0 } else { random.below(6) };
        let file = format!("{what}.gpx");
        let date = (chrono::NaiveDate::default() + chrono::Days::new(asked)).to_string();
        let arguments: Vec<String> = match kind {
            0 => {
                std::fs::write(
                    files.path().join(&file),
                    gpx(asked as usize % 30, 2, 1.0 + asked as f64 / 1e4),
                )
                .expect("a file");
                vec!["import".to_owned(), files.path().join(&file).display().to_string()]
            }
            1 => ["note", "add", &what].map(str::to_owned).into(),
            2 => ["person", "add", &what].map(str::to_owned).into(),
            3 => ["dose", "set", "40", "--from", &date].map(str::to_owned).into(),
            4 => ["change", "1", "--tag", &what].map(str::to_owned).into(),
            _ => vec!["backup".to_owned()],
        };
        let mut child = Command::new(env!("CARGO_BIN_EXE_spinepace"))
            .arg("library")
            .arg("--library")
            .arg(home.path())
            .args(&arguments)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let began = std::time::Instant::now();
        if asked > 1 {
            thread::sleep(Duration::from_micros(random.below(longest_us)));
            // Where it ended before, that is no error.
            let _ = child.kill();
        }
        let status = child.wait().expect("it ends");
        if asked == 1 {
            longest_us = 2 * began.elapsed().as_micros() as u64;
        }
        if status.success() {
            match kind {
                0 => oracle.files.push(file),
                1 => oracle.notes.push(what),
                2 => oracle.people.push(what),
                3 => oracle.doses.push(date),
                4 => oracle.tags.push(what),
                _ => {}
            }
        } else if status.code().is_none() {
            killed += 1;
            // A busy computer takes longer.
            longest_us += longest_us / 50;
        }
        if asked % 25 == 0 || killed == kills {
            let lost = oracle.lost(home.path());
            assert!(lost.is_empty(), "after {asked} commands, {killed} of them killed, lost: {lost:?}");
        }
    }
    for backup in backups(&Place::at(home.path())) {
        look_into(&backup.path).expect("every backup is whole");
    }
    println!("{} acknowledged, 0 lost, {killed} of {asked} commands killed", oracle.count());
    assert!(oracle.count() > 0, "nothing was acknowledged: the kills come too early");
}
