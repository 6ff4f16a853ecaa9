//! A person's days in words, and where a session can be moved to.

use chrono::NaiveDate;

use crate::{
    app::state::person_words::{counted, day_words},
    library::{CalendarDay, CalendarWeek, Session},
    units,
};

/// How a day's session stands, in a word for the legend.
pub fn session_word(session: Session) -> &'static str {
    match session {
        Session::Done => "done",
        Session::Moved => "moved",
        Session::Missed => "missed",
        Session::Planned => "agreed",
        Session::Instead => "done instead",
        Session::Extra => "extra",
    }
}

/// "Wed 13 May: moved to Thu 14 May"
pub fn day_sentence(day: &CalendarDay, week: &CalendarWeek, today: NaiveDate) -> String {
    let other = day.other.map_or_else(String::new, |other| day_words(other, today));
    let mut words = match day.session {
        Some(Session::Done) => "session done".to_owned(),
        Some(Session::Moved) => format!("session moved, done on {other}"),
        Some(Session::Missed) if day.other.is_some() => format!("session moved here from {other}, missed"),
        Some(Session::Missed) => "session missed".to_owned(),
        Some(Session::Planned) if day.other.is_some() => format!("session moved here from {other}"),
        Some(Session::Planned) => "session agreed".to_owned(),
        Some(Session::Instead) => format!("session of {other} done"),
        Some(Session::Extra) if week.agreed == 0 => "session done".to_owned(),
        Some(Session::Extra) => "session beyond what was agreed".to_owned(),
        None if day.other.is_some() => format!("session moved to {other}"),
        None if day.runs > 0 => "no whole session".to_owned(),
        None => "nothing agreed".to_owned(),
    };
    if day.runs > 0 {
        let spent = units::duration_exact_words(day.in_band_s);
        words = format!("{words}, {spent} in band in {}", counted(day.runs, "run"));
    }
    if let Some(pain) = day.pain {
        words = format!("{words}, pain {pain}");
    }
    format!("{}: {words}", day_words(day.day, today))
}

/// How a week went, with each of its days on which there is something to say.
pub fn week_sentence(week: &CalendarWeek, today: NaiveDate) -> String {
    let mut words = match week.agreed {
        0 => format!("{} done, none agreed", counted(week.extra, "session")),
        agreed => format!("{} of {} done", week.done, counted(agreed, "session")),
    };
    for (count, what) in [(week.moved, "moved"), (week.missed, "missed")] {
        if count > 0 {
            words = format!("{words}, {count} {what}");
        }
    }
    if week.extra > 0 && week.agreed > 0 {
        words = format!("{words}, {} extra", week.extra);
    }
    let said = week.days.iter().filter(|day| day.session.is_some() || day.other.is_some() || day.runs > 0);
    let days: Vec<String> = said.map(|day| day_sentence(day, week, today)).collect();
    let days = if days.is_empty() { String::new() } else { format!(" {}.", days.join(". ")) };
    format!("Week of {}: {words}.{days}", week.monday.format("%-d %B"))
}

/// The days of the week to which a day's session can be moved: back to its own, or to a free one that is to come.
pub fn free_days(day: &CalendarDay, week: &CalendarWeek, today: NaiveDate) -> Vec<NaiveDate> {
    if !matches!(day.session, Some(Session::Planned | Session::Missed)) {
        return Vec::new();
    }
    let free = |it: &&CalendarDay| {
        let is_own = day.other == Some(it.day);
        is_own || it.day >= today && it.day != day.day && it.session.is_none()
    };
    week.days.iter().filter(free).map(|it| it.day).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Days;

    #[test]
    fn a_session_goes_to_a_free_day_that_is_to_come_or_back_to_its_own() {
        let monday: NaiveDate = "2026-11-09".parse().expect("a day");
        let date = |day: u64| monday + Days::new(day);
        let of = |place: u64, session, other: Option<u64>| CalendarDay {
            day: date(place),
            session,
            other: other.map(date),
            runs: 0,
            in_band_s: 0.0,
            pain: None,
        };
        let days = vec![
            of(0, Some(Session::Done), None),
            of(1, None, Some(3)),
            of(2, None, None),
            of(3, Some(Session::Planned), Some(1)),
            of(4, Some(Session::Planned), None),
            of(5, None, None),
            of(6, None, None),
        ];
        let week = CalendarWeek { monday, agreed: 3, done: 1, moved: 0, missed: 0, extra: 0, days };
        let free = |place: usize| free_days(&week.days[place], &week, date(3));
        assert_eq!(free(3), [1, 5, 6].map(date), "its own day, though that is over");
        assert_eq!(free(4), [5, 6].map(date));
        assert_eq!((free(0), free(5)), (vec![], vec![]));
        let said = week_sentence(&week, date(3));
        assert!(said.contains("1 of 3 sessions done"), "{said}");
        assert!(said.contains("Thu 12 Nov: session moved here from Tue 10 Nov"), "{said}");
    }
}
