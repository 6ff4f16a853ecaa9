//! The runs of a person as a table: a click opens one, chosen ones are moved, tagged or binned together.

use egui::{
    Align2, CornerRadius, Key, Modifiers, Rect, Response, Role as Kind, ScrollArea, Sense, Stroke,
    StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use crate::{
    app::{
        command::LibraryAsk,
        state::{
            AppState,
            form::FormFor,
            person::PersonPage,
            person_words::{counted, date, day_words},
        },
        ui::{
            access,
            theme::{self, Colors, Weight},
            widgets::{bar, card, focus_ring, small_button, text, title_row},
        },
    },
    figure::Role,
    library::{Choice, KeptRun},
    units::{self, SpeedUnit},
};

/// More rows scroll on their own.
const MOST_ROWS: usize = 8;
/// Where the columns begin, as parts of the width: date, distance, moving, in band, bar, share, pain, note.
const COLUMNS: [f32; 8] = [0.035, 0.185, 0.29, 0.37, 0.455, 0.625, 0.695, 0.785];
/// The same in a narrow card, which has no room for distance and moving.
const NARROW: [f32; 8] = [0.06, 2.0, 2.0, 0.31, 0.43, 0.58, 0.68, 0.80];
/// A narrower card is narrow.
const WIDE_FROM: f32 = 600.0;
/// The box that chooses a row.
const BOX: f32 = 13.0;

/// The card.
pub fn show(state: &AppState, ui: &mut Ui, page: &PersonPage) {
    if page.runs.is_empty() {
        return;
    }
    card(ui, |ui, colors| {
        ui.spacing_mut().item_spacing.y = 0.0;
        title_row(ui, "Runs", |ui| picked(state, ui, colors));
        ui.add_space(6.0);
        let columns = if ui.available_width() >= WIDE_FROM { &COLUMNS } else { &NARROW };
        head(ui, colors, page, columns);
        let rows = page.runs.len();
        if rows <= MOST_ROWS {
            for run in &page.runs {
                row(state, ui, colors, page, run, columns);
            }
            return;
        }
        let height = theme::ROW * MOST_ROWS as f32;
        let area = ScrollArea::vertical().id_salt(("runs of", page.person.id)).max_height(height);
        area.min_scrolled_height(height).auto_shrink(false).show_viewport(ui, |ui, viewport| {
            // One row more than is seen at either end, for Tab and Shift+Tab to go on to.
            let last = ((viewport.bottom() / theme::ROW).ceil() as usize + 1).min(rows);
            let first = ((viewport.top() / theme::ROW) as usize).saturating_sub(1).min(last);
            ui.add_space(first as f32 * theme::ROW);
            for run in &page.runs[first..last] {
                row(state, ui, colors, page, run, columns);
            }
            ui.add_space((rows - last) as f32 * theme::ROW);
            access::follow_focus(ui);
        });
    });
}

/// What can be done with the chosen runs.
fn picked(state: &AppState, ui: &mut Ui, colors: &Colors) {
    let picked = &state.library.picked;
    if picked.is_empty() {
        return;
    }
    let words = format!("{} chosen", counted(picked.len(), "run"));
    ui.label(text(words, theme::BODY, Weight::SemiBold, colors.accent_text));
    if state.library.takes_changes() {
        for (words, ask) in [
            ("Move to…", LibraryAsk::MoveTo(picked.clone())),
            ("Tag…", LibraryAsk::Form(FormFor::Tag(picked.clone()))),
            ("To the bin", LibraryAsk::BinRuns(picked.clone())),
        ] {
            if small_button(ui, words).clicked() {
                state.ask(ask);
            }
        }
    }
    if small_button(ui, "None").accessible_name("Choose no runs").clicked() {
        state.ask(LibraryAsk::PickNone);
    }
}

fn head(ui: &mut Ui, colors: &Colors, page: &PersonPage, columns: &[f32; 8]) {
    let upper = SpeedUnit::MetresPerSecond.format_short(page.edges.upper_mps());
    let in_band = format!("≤ {upper}");
    let words = ["Date", "Distance", "Moving", &in_band, "", "share", "pain", "note"];
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), theme::ROW), Sense::hover());
    for (words, at) in words.iter().zip(columns).filter(|(_, at)| **at <= 1.0) {
        let place = pos2(rect.left() + rect.width() * at, rect.center().y);
        let font = theme::font(theme::SMALL, Weight::Regular);
        ui.painter().text(place, Align2::LEFT_CENTER, *words, font, colors.muted);
    }
    ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, colors.line));
}

