//! The program is killed at random moments, over everything that it does to a library: what it acknowledged is there,
//! whole, what it acknowledged as deleted is gone, and nothing else is broken.
//!
//! `SPINEPACE_KILLS=2000 cargo test --release --test library killed -- --nocapture` does it as often as that.

mod acknowledged;

use std::{
    collections::BTreeMap,
    path::PathBuf,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use spinepace::library::{Library, LibraryError, Place, backups, look_into_with};

use crate::common::{gpx, make_first_format, passcode, try_open, unlock};

use acknowledged::{State, Thing};

/// As often, unless the environment says otherwise.
const KILLS: usize = 60;

/// A few lines of Knuth's: the same moments every time, as far as a computer's clock allows.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end.max(1)
    }
}

/// What is done. Each has moments of its own to be killed at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Import,
    Note,
    Person,
    Dose,
    Tag,
    Bin,
    Delete,
    Backup,
    Copy,
    Restore,
    Migrate,
    Set,
    Change,
    NewKey,
    Remove,
    List,
}

/// How often each is done, in twenty-fourths.
const KINDS: [Kind; 24] = [
    Kind::Import,
    Kind::Import,
    Kind::Import,
    Kind::Note,
    Kind::Note,
    Kind::Person,
    Kind::Person,
    Kind::Dose,
    Kind::Tag,
    Kind::Bin,
    Kind::Delete,
    Kind::Backup,
    Kind::Copy,
    Kind::Restore,
    Kind::Restore,
    Kind::Migrate,
    Kind::Migrate,
    Kind::Set,
    Kind::Set,
    Kind::Set,
    Kind::Change,
    Kind::NewKey,
    Kind::Remove,
    Kind::Remove,
];

/// A copy made elsewhere, to be restored.
struct Saved {
    path: PathBuf,
    state: State,
    passcode: Option<String>,
}

struct Trial {
    home: tempfile::TempDir,
    files: tempfile::TempDir,
    random: Random,
    state: State,
    passcode: Option<String>,
    saved: Vec<Saved>,
    /// Each kind is killed within so long.
    longest_us: BTreeMap<Kind, u64>,
    asked: u64,
    killed: usize,
    acknowledged: usize,
}

/// What became of a command.
enum End {
    Done(Vec<u8>),
    Killed,
    Refused(String),
}

impl Trial {
    fn open(&self, passcode: Option<&str>) -> Result<Library, LibraryError> {
        match passcode {
            None => try_open(self.home.path()),
            Some(word) => unlock(self.home.path(), word),
        }
    }

    /// Runs a command, and kills it at a random moment unless it is the first of its kind.
    fn run(&mut self, kind: Kind, arguments: &[String], secrets: &[(&str, &str)]) -> End {
        let mut command = Command::new(env!("CARGO_BIN_EXE_spinepace"));
        command.args(["library", "--format", "json", "--library"]).arg(self.home.path()).args(arguments);
        command.envs(secrets.iter().copied()).stdin(Stdio::null());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let began = Instant::now();
        let mut child = command.spawn().expect("the program starts");
        let longest = self.longest_us.get(&kind).copied();
        let moment = longest.map_or(Duration::MAX, |us| Duration::from_micros(self.random.below(us)));
        // Where it ends before, it tells how long it takes.
        while began.elapsed() < moment && child.try_wait().expect("a child").is_none() {
            thread::sleep(Duration::from_micros(200).min(moment.saturating_sub(began.elapsed())));
        }
        let took = began.elapsed().as_micros() as u64;
        let _ = child.kill();
        let done = child.wait_with_output().expect("it ends");
        match done.status.code() {
            None => {
                self.killed += 1;
                // A library that grows takes longer: the end of a command must be met, too.
                let longest = self.longest_us.get_mut(&kind).expect("known");
                *longest += *longest / 40;
                End::Killed
            }
            Some(0) => {
                // Two of three are killed, as long as it takes no longer than the last time.
                self.longest_us.insert(kind, took + took / 2);
                End::Done(done.stdout)
            }
            Some(_) => End::Refused(String::from_utf8_lossy(&done.stderr).into_owned()),
        }
    }

    fn any_run(&mut self) -> Option<(String, u64)> {
        let place = self.random.below(self.state.runs.len() as u64) as usize;
        self.state.runs.iter().nth(place).map(|(file, run)| (file.clone(), *run))
    }

