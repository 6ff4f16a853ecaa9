//! The list where there is a library: what is open and not kept, then everybody, with the runs of the one who is looked
//! at, or of all where something is searched; samples last.

use egui::{Align2, CornerRadius, Id, Rect, Role as Kind, ScrollArea, Sense, Ui, pos2, vec2};

use crate::{
    app::{
        command::{Command, LibraryAsk},
        panels::top_bar::menu,
        state::{
            AppState,
            person_words::{counted, day_words},
        },
        ui::{
            access,
            theme::{self, Colors, Weight},
            widgets::{bar, focus_ring, one_line, small_button, text},
        },
    },
    figure::Role,
    library::{KeptRun, Person, PersonId},
    units,
};

const KEPT: f32 = 58.0;
const PERSON: f32 = 36.0;
const HEADING: f32 = 32.0;
const OPEN: f32 = 58.0;
const SAMPLE: f32 = 46.0;
const WORDS: f32 = 40.0;
/// Radius of a person's colour.
const DOT: f32 = 4.0;

/// One line of the list.
enum Line<'a> {
    /// Words, and what can be done with all below them.
    Heading(String, Option<(&'static str, Command)>),
    Person(&'a Person, usize, bool),
    Kept(&'a KeptRun),
    /// An open run, by its place, and whether it is a sample.
    Open(usize, bool),
    Words(&'static str),
    Button(&'static str, Command),
}

impl Line<'_> {
    fn height(&self) -> f32 {
        match self {
            Self::Heading(..) => HEADING,
            Self::Person(..) => PERSON,
            Self::Kept(_) => KEPT,
            Self::Open(_, false) => OPEN,
            Self::Open(_, true) => SAMPLE,
            Self::Words(_) | Self::Button(..) => WORDS,
        }
    }
}

/// How high the list is, with all its lines.
pub fn height(state: &AppState, found: &[usize], folded: bool) -> f32 {
    lines(state, found, folded).iter().map(Line::height).sum()
}

/// The list; `found` are the places of the open runs that the search finds, and `open` draws the entry of one so high.
pub fn list(
    state: &AppState,
    ui: &mut Ui,
    colors: &Colors,
    found: &[usize],
    folded: bool,
    open: impl Fn(&mut Ui, usize, f32),
) {
    let lines = lines(state, found, folded);
    let mut seen = Vec::new();
    let height = ui.available_height();
    let area = ScrollArea::vertical().id_salt("people").auto_shrink(false).max_height(height);
    area.min_scrolled_height(height).show_viewport(ui, |ui, viewport| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let (mut from, mut skipped) = (0.0, 0.0);
        for line in &lines {
            let high = line.height();
            // One more at either end, for Tab and Shift+Tab to go on to.
            let hidden = from + 2.0 * high < viewport.top() || from > viewport.bottom() + high;
            from += high;
            if hidden {
                skipped += high;
                bring(state, ui, line, skipped);
                continue;
            }
            if skipped > 0.0 {
                ui.add_space(skipped);
                skipped = 0.0;
            }
            let rect = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), high));
            match line {
                Line::Heading(words, does) => heading(state, ui, colors, words, *does),
                Line::Person(person, count, unfolded) => {
                    self::person(state, ui, colors, person, *count, *unfolded);
                }
                Line::Kept(run) => kept(state, ui, colors, run),
                Line::Open(place, _) => {
                    seen.push(std::sync::Arc::clone(&state.runs.entries[*place].run));
                    open(ui, *place, high);
                }
                Line::Words(words) => {
                    ui.add_space(4.0);
                    ui.label(text(*words, theme::BODY, Weight::Regular, colors.muted));
                    ui.add_space((rect.bottom() - ui.cursor().top()).max(0.0));
                }
                Line::Button(words, command) => {
                    ui.add_space(10.0);
                    if small_button(ui, words).clicked() {
                        state.ask(*command);
                    }
                    ui.add_space((rect.bottom() - ui.cursor().top()).max(0.0));
                }
            }
            bring(state, ui, line, 0.0);
        }
        ui.add_space(skipped);
        access::follow_focus(ui);
    });
    state.ask(crate::app::command::Action::Seen(seen));
}

