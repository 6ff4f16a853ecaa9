//! A person's days: sessions that were agreed, done, missed and moved to another day of their week.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use serde::Serialize;

use super::{
    Dose, Library, LibraryError, PersonId,
    moves::SessionMove,
    plan::Plan,
    runs::day_of,
    weeks::{SESSION_S, monday_of},
    written,
};

/// What a day is in the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Session {
    /// A session was agreed for it, and done.
    Done,
    /// One was agreed for it, and done on another day of the week that had none.
    Moved,
    /// One was agreed for it, and not done.
    Missed,
    /// One is agreed for it, and may still be done.
    Planned,
    /// None was agreed for it, but the session of another day was done.
    Instead,
    /// None was agreed for it; one was done all the same.
    Extra,
}

/// One day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CalendarDay {
    /// The day.
    #[serde(serialize_with = "written::day")]
    pub day: NaiveDate,
    /// What it is in the plan; `None` where nothing was agreed or done.
    pub session: Option<Session>,
    /// For a moved session the day on which it was done, for the one instead of it the day that it was agreed for. Until
    /// it is done, the same of a session that is to be done on another day: the day that it left has none then.
    #[serde(serialize_with = "written::day_or_null")]
    pub other: Option<NaiveDate>,
    /// Runs.
    pub runs: usize,
    /// In band, s.
    pub in_band_s: f64,
    /// The day's pain, told apart from runs.
    pub pain: Option<u8>,
}

/// One week, Monday to Sunday.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CalendarWeek {
    /// Its Monday.
    #[serde(serialize_with = "written::day")]
    pub monday: NaiveDate,
    /// Sessions that were agreed: by weekdays, or else so many a week.
    pub agreed: usize,
    /// Agreed and done, on their day or another.
    pub done: usize,
    /// Of these, on another day than agreed.
    pub moved: usize,
    /// Agreed and not done.
    pub missed: usize,
    /// Done beyond what was agreed.
    pub extra: usize,
    /// Its days.
    pub days: Vec<CalendarDay>,
}

impl Library {
    /// A person's weeks from that of `from` to that of `to`, day by day. A session is a run with at least five minutes
    /// in band; a day has one at most.
    pub fn calendar(
        &self,
        person: PersonId,
        from: NaiveDate,
        to: NaiveDate,
        today: NaiveDate,
    ) -> Result<Vec<CalendarWeek>, LibraryError> {
        let (first, end) = (monday_of(from), monday_of(to) + Days::new(7));
        let plans = self.plans(person)?;
        let moves = self.session_moves(person)?;
        let doses = self.doses(person)?;
        let pains = self.day_pains(person)?;
        let mut runs = self.db.prepare_cached(
            "SELECT day, count(*), sum(in_band_s), max(in_band_s) FROM run WHERE person_id = ?1 AND day >= ?2
             AND day < ?3 AND binned_us IS NULL AND same_as IS NULL GROUP BY day ORDER BY day",
        )?;
        let runs = runs.query_map((person.0, first.to_string(), end.to_string()), |row| {
            let (count, sum, longest): (i64, f64, f64) = (row.get(1)?, row.get(2)?, row.get(3)?);
            Ok((day_of(row, "day")?, (count as usize, sum, longest >= SESSION_S)))
        })?;
        let runs: HashMap<_, _> = runs.collect::<Result<_, _>>()?;
        let mut weeks = Vec::new();
        let mut monday = first;
        while monday < end {
            let dates: Vec<NaiveDate> = (0..7).map(|day| monday + Days::new(day)).collect();
            let done = dates
                .iter()
                .map(|day| runs.get(day).is_some_and(|(.., session)| *session))
                .collect::<Vec<_>>();
            let agreed = dates.iter().map(|day| Plan::asks_for(&plans, *day)).collect::<Vec<_>>();
            let by_days = agreed.contains(&true);
            let sessions = match by_days {
                true => by_weekday(&agreed, &done, &dates, &moves, today),
                false => by_number(&done),
            };
            let number = (!by_days).then(|| number_of(&doses, monday + Days::new(6)));
            let days = dates.iter().zip(sessions).map(|(day, (session, other))| {
                let (runs, in_band_s, _) = runs.get(day).copied().unwrap_or_default();
                let pain = pains.iter().find(|pain| pain.day == *day).map(|pain| pain.level);
                CalendarDay { day: *day, session, other, runs, in_band_s, pain }
            });
            weeks.push(week(monday, days.collect(), number, today));
            monday = monday + Days::new(7);
        }
        Ok(weeks)
    }
}