fn pain_words(run: &KeptRun) -> String {
    let told = |pain: Option<u8>| pain.map_or_else(|| "–".to_owned(), |pain| pain.to_string());
    match (run.pain_before, run.pain_after) {
        (None, None) => String::new(),
        (before, after) => format!("{} → {}", told(before), told(after)),
    }
}

/// What was noted, with the tags; a run that waits for a choice says so first.
fn note_words(run: &KeptRun) -> String {
    let waits = run.same_as.map(|_| "the same activity as another, not counted".to_owned());
    let tags = run.tags.iter().map(|tag| format!("#{tag}")).collect::<Vec<_>>().join(" ");
    let parts = [waits, Some(run.note.replace('\n', " ")), Some(tags)];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn row(state: &AppState, ui: &mut Ui, colors: &Colors, page: &PersonPage, run: &KeptRun, columns: &[f32; 8]) {
    let numbers = &run.numbers;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), theme::ROW), Sense::hover());
    let response = ui.interact(rect, ui.scope_id().with(("run", run.id)), Sense::click());
    let chosen = state.library.picked.contains(&run.id);
    let (pain, note) = (pain_words(run), note_words(run));
    let imperial = state.settings.unit.is_imperial();
    let distance = units::distance(numbers.distance_m, imperial);
    let share = units::percent(numbers.share());
    let spoken = || {
        format!(
            "Run of {}, {}, {distance}, moving {}, {} in band, {share}{}{}",
            date(run.day),
            run.name,
            units::duration(numbers.moving_s()),
            units::duration(numbers.in_band_s),
            if pain.is_empty() { String::new() } else { format!(", pain {pain}") },
            if note.is_empty() { String::new() } else { format!(", {note}") },
        )
    };
    access::option(&response, Kind::Row, chosen, spoken);
    if chosen || response.hovered() {
        ui.painter().rect_filled(rect, 0.0, if chosen { colors.chosen } else { colors.hovered });
    }
    let x = |column: usize| rect.left() + rect.width() * columns[column];
    let put = |column: usize, words: &str, color| {
        if columns[column] <= 1.0 {
            let end = columns[column + 1..]
                .iter()
                .find(|at| **at <= 1.0)
                .map_or(rect.right(), |at| rect.left() + rect.width() * at - 6.0);
            let mut job = egui::text::LayoutJob::simple_singleline(
                words.to_owned(),
                theme::font(theme::BODY, Weight::Regular),
                color,
            );
            job.wrap = egui::text::TextWrapping::truncate_at_width((end - x(column)).max(0.0));
            let galley = ui.painter().layout_job(job);
            let top = rect.center().y - galley.size().y / 2.0;
            ui.painter().galley(pos2(x(column), top), galley, color);
        }
    };
    put(0, &day_words(run.day, page.today), colors.ink);
    put(1, &distance, colors.ink);
    put(2, &units::duration(numbers.moving_s()), colors.ink);
    put(3, &units::duration(numbers.in_band_s), colors.ink);
    put(5, &share, colors.ink);
    let faint = |words: &str, empty: &'static str| match words {
        "" if response.hovered() && state.library.takes_changes() => (empty.to_owned(), colors.accent_text),
        words => (words.to_owned(), colors.ink),
    };
    let (words, color) = faint(&pain, "add…");
    put(6, &words, color);
    let (words, color) = faint(&note, "add…");
    put(7, &words, if note.is_empty() { color } else { colors.muted });
    let place = Rect::from_x_y_ranges(
        x(4)..=x(4) + rect.width() * 0.135,
        rect.center().y - 3.0..=rect.center().y + 3.0,
    );
    ui.painter().rect_filled(place, 3.0, colors.faster_faint);
    if numbers.share() > 0.0 {
        bar(ui.painter(), colors, place, &[(0.0, numbers.share(), Role::InBand)], 3);
    }
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, colors.line));
    choose(state, ui, colors, run, rect, chosen, response.hovered());
    focus_ring(ui, &response, 2);
    let space = response.has_focus() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Space));
    if space || response.clicked() && ui.input(|input| input.modifiers.command) {
        state.ask(LibraryAsk::Pick(run.id));
    } else if response.clicked() {
        let on_words = response.interact_pointer_pos().is_some_and(|at| at.x >= x(6));
        let changes = on_words && state.library.takes_changes();
        state.ask(if changes { LibraryAsk::Form(FormFor::Run(run.id)) } else { LibraryAsk::OpenRun(run.id) });
    }
    menu(state, &response, run);
}

