//! The weeks of a period, a row each: when there were sessions, how long in band, what was agreed and whether it was
//! done.

use chrono::NaiveDate;

use crate::{
    figure::Role,
    render::{
        canvas::{Align, Canvas, Point},
        font::Type,
    },
    units,
};

use super::{
    blocks::heading,
    sheet::{ROW_PT, SMALL},
};

/// Whether what was agreed was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Surely.
    Done,
    /// Surely not.
    NotDone,
    /// It lies within what GPS leaves open.
    CannotTell,
    /// The week is not over.
    StillOpen,
}

impl Outcome {
    /// Whether the week is over.
    pub fn is_over(self) -> bool {
        self != Self::StillOpen
    }

    fn words(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::NotDone => "not done",
            Self::CannotTell => "cannot tell",
            Self::StillOpen => "still open",
        }
    }
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Day {
    /// No run.
    #[default]
    Free,
    /// Runs, but no session.
    Run,
    /// A session: at least five minutes in band.
    Session,
}

/// A week, Monday to Sunday.
#[derive(Debug, Clone, PartialEq)]
pub struct PeriodWeek {
    /// Its Monday.
    pub monday: NaiveDate,
    /// Its days, from Monday on.
    pub days: [Day; 7],
    /// Runs.
    pub runs: usize,
    /// In band, s.
    pub in_band_s: f64,
    /// Its 95 % interval, s.
    pub interval_s: Option<[f64; 2]>,
    /// What was agreed, s.
    pub dose_s: Option<f64>,
    /// Sessions that were agreed.
    pub sessions_agreed: Option<u8>,
    /// Whether the minutes were done; `None` where nothing was agreed.
    pub minutes: Option<Outcome>,
    /// Mean pain, 0 to 10.
    pub pain: Option<f64>,
    /// Whether the week is not over.
    pub is_unfinished: bool,
}

/// From the upper edge to the first row.
pub const HEAD_PT: f64 = 30.0;
const CELL: Type = Type::regular(7.8);
const DAYS: [&str; 7] = ["M", "T", "W", "T", "F", "S", "S"];
/// A day's width.
const DAY_PT: f64 = 10.5;
/// Where the columns begin, of the table's width.
const SESSIONS: f64 = 0.395;
const IN_BAND: f64 = 0.495;
const OUTCOME: f64 = 0.86;

/// Draws the latest weeks, as many as there are rows.
pub fn draw(canvas: &Canvas, weeks: &[PeriodWeek], at: Point, width: f64, rows: usize) {
    let shown = &weeks[weeks.len().saturating_sub(rows)..];
    let [x, top] = at;
    let (ink, muted) = (canvas.rgb(Role::Ink), canvas.rgb(Role::Muted));
    let title = if shown.len() < weeks.len() { "The latest weeks" } else { "The weeks" };
    heading(canvas, title, x, top);
    let y = top + 22.0;
    let label =
        |share: f64, words: &str| canvas.text([x + share * width, y], words, SMALL, Align::Start, muted);
    label(0.0, "from");
    for (k, day) in DAYS.iter().enumerate() {
        canvas.text([day_x(x, k), y], day, SMALL, Align::Middle, muted);
    }
    label(SESSIONS, "sessions");
    label(IN_BAND, "in band (interval)");
    label(OUTCOME, "agreed");
    canvas.line([[x, y + 3.5], [x + width, y + 3.5]], 0.5, canvas.rgb(Role::Line));
    for (k, week) in shown.iter().enumerate() {
        let y = top + HEAD_PT + (k as f64 + 0.5) * ROW_PT;
        let cell = |share: f64, words: &str, room: f64| {
            canvas.text(
                [x + share * width, y],
                words,
                CELL.fitting(words, room * width - 3.0),
                Align::Start,
                ink,
            );
        };
        cell(0.0, &week.monday.format("%-d %b").to_string(), 0.14);
        for (day, what) in week.days.iter().enumerate() {
            let centre = [day_x(x, day), y - 2.6];
            match what {
                Day::Free => canvas.dot(centre, 0.7, canvas.rgb(Role::Standing)),
                Day::Run => {
                    canvas.dot(centre, 2.6, canvas.rgb(Role::InBand));
                    canvas.dot(centre, 1.6, canvas.rgb(Role::Card));
                }
                Day::Session => canvas.dot(centre, 2.8, canvas.rgb(Role::InBand)),
            }
        }
        let sessions = week.days.iter().filter(|day| **day == Day::Session).count();
        let agreed = week.sessions_agreed.map_or_else(String::new, |agreed| format!(" of {agreed}"));
        cell(SESSIONS, &format!("{sessions}{agreed}"), IN_BAND - SESSIONS);
        let interval = week.interval_s.filter(|_| week.runs > 0).map_or_else(String::new, |[low, high]| {
            format!(" ({} to {})", units::duration(low), units::duration(high))
        });
        cell(IN_BAND, &format!("{}{interval}", units::duration(week.in_band_s)), OUTCOME - IN_BAND);
        if let Some(outcome) = week.minutes {
            cell(OUTCOME, outcome.words(), 1.0 - OUTCOME);
        }
        canvas.line([[x, y + 3.6], [x + width, y + 3.6]], 0.4, canvas.rgb(Role::Line));
    }
}

fn day_x(x: f64, day: usize) -> f64 {
    x + 52.0 + day as f64 * DAY_PT
}
