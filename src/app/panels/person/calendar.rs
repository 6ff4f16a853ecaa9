//! The last weeks day by day: sessions that were done, moved and missed, and those that are to come, which are moved
//! from here.

use chrono::NaiveDate;
use egui::{
    Align2, Color32, CornerRadius, Painter, Rect, Response, Role as Kind, Sense, Stroke, StrokeKind, Ui,
    WidgetInfo, pos2, vec2,
};

use crate::{
    app::{
        command::LibraryAsk,
        state::{
            AppState,
            calendar::{day_sentence, free_days, session_word, week_sentence},
            person::PersonPage,
            person_words::day_words,
        },
        ui::{
            theme::{self, Colors, Weight},
            widgets::{dashed_outline, focus_ring, hatch, text},
        },
    },
    figure::Role,
    library::{CalendarDay, CalendarWeek, Session},
};

/// Room at the left for when a week began, and at the right for how it went.
const LEFT: f32 = 42.0;
const RIGHT: f32 = 40.0;
/// Height of a week, and of a day in it.
const WEEK: f32 = 27.0;
const DAY: f32 = 21.0;
/// A day takes so much of the width at most.
const WIDEST: f32 = 40.0;
/// A dash of a moved day's outline, and the room between two.
const FINE_DASH: [f32; 2] = [2.5, 2.0];
/// Side of a day in the legend.
const CHIP: f32 = 11.0;
/// All that a day can be, in the order of the legend.
const SESSIONS: [Session; 6] =
    [Session::Done, Session::Instead, Session::Moved, Session::Missed, Session::Extra, Session::Planned];

/// The weeks, the earliest first, and what their colours mean.
pub fn show(state: &AppState, ui: &mut Ui, page: &PersonPage) {
    let colors = Colors::of(ui);
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let wide = ((ui.available_width() - LEFT - RIGHT) / 7.0).min(WIDEST);
        head(ui, &colors, wide);
        for week in &page.calendar {
            self::week(state, ui, &colors, page, week, wide);
        }
        ui.add_space(theme::UNIT / 2.0);
        legend(ui, &colors, page);
    });
}

fn head(ui: &mut Ui, colors: &Colors, wide: f32) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 15.0), Sense::hover());
    for (k, letter) in ["M", "T", "W", "T", "F", "S", "S"].into_iter().enumerate() {
        let at = pos2(rect.left() + LEFT + (k as f32 + 0.5) * wide, rect.center().y);
        let font = theme::font(theme::SMALL - 1.0, Weight::Regular);
        ui.painter().text(at, Align2::CENTER_CENTER, letter, font, colors.muted);
    }
}

fn week(state: &AppState, ui: &mut Ui, colors: &Colors, page: &PersonPage, week: &CalendarWeek, wide: f32) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), WEEK), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Kind::Label, true, week_sentence(week, page.today)));
    let font = theme::font(theme::SMALL, Weight::Regular);
    let began = week.monday.format("%-d %b").to_string();
    ui.painter().text(rect.left_center(), Align2::LEFT_CENTER, began, font.clone(), colors.muted);
    let to_come = week.monday > page.today;
    let went = match (week.agreed, week.extra) {
        (0, 0) => "–".to_owned(),
        (0, extra) => extra.to_string(),
        (agreed, _) if to_come => agreed.to_string(),
        (agreed, _) => format!("{} of {agreed}", week.done),
    };
    let ink = if week.agreed > 0 && week.done >= week.agreed { colors.accent_text } else { colors.muted };
    // Beside its days, also where there is more room.
    let right = rect.right().min(rect.left() + LEFT + 7.0 * wide + RIGHT);
    ui.painter().text(pos2(right, rect.center().y), Align2::RIGHT_CENTER, went, font, ink);
    let place = |k: usize| {
        let middle = pos2(rect.left() + LEFT + (k as f32 + 0.5) * wide, rect.center().y);
        Rect::from_center_size(middle, vec2((wide - 4.0).min(DAY * 1.25), DAY))
    };
    for (k, day) in week.days.iter().enumerate() {
        one_day(state, ui, colors, page, week, day, place(k));
    }
    // From where a session was agreed to where it was done, or is to be done.
    for (k, day) in week.days.iter().enumerate() {
        let leaves = matches!(day.session, None | Some(Session::Moved));
        let to = day.other.filter(|_| leaves).and_then(|to| week.days.iter().position(|it| it.day == to));
        if let Some(to) = to {
            arrow(ui.painter(), place(k), place(to), colors.muted);
        }
    }
}

/// Below two days, from the one to the other.
fn arrow(painter: &Painter, from: Rect, to: Rect, color: Color32) {
    let stroke = Stroke::new(1.0, color);
    let y = from.bottom() + 2.5;
    let toward = if to.center().x > from.center().x { 1.0 } else { -1.0 };
    let (start, end) = (from.center().x, to.center().x);
    painter.line_segment([pos2(start, from.bottom()), pos2(start, y)], stroke);
    painter.line_segment([pos2(start, y), pos2(end, y)], stroke);
    for up in [-2.0, 2.0] {
        painter.line_segment([pos2(end, y), pos2(end - 3.0 * toward, y + up)], stroke);
    }
}