type OfDay = (Option<Session>, Option<NaiveDate>);

/// The sessions of a week whose days were agreed, those that were moved on their new day, unless they were done on their
/// own.
fn by_weekday(
    agreed: &[bool],
    done: &[bool],
    dates: &[NaiveDate],
    moves: &[SessionMove],
    today: NaiveDate,
) -> Vec<OfDay> {
    let place = |day: NaiveDate| dates.iter().position(|it| *it == day);
    let moved: Vec<(usize, usize)> = moves
        .iter()
        .filter_map(|it| place(it.from).zip(place(it.to)))
        .filter(|(from, _)| agreed[*from] && !done[*from])
        .collect();
    let mut asked = agreed.to_vec();
    for (from, _) in &moved {
        asked[*from] = false;
    }
    for (_, to) in &moved {
        asked[*to] = true;
    }
    let mut days = on_days(&asked, done, dates, today);
    for (from, to) in moved {
        if days[from] != (None, None) {
            // Another's is done here by now.
            continue;
        }
        match days[to].0 {
            Some(Session::Done) => {
                days[from] = (Some(Session::Moved), Some(dates[to]));
                days[to] = (Some(Session::Instead), Some(dates[from]));
            }
            Some(Session::Planned | Session::Missed) => {
                (days[from].1, days[to].1) = (Some(dates[to]), Some(dates[from]));
            }
            _ => {}
        }
    }
    days
}

/// The sessions of a week: each on its day, else on the nearest free day of the week, else missed or still to come.
fn on_days(agreed: &[bool], done: &[bool], dates: &[NaiveDate], today: NaiveDate) -> Vec<OfDay> {
    let mut days: Vec<OfDay> = agreed
        .iter()
        .zip(done)
        .map(|(agreed, done)| match (agreed, done) {
            (true, true) => (Some(Session::Done), None),
            (true, false) => (Some(Session::Planned), None),
            (false, true) => (Some(Session::Extra), None),
            (false, false) => (None, None),
        })
        .collect();
    for day in 0..days.len() {
        if days[day].0 != Some(Session::Planned) {
            continue;
        }
        let free = (0..days.len()).filter(|other| days[*other].0 == Some(Session::Extra));
        match free.min_by_key(|other| other.abs_diff(day)) {
            Some(other) => {
                days[day] = (Some(Session::Moved), Some(dates[other]));
                days[other] = (Some(Session::Instead), Some(dates[day]));
            }
            None if dates[day] < today => days[day].0 = Some(Session::Missed),
            None => {}
        }
    }
    days
}

/// The sessions of a week in which only their number was agreed, if anything was.
fn by_number(done: &[bool]) -> Vec<OfDay> {
    done.iter().map(|done| (done.then_some(Session::Done), None)).collect()
}

/// How many sessions a week were agreed, by the dose of its Sunday.
fn number_of(doses: &[Dose], sunday: NaiveDate) -> usize {
    let dose = doses.iter().rfind(|dose| dose.from <= sunday);
    dose.and_then(|dose| dose.sessions_per_week).map_or(0, usize::from)
}