/// Where `folded` the runs of the person who is looked at are left to the page.
fn lines<'a>(state: &'a AppState, found: &[usize], folded: bool) -> Vec<Line<'a>> {
    let library = &state.library;
    let holding = &library.holding;
    let words = state.runs.search.trim();
    let mut lines = Vec::new();
    let is_sample = |place: &&usize| state.runs.entries[**place].run.is_sample();
    let open: Vec<usize> = found
        .iter()
        .filter(|place| !is_sample(place) && library.kept_as(&state.runs.entries[**place].run).is_none())
        .copied()
        .collect();
    if !open.is_empty() {
        let keep = Command::KeepAll.enabled(state).then_some(("Keep all…", Command::KeepAll));
        lines.push(Line::Heading(format!("Open, not kept · {}", open.len()), keep));
        lines.extend(open.into_iter().map(|place| Line::Open(place, false)));
    }
    if library.locked {
        lines.push(Line::Heading("The library is locked".to_owned(), None));
        lines.push(Line::Button("Unlock…", Command::Unlock));
    } else if holding.is_demo {
        lines.push(Line::Heading("Demo: nobody real".to_owned(), None));
    } else if let Some(why) = &holding.only_read {
        lines.push(Line::Heading(format!("Read only: {why}"), None));
    }
    for person in &holding.people {
        let all = holding.count(person.id);
        // The demo is of one patient; an owner without runs is in nobody's way, unless looked at.
        let bare = person.id == PersonId::ME && all == 0 && library.chosen != Some(person.id);
        if bare && holding.people.len() > 1 {
            continue;
        }
        let open = !words.is_empty() || library.chosen == Some(person.id) && !folded;
        let runs = if open { holding.found(person.id, words) } else { Vec::new() };
        let named = person.name.to_lowercase().contains(&words.to_lowercase());
        if !words.is_empty() && runs.is_empty() && !named {
            continue;
        }
        lines.push(Line::Person(person, all, open));
        lines.extend(runs.into_iter().map(Line::Kept));
    }
    if words.is_empty() && library.can_keep() {
        lines.push(Line::Button("New person…", Command::NewPerson));
    }
    if let Some(places) = library.watched_words().filter(|_| words.is_empty()) {
        let stop = Some(("Stop", Command::StopWatching));
        lines.push(Line::Heading(format!("Watching {places}"), stop));
    }
    let samples: Vec<usize> = found.iter().filter(is_sample).copied().collect();
    if !samples.is_empty() {
        lines.push(Line::Heading("Samples".to_owned(), None));
        lines.extend(samples.into_iter().map(|place| Line::Open(place, true)));
    }
    if lines.is_empty() {
        lines.push(Line::Words("No run matches."));
    }
    lines
}

fn heading(
    state: &AppState,
    ui: &mut Ui,
    colors: &Colors,
    words: &str,
    does: Option<(&'static str, Command)>,
) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), HEADING), Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(Kind::Label, true, words));
    let mut right = rect.right();
    let y = rect.bottom() - 18.0;
    if let Some((what, command)) = does {
        let font = theme::font(theme::SMALL, Weight::Medium);
        let galley = ui.painter().layout_no_wrap(what.to_owned(), font, colors.accent_text);
        let place = Rect::from_min_size(pos2(rect.right() - galley.size().x, y), galley.size());
        let button = ui.interact(place.expand(4.0), ui.scope_id().with(what), Sense::click());
        button.widget_info(|| egui::WidgetInfo::labeled(Kind::Button, true, command.title()));
        ui.painter().galley(place.min, galley, colors.accent_text);
        if button.hovered() {
            ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
            let stroke = egui::Stroke::new(1.0, colors.accent_text);
            ui.painter().hline(place.x_range(), place.bottom(), stroke);
        }
        focus_ring(ui, &button, 3);
        if button.clicked() {
            state.ask(command);
        }
        right = place.left() - theme::UNIT;
    }
    let painter = ui.painter_at(Rect::from_min_max(rect.min, pos2(right, rect.bottom())));
    let font = theme::font(theme::SMALL, Weight::Medium);
    one_line(&painter, pos2(rect.left(), y), &words.to_uppercase(), font, colors.muted);
}

/// A person's line, from which the page is a click away.
fn person(state: &AppState, ui: &mut Ui, colors: &Colors, person: &Person, count: usize, open: bool) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), PERSON), Sense::click());
    let chosen = state.person_on_show() == Some(person.id);
    access::option(&response, Kind::ListBoxOption, chosen, || match colors.person(&person.colour) {
        Some(_) => format!("{}, {}, {}", person.name, counted(count, "kept run"), person.colour),
        None => format!("{}, {}", person.name, counted(count, "kept run")),
    });
    let back = Rect::from_min_max(rect.min + vec2(0.0, 6.0), rect.max - vec2(0.0, 2.0));
    if chosen || response.hovered() {
        let fill = if chosen { colors.chosen } else { colors.hovered };
        ui.painter().rect_filled(back, CornerRadius::same(8), fill);
    }
    let color = if chosen || open { colors.accent_text } else { colors.ink };
    let right = ui.painter().text(
        pos2(back.right() - 8.0, back.center().y),
        Align2::RIGHT_CENTER,
        count.to_string(),
        theme::font(theme::SMALL, Weight::Regular),
        colors.muted,
    );
    let clip = Rect::from_min_max(back.min, pos2(right.left() - 6.0, back.bottom()));
    let font = theme::font(theme::BODY, Weight::SemiBold);
    let mut left = back.left() + 8.0;
    if let Some(color) = colors.person(&person.colour) {
        ui.painter().circle_filled(pos2(left + DOT, back.center().y), DOT, color);
        left += 2.0 * DOT + 6.0;
    }
    one_line(&ui.painter_at(clip), pos2(left, back.center().y - 8.0), &person.name, font, color);
    focus_ring(ui, &response, 8);
    if response.clicked() {
        state.ask(LibraryAsk::Show(person.id));
    }
    if state.library.chosen == Some(person.id) {
        menu(
            state,
            &response,
            &[
                Command::SetDose,
                Command::SetPlan,
                Command::AddNote,
                Command::AddPain,
                Command::Visit,
                Command::PeriodReport,
                Command::ChangePerson,
                Command::ExportPerson,
                Command::BinPerson,
                Command::DeletePerson,
            ],
        );
    }
}