fn one_day(
    state: &AppState,
    ui: &mut Ui,
    colors: &Colors,
    page: &PersonPage,
    week: &CalendarWeek,
    day: &CalendarDay,
    rect: Rect,
) {
    let targets = match state.library.takes_changes() {
        true => free_days(day, week, page.today),
        false => Vec::new(),
    };
    let run = page.runs.iter().find(|run| run.day == day.day && run.counts());
    let id = ui.scope_id().with(("session", day.day));
    // Only what can be done from here takes the keyboard's focus; runs are in the table, too.
    let sense = match (targets.is_empty(), run) {
        (false, _) => Sense::click(),
        (true, Some(_)) => Sense::CLICK,
        (true, None) => Sense::hover(),
    };
    let response = ui.interact(rect, id, sense);
    let sentence = day_sentence(day, week, page.today);
    if !targets.is_empty() {
        response.widget_info(|| WidgetInfo::labeled(Kind::Button, true, format!("{sentence}. Move it…")));
    } else if run.is_some() {
        response.widget_info(|| WidgetInfo::labeled(Kind::Button, true, format!("{sentence}. Show the run")));
    }
    let session = day.session.map(|session| match session {
        Session::Extra if week.agreed == 0 => Session::Done,
        session => session,
    });
    let can = sense != Sense::hover();
    if can && response.hovered() {
        ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
        ui.painter().rect_filled(rect.expand(2.0), CornerRadius::same(theme::RADIUS), colors.hovered);
    }
    let ink = mark(ui.painter(), colors, session, rect);
    let number = day.day.format("%-d").to_string();
    let weight = if session.is_some() { Weight::SemiBold } else { Weight::Regular };
    let font = theme::font(theme::SMALL, weight);
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, number, font, ink);
    if session.is_none() && day.runs > 0 {
        ui.painter().circle_filled(pos2(rect.center().x, rect.bottom() - 1.5), 1.5, colors.muted);
    }
    if day.day == page.today {
        let around = CornerRadius::same(theme::RADIUS + 1);
        ui.painter().rect_stroke(rect.expand(2.0), around, Stroke::new(1.0, colors.ink), StrokeKind::Inside);
    }
    focus_ring(ui, &response, theme::RADIUS);
    if targets.is_empty() {
        if let Some(run) = run.filter(|_| response.clicked()) {
            state.ask(LibraryAsk::OpenRun(run.id));
        }
    } else {
        move_menu(state, &response, page, day, &targets);
    }
    response.on_hover_text(sentence);
}

/// To which days the session can go.
fn move_menu(
    state: &AppState,
    response: &Response,
    page: &PersonPage,
    day: &CalendarDay,
    targets: &[NaiveDate],
) {
    egui::Popup::menu(response).show(|ui| {
        for to in targets {
            let back = if day.other == Some(*to) { "back " } else { "" };
            if ui.button(format!("Move {back}to {}", day_words(*to, page.today))).clicked() {
                state.ask(LibraryAsk::MoveSession(page.person.id, day.day, *to));
                ui.close();
            }
        }
    });
}

/// Paints what a day is; returns the colour of what is written on it. Each looks different without colour, too.
fn mark(painter: &Painter, colors: &Colors, session: Option<Session>, rect: Rect) -> Color32 {
    let corners = CornerRadius::same((rect.height() / 4.0) as u8);
    let outline = |color| painter.rect_stroke(rect, corners, Stroke::new(1.5, color), StrokeKind::Inside);
    match session {
        Some(Session::Done | Session::Instead) => {
            painter.rect_filled(rect, corners, colors.accent);
            colors.on_accent
        }
        Some(Session::Extra) => {
            painter.rect_filled(rect, corners, colors.chosen);
            painter.rect_stroke(rect, corners, Stroke::new(1.0, colors.accent), StrokeKind::Inside);
            colors.accent_text
        }
        Some(Session::Planned) => {
            outline(colors.accent);
            colors.accent_text
        }
        Some(Session::Missed) => {
            hatch(painter, rect.shrink(2.0), colors.role(Role::Faster).gamma_multiply(0.6));
            outline(colors.role(Role::Faster));
            colors.role(Role::FasterText)
        }
        Some(Session::Moved) => {
            let stroke = Stroke::new(1.0, colors.muted);
            dashed_outline(painter, rect.shrink(0.5), f32::from(corners.nw), stroke, FINE_DASH);
            colors.muted
        }
        None => colors.muted,
    }
}

/// What the days look like that stand here.
fn legend(ui: &mut Ui, colors: &Colors, page: &PersonPage) {
    let there = |session: Session| {
        page.calendar.iter().any(|week| {
            let is = |day: &CalendarDay| match day.session {
                Some(Session::Extra) if week.agreed == 0 => session == Session::Done,
                now => now == Some(session),
            };
            week.days.iter().any(is)
        })
    };
    // Done on its day or on another looks the same: the arrow tells.
    let shown = SESSIONS.into_iter().filter(|it| *it != Session::Instead && there(*it));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(5.0, 3.0);
        ui.spacing_mut().interact_size.y = 14.0;
        for session in shown {
            let (rect, _) = ui.allocate_exact_size(vec2(CHIP, CHIP), Sense::hover());
            mark(ui.painter(), colors, Some(session), rect);
            ui.label(text(session_word(session), theme::SMALL, Weight::Regular, colors.muted));
            ui.add_space(5.0);
        }
    });
}