    fn step(&mut self) {
        self.asked += 1;
        let kind = if self.asked == 1 { Kind::Import } else { KINDS[self.random.below(24) as usize] };
        let what = format!("thing-{}", self.asked);
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        match kind {
            Kind::Import => {
                let name = format!("{what}.gpx");
                let path = self.files.path().join(&name);
                let content = gpx(self.asked as usize % 30, 2, 1.0 + self.asked as f64 / 1e4);
                std::fs::write(&path, content).expect("a file");
                let arguments = ["import".to_owned(), path.display().to_string()];
                if let End::Done(out) = self.usual(kind, &arguments) {
                    let receipt: serde_json::Value = serde_json::from_slice(&out).expect("JSON");
                    let run = receipt["files"][0]["run"].as_u64().expect("a run");
                    self.state.runs.insert(name.clone(), run);
                    self.state.added(("run", name));
                }
            }
            Kind::Note => {
                if let End::Done(_) = self.usual(kind, &words(&format!("note add {what}"))) {
                    self.state.added(("note", what));
                }
            }
            Kind::Person => {
                if let End::Done(_) = self.usual(kind, &words(&format!("person add {what}"))) {
                    self.state.added(("person", what));
                }
            }
            Kind::Dose => {
                let date = (chrono::NaiveDate::default() + chrono::Days::new(self.asked)).to_string();
                if let End::Done(_) = self.usual(kind, &words(&format!("dose set 40 --from {date}"))) {
                    self.state.added(("dose", date));
                }
            }
            Kind::Tag => {
                let Some((file, run)) = self.any_run() else { return };
                if let End::Done(_) = self.usual(kind, &words(&format!("change {run} --tag {what}"))) {
                    self.state.added(("tag", format!("{file} {what}")));
                }
            }
            Kind::Bin => {
                let Some((file, run)) = self.any_run() else { return };
                let thing = ("run", file);
                match self.usual(kind, &words(&format!("bin add {run}"))) {
                    End::Done(_) => self.state.removed(&thing),
                    _ => self.state.unknown(&thing),
                }
            }
            Kind::Delete => {
                let people: Vec<Thing> =
                    self.state.there.iter().filter(|(kind, _)| *kind == "person").cloned().collect();
                let place = self.random.below(people.len() as u64) as usize;
                let Some(thing) = people.get(place).cloned() else { return };
                match self.usual(kind, &words(&format!("delete {} --for-good", thing.1))) {
                    End::Done(_) => self.state.removed(&thing),
                    _ => self.state.unknown(&thing),
                }
            }
            Kind::Backup => drop(self.usual(kind, &["backup".to_owned()])),
            Kind::Copy => {
                let path = self.files.path().join(format!("{what}.db"));
                let arguments = ["backup".to_owned(), "-o".to_owned(), path.display().to_string()];
                if let End::Done(_) = self.usual(kind, &arguments) {
                    self.saved.push(Saved {
                        path,
                        state: self.state.clone(),
                        passcode: self.passcode.clone(),
                    });
                    let keep = self.saved.len().saturating_sub(5);
                    self.saved.drain(..keep);
                }
            }
            Kind::Restore => self.restore(),
            Kind::Migrate => {
                if self.passcode.is_some() || !make_first_format(self.home.path()) {
                    return;
                }
                // The first that opens it brings it to today's format.
                if let End::Done(_) = self.usual(kind, &words(&format!("note add {what}"))) {
                    self.state.added(("note", what));
                }
            }
            Kind::Set => self.passcode(kind, "set", Some(what)),
            Kind::Change => self.passcode(kind, "change", Some(what)),
            Kind::NewKey => self.passcode(kind, "change --new-key", Some(what)),
            Kind::Remove => self.passcode(kind, "remove", None),
            // Only what carries a change of the passcode to its end.
            Kind::List => {}
        }
    }

    /// A command that changes no passcode.
    fn usual(&mut self, kind: Kind, arguments: &[String]) -> End {
        let passcode = self.passcode.clone();
        let secrets: Vec<(&str, &str)> =
            passcode.as_deref().map(|word| ("SPINEPACE_PASSCODE", word)).into_iter().collect();
        let end = self.run(kind, arguments, &secrets);
        match &end {
            End::Refused(why) => panic!("{kind:?} {arguments:?}: {why}"),
            End::Done(_) => self.acknowledged += 1,
            End::Killed => {}
        }
        end
    }