/// A kept run; its numbers are those of the library.
fn kept(state: &AppState, ui: &mut Ui, colors: &Colors, run: &KeptRun) {
    let numbers = &run.numbers;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), KEPT), Sense::click());
    let chosen = is_on_show(state, run);
    let title = format!(
        "{} · {}",
        day_words(run.day, state.library.holding.today),
        units::duration_words(numbers.elapsed_s)
    );
    let share = units::percent(numbers.share());
    let distance = units::distance(numbers.distance_m, state.settings.unit.is_imperial());
    access::option(&response, Kind::ListBoxOption, chosen, || {
        format!("{title}, {}, {share} in band, {distance}, kept", run.name)
    });
    let back = rect.shrink2(vec2(0.0, 1.0));
    if chosen || response.hovered() {
        let fill = if chosen { colors.chosen } else { colors.hovered };
        ui.painter().rect_filled(back, CornerRadius::same(8), fill);
    }
    let inner = rect.shrink2(vec2(8.0, 7.0));
    let painter = ui.painter_at(inner);
    let right = painter.text(
        inner.right_top(),
        Align2::RIGHT_TOP,
        share,
        theme::font(theme::BODY, Weight::Regular),
        colors.ink,
    );
    let clip = Rect::from_min_max(inner.min, pos2(right.left() - 6.0, inner.bottom()));
    let bold = theme::font(theme::BODY, Weight::SemiBold);
    one_line(&painter.with_clip_rect(clip), inner.left_top(), &title, bold, colors.ink);
    let note = if run.note.is_empty() { &run.name } else { &run.note };
    let second = format!("{distance} · {}", note.replace('\n', " "));
    let at = inner.left_top() + vec2(0.0, 17.0);
    one_line(&painter, at, &second, theme::font(theme::SMALL, Weight::Regular), colors.muted);
    let thin = Rect::from_min_max(pos2(inner.left(), inner.bottom() - 6.0), inner.right_bottom());
    let (elapsed, mut from, mut parts) = (numbers.elapsed_s.max(1.0), 0.0, Vec::new());
    for (role, seconds) in [
        (Role::InBand, numbers.in_band_s),
        (Role::Faster, numbers.faster_s),
        (Role::Standing, numbers.standing_s),
        (Role::Paused, numbers.paused_s),
    ] {
        if seconds >= 0.5 {
            parts.push((from, from + seconds / elapsed, role));
            from += seconds / elapsed;
        }
    }
    bar(&painter, colors, thin, &parts, 3);
    focus_ring(ui, &response, 8);
    if response.clicked() {
        state.ask(LibraryAsk::OpenRun(run.id));
    }
}

/// Whether a kept run is what the centre shows, or is about to.
fn is_on_show(state: &AppState, run: &KeptRun) -> bool {
    let shown = state.runs.entry().and_then(|entry| state.library.kept_as(&entry.run));
    state.library.opening.or(shown) == Some(run.id)
}

/// Brings the line of what came on show into view, `skipped` points below the cursor.
fn bring(state: &AppState, ui: &Ui, line: &Line<'_>, skipped: f32) {
    let now = match line {
        Line::Kept(run) if is_on_show(state, run) => format!("run {}", run.id),
        Line::Person(person, ..) if state.person_on_show() == Some(person.id) => {
            format!("person {}", person.id)
        }
        _ => return,
    };
    let key = Id::unique("person in view");
    if ui.data(|data| data.get_temp::<String>(key)).as_deref() != Some(&now) {
        let bottom = ui.cursor().top() + skipped;
        let size = vec2(ui.available_width(), line.height());
        ui.scroll_to_rect(Rect::from_min_size(pos2(ui.cursor().left(), bottom - size.y), size), None);
        ui.data_mut(|data| data.insert_temp(key, now));
    }
}
