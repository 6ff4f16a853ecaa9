//! A person's weeks as one page to hand over.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};

use crate::{
    figure::Palette,
    render::report::{Day, Outcome, Period, PeriodWeek},
};

use super::{Filter, Library, LibraryError, PersonId, SESSION_S, Verdict, Week, trend};

impl Library {
    /// What a person did from the week of `from` to that of `to`, as the page shows it. `today` tells which week is not
    /// over; the note is left to whoever hands the page over.
    pub fn period(
        &self,
        who: PersonId,
        from: NaiveDate,
        to: NaiveDate,
        today: NaiveDate,
    ) -> Result<Period, LibraryError> {
        let weeks = self.weeks(who, from, to, today)?;
        let first = weeks.first().map(|week| week.monday);
        let filter = Filter { person: Some(who), from: first, ..Filter::default() };
        let mut days: HashMap<NaiveDate, Day> = HashMap::new();
        for run in self.runs(&filter)?.iter().filter(|run| run.same_as.is_none()) {
            let day = days.entry(run.day).or_default();
            if run.numbers.in_band_s >= SESSION_S {
                *day = Day::Session;
            } else if *day == Day::Free {
                *day = Day::Run;
            }
        }
        let over: Vec<Week> = weeks.iter().filter(|week| !week.unfinished).cloned().collect();
        let person = self.person(who)?;
        Ok(Period {
            colour: Palette::Print.person(&person.colour),
            name: person.name,
            remark: if self.is_demo()? { "a demo: nobody real".to_owned() } else { String::new() },
            edges: self.edges()?,
            trend_s: trend(&over).map(|trend| [trend.slope_s, trend.low_s, trend.high_s]),
            weeks: weeks.iter().map(|week| week_of(week, &days)).collect(),
            note: String::new(),
        })
    }
}

fn week_of(week: &Week, days: &HashMap<NaiveDate, Day>) -> PeriodWeek {
    let pains = [week.pain_before, week.pain_after, week.pain_day];
    let told = pains.iter().flatten().count();
    PeriodWeek {
        monday: week.monday,
        days: std::array::from_fn(|k| {
            days.get(&(week.monday + Days::new(k as u64))).copied().unwrap_or_default()
        }),
        runs: week.runs,
        in_band_s: week.in_band_s,
        interval_s: week.in_band_low_s.zip(week.in_band_high_s).map(|(low, high)| [low, high]),
        dose_s: week.dose.map(|dose| dose.minutes_per_week * 60.0),
        sessions_agreed: week.dose.and_then(|dose| dose.sessions_per_week),
        minutes: match week.minutes {
            Verdict::Done => Some(Outcome::Done),
            Verdict::NotDone => Some(Outcome::NotDone),
            Verdict::CannotTell => Some(Outcome::CannotTell),
            Verdict::StillOpen => Some(Outcome::StillOpen),
            Verdict::NoDose => None,
        },
        pain: (told > 0).then(|| pains.iter().flatten().fold(0.0, |sum, it| sum + it) / told as f64),
        is_unfinished: week.unfinished,
    }
}