/// The week of these days; `number` is how many sessions were agreed where no days were.
fn week(
    monday: NaiveDate,
    mut days: Vec<CalendarDay>,
    number: Option<usize>,
    today: NaiveDate,
) -> CalendarWeek {
    if let Some(number) = number {
        // The first of them are those that were agreed.
        for day in days.iter_mut().filter(|day| day.session.is_some()).skip(number) {
            day.session = Some(Session::Extra);
        }
    }
    let count = |session| days.iter().filter(|day| day.session == Some(session)).count();
    let (on_day, moved, planned) = (count(Session::Done), count(Session::Moved), count(Session::Planned));
    let done = on_day + moved;
    let over = today > monday + Days::new(6);
    let (agreed, missed) = match number {
        Some(number) => (number, if over { number.saturating_sub(done) } else { 0 }),
        None => {
            let missed = count(Session::Missed);
            (done + missed + planned, missed)
        }
    };
    CalendarWeek { monday, agreed, done, moved, missed, extra: count(Session::Extra), days }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates() -> Vec<NaiveDate> {
        let monday: NaiveDate = "2026-11-09".parse().expect("a day");
        (0..7).map(|day| monday + Days::new(day)).collect()
    }

    /// Of each day by its first letter: `x` for what is on it.
    fn marks(text: &str) -> Vec<bool> {
        text.chars().map(|mark| mark == 'x').collect()
    }

    fn sessions(agreed: &str, done: &str, today: usize) -> (String, CalendarWeek) {
        let dates = dates();
        let today = dates[0] + Days::new(today as u64);
        let days = by_weekday(&marks(agreed), &marks(done), &dates, &[], today);
        (letters(&days), week(dates[0], of(&days), None, today))
    }

    fn letters(days: &[OfDay]) -> String {
        let letter = |session: Option<Session>| match session {
            None => '.',
            Some(Session::Done) => 'D',
            Some(Session::Moved) => 'M',
            Some(Session::Missed) => '-',
            Some(Session::Planned) => 'P',
            Some(Session::Instead) => 'I',
            Some(Session::Extra) => 'E',
        };
        days.iter().map(|(session, _)| letter(*session)).collect()
    }

    fn of(days: &[OfDay]) -> Vec<CalendarDay> {
        let day = |(day, (session, other)): (NaiveDate, &OfDay)| CalendarDay {
            day,
            session: *session,
            other: *other,
            runs: 0,
            in_band_s: 0.0,
            pain: None,
        };
        dates().into_iter().zip(days).map(day).collect()
    }

    #[test]
    fn a_session_is_done_moved_within_its_week_missed_or_still_to_come() {
        let on = |agreed, done, today| sessions(agreed, done, today).0;
        assert_eq!(on("x.x.x..", "x.x.x..", 7), "D.D.D..");
        assert_eq!(on("x.x.x..", "x..x...", 7), "D.MI-..");
        assert_eq!(on("x.x.x..", "x..x...", 4), "D.MIP..");
        assert_eq!(on("x.x.x..", "......x", 7), "M.-.-.I");
        assert_eq!(on("x......", ".x.x...", 7), "MI.E...");
        assert_eq!(on("...x...", "..x.x..", 7), "..IME..");
        assert_eq!(on("x.x....", ".......", 0), "P.P....", "today is not over");
        let (_, week) = sessions("x.x.x..", "x..x..x", 7);
        assert_eq!((week.agreed, week.done, week.moved, week.missed, week.extra), (3, 3, 2, 0, 0));
        assert_eq!(week.days[2].other, Some(dates()[3]));
        assert_eq!(week.days[3].other, Some(dates()[2]));
    }

    #[test]
    fn a_session_that_was_moved_waits_on_its_new_day() {
        let dates = dates();
        let on = |done: &str, today: usize| {
            let moves = [SessionMove { from: dates[2], to: dates[3] }];
            let today = dates[0] + Days::new(today as u64);
            by_weekday(&marks("x.x.x.."), &marks(done), &dates, &moves, today)
        };
        let days = on("x......", 2);
        assert_eq!(letters(&days), "D..PP..");
        assert_eq!((days[2].1, days[3].1), (Some(dates[3]), Some(dates[2])), "each names the other");
        assert_eq!(letters(&on("x......", 4)), "D..-P..", "missed on its new day");
        assert_eq!(letters(&on("x..x...", 4)), "D.MIP..", "done there");
        assert_eq!(letters(&on("x.x....", 4)), "D.D.P..", "done on its own day all the same");
        assert_eq!(letters(&on("x....x.", 6)), "D..M-I.", "done on a third day");
        let week = week(dates[0], of(&on("x..xx..", 7)), None, dates[6] + Days::new(1));
        assert_eq!((week.agreed, week.done, week.moved, week.missed, week.extra), (3, 3, 1, 0, 0));
    }

    #[test]
    fn where_only_a_number_was_agreed_the_rest_is_extra_or_missed_when_the_week_is_over() {
        let over = dates()[6] + Days::new(1);
        let of_number = |done: &str, number, today| {
            let week = week(dates()[0], of(&by_number(&marks(done))), Some(number), today);
            (week.agreed, week.done, week.missed, week.extra)
        };
        assert_eq!(of_number("x.x.x..", 2, over), (2, 2, 0, 1));
        assert_eq!(of_number("x......", 3, over), (3, 1, 2, 0));
        assert_eq!(of_number("x......", 3, dates()[6]), (3, 1, 0, 0));
        assert_eq!(of_number("x..x...", 0, over), (0, 0, 0, 2), "nothing was agreed");
    }
}