/// The box at the beginning of a row: seen where the pointer is, and where any run is chosen.
fn choose(
    state: &AppState,
    ui: &mut Ui,
    colors: &Colors,
    run: &KeptRun,
    row: Rect,
    chosen: bool,
    hovered: bool,
) {
    let place = Rect::from_center_size(pos2(row.left() + 4.0 + BOX / 2.0, row.center().y), vec2(BOX, BOX));
    let response = ui.interact(place.expand(4.0), ui.scope_id().with(("choose", run.id)), Sense::CLICK);
    response.widget_info(|| {
        WidgetInfo::selected(Kind::CheckBox, true, chosen, format!("Choose the run of {}", date(run.day)))
    });
    if chosen || hovered || response.hovered() || !state.library.picked.is_empty() {
        let fill = if chosen { colors.accent } else { colors.card };
        let radius = CornerRadius::same(3);
        ui.painter().rect(place, radius, fill, Stroke::new(1.0, colors.control), StrokeKind::Inside);
        if chosen {
            let stroke = Stroke::new(1.5, colors.on_accent);
            let at = |x: f32, y: f32| place.min + vec2(x, y) * BOX;
            ui.painter().line_segment([at(0.25, 0.55), at(0.43, 0.72)], stroke);
            ui.painter().line_segment([at(0.43, 0.72), at(0.77, 0.3)], stroke);
        }
    }
    if response.clicked() {
        state.ask(LibraryAsk::Pick(run.id));
    }
}

fn menu(state: &AppState, response: &Response, run: &KeptRun) {
    response.context_menu(|ui| {
        let runs =
            if state.library.picked.contains(&run.id) { state.library.picked.clone() } else { vec![run.id] };
        let changes = state.library.takes_changes();
        for (words, enabled, ask) in [
            ("Show", true, LibraryAsk::OpenRun(run.id)),
            ("Note and pain…", changes, LibraryAsk::Form(FormFor::Run(run.id))),
            ("Tag…", changes, LibraryAsk::Form(FormFor::Tag(runs.clone()))),
            ("Move to another person…", changes, LibraryAsk::MoveTo(runs.clone())),
            ("Move to the bin", changes, LibraryAsk::BinRuns(runs.clone())),
        ] {
            if ui.add_enabled(enabled, egui::Button::new(words)).clicked() {
                state.ask(ask);
                ui.close();
            }
        }
        if run.same_as.is_some() {
            for (words, choice) in [
                ("Keep this one of the two", Choice::Later),
                ("Keep the one that was there first", Choice::First),
                ("Keep both: two activities", Choice::Both),
            ] {
                if ui.add_enabled(changes, egui::Button::new(words)).clicked() {
                    state.ask(LibraryAsk::Choose(run.id, choice));
                    ui.close();
                }
            }
        }
        for tag in &run.tags {
            if ui.add_enabled(changes, egui::Button::new(format!("Take off #{tag}"))).clicked() {
                state.ask(LibraryAsk::Untag(runs.clone(), tag.clone()));
                ui.close();
            }
        }
    });
}