    fn restore(&mut self) {
        let place = self.random.below(self.saved.len() as u64) as usize;
        let Some(saved) = self.saved.get(place) else { return };
        let (state, theirs, path) =
            (saved.state.clone(), saved.passcode.clone(), saved.path.display().to_string());
        let own = self.passcode.clone();
        let mut secrets = Vec::new();
        secrets.extend(own.as_deref().map(|word| ("SPINEPACE_PASSCODE", word)));
        secrets.extend(theirs.as_deref().map(|word| ("SPINEPACE_BACKUP_PASSCODE", word)));
        let arguments = ["restore".to_owned(), path, "--yes".to_owned()];
        let after = own.clone().or_else(|| theirs.clone());
        match self.run(Kind::Restore, &arguments, &secrets) {
            End::Refused(why) => panic!("restore: {why}"),
            End::Done(_) => {
                self.acknowledged += 1;
                (self.state, self.passcode) = (state, after);
            }
            End::Killed => {
                self.find_passcode(&[own, after]);
                let library = self.open(self.passcode.as_deref()).expect("a library");
                let (before, then) = (self.state.lost(&library), state.lost(&library));
                if !before.is_empty() {
                    assert!(then.is_empty(), "neither before {before:?} nor after the restore {then:?}");
                    self.state = state;
                }
            }
        }
    }

    fn passcode(&mut self, kind: Kind, command: &str, new: Option<String>) {
        if (kind == Kind::Set) == self.passcode.is_some() || cfg!(not(feature = "passcode")) {
            return;
        }
        // Of at least eight letters.
        let (old, new) = (self.passcode.clone(), new.map(|word| format!("passcode {word}")));
        let mut secrets = Vec::new();
        secrets.extend(old.as_deref().or(new.as_deref()).map(|word| ("SPINEPACE_PASSCODE", word)));
        secrets.extend(new.as_deref().map(|word| ("SPINEPACE_NEW_PASSCODE", word)));
        let arguments: Vec<String> = format!("passcode {command}").split(' ').map(str::to_owned).collect();
        match self.run(kind, &arguments, &secrets) {
            End::Refused(why) => panic!("{kind:?}: {why}"),
            End::Done(_) => {
                self.acknowledged += 1;
                self.passcode = new;
            }
            End::Killed => {
                // What carries it to its end may be killed, too.
                for word in [old.as_deref(), new.as_deref()].into_iter().flatten() {
                    if self.random.below(2) == 0 {
                        self.run(Kind::List, &["list".to_owned()], &[("SPINEPACE_PASSCODE", word)]);
                    }
                }
                self.find_passcode(&[old, new]);
            }
        }
        let library = self.open(self.passcode.as_deref()).expect("a library");
        let lost = self.state.lost(&library);
        assert!(lost.is_empty(), "{kind:?}: {lost:?}");
    }

    /// Which of these it is now.
    fn find_passcode(&mut self, of: &[Option<String>]) {
        // One without a passcode needs no guess.
        let mut of = of.to_vec();
        of.sort();
        of.dedup();
        let tries: Vec<_> = of.iter().map(|one| self.open(one.as_deref()).map(drop)).collect();
        let place =
            tries.iter().position(Result::is_ok).unwrap_or_else(|| panic!("neither opens: {tries:?}"));
        self.passcode = of.swap_remove(place);
    }

    fn check(&self) {
        let library = self.open(self.passcode.as_deref()).expect("a library");
        let lost = self.state.lost(&library);
        assert!(
            lost.is_empty(),
            "after {} commands, {} of them killed, lost: {lost:?}",
            self.asked,
            self.killed
        );
    }
}

#[test]
fn what_was_acknowledged_survives_being_killed() {
    let kills = std::env::var("SPINEPACE_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(KILLS);
    let mut trial = Trial {
        home: tempfile::tempdir().expect("a folder"),
        files: tempfile::tempdir().expect("a folder"),
        random: Random(20_261_126),
        state: State::default(),
        passcode: None,
        saved: Vec::new(),
        longest_us: BTreeMap::new(),
        asked: 0,
        killed: 0,
        acknowledged: 0,
    };
    let mut told = 0;
    while trial.killed < kills {
        trial.step();
        if trial.killed >= told + 100 {
            told = trial.killed;
            let (acknowledged, asked) = (trial.acknowledged, trial.asked);
            println!("so far {acknowledged} acknowledged, 0 lost, {told} of {asked} commands killed");
        }
        if trial.asked.is_multiple_of(25) {
            trial.check();
        }
    }
    trial.check();
    let place = Place::at(trial.home.path());
    let word = trial.passcode.as_deref().map(passcode);
    for backup in backups(&place) {
        look_into_with(&backup.path, &word.iter().collect::<Vec<_>>())
            .unwrap_or_else(|error| panic!("{}: {error}", backup.path.display()));
    }
    let (acknowledged, killed, asked) = (trial.acknowledged, trial.killed, trial.asked);
    println!("{acknowledged} acknowledged, 0 lost, {killed} of {asked} commands killed");
    assert!(acknowledged > 0, "nothing was acknowledged: the kills come too early");
}
