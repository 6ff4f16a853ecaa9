//! The table: per kilometre, mile, lap, stretch, or point by point.

use egui::{Align2, Color32, Rect, Role as Kind, ScrollArea, Sense, Stroke, Ui, pos2, vec2};

use crate::{
    app::{
        command::{Action, Command},
        panels::top_bar::menu,
        state::{
            AppState,
            shown::{Row, Shown},
        },
        ui::{
            access,
            theme::{self, Colors, Weight},
            widgets::{bar, card, focus_ring, segmented, title_row},
        },
    },
    band::{Split, SplitBy, State, TimeRange},
    figure::Role,
    recording::Quantity,
    text::{self, headline::state_word},
    units::{self, SpeedUnit},
};

/// More rows scroll on their own; a run may have 330,000 segments.
const MOST_ROWS: usize = 24;

/// Where the columns begin, as parts of the width.
const COLUMNS: [f32; 8] = [0.008, 0.055, 0.19, 0.31, 0.40, 0.51, 0.63, 0.90];
/// Where the seventh begins beside so many more columns, for which those before it move together.
const SEVENTH: [f32; 4] = [COLUMNS[6], 0.685, 0.725, 0.745];
/// Width of each of those.
const MORE: f32 = 0.085;
/// A table as wide as that has room for the usual columns, and for one more every so often.
const ROOMY: f32 = 640.0;
const ROOM: f32 = 62.0;
/// What the four columns after the second take at least, points.
const MIDDLE: f32 = 270.0;

/// The columns of a table, and what was recorded for those that others do not have.
struct Columns {
    at: [f32; 8],
    more: Vec<(Quantity, f32)>,
}

impl Columns {
    /// Those that there is room for: heart rate first, cadence last.
    fn new(ui: &Ui, shown: &Shown, width: f32) -> Self {
        let most = ((width - ROOMY) / ROOM).clamp(0.0, 3.0) as usize;
        let wanted = [Quantity::HeartRate, Quantity::Elevation, Quantity::Cadence];
        let recorded = wanted.into_iter().filter(|quantity| is_recorded(shown, *quantity));
        let mut quantities: Vec<Quantity> = recorded.take(most).collect();
        let (kept, at) = placed(quantities.len(), second_width(ui, shown) / width, MIDDLE / width);
        quantities.truncate(kept);
        let first_more = at[6] - MORE * kept as f32;
        let place = |(k, quantity)| (quantity, first_more + MORE * k as f32);
        Self { at, more: quantities.into_iter().enumerate().map(place).collect() }
    }
}

/// Where the columns begin, and for how many more of them there is room: the second needs `second` of the width, the
/// four after it `middle`.
fn placed(more: usize, second: f32, middle: f32) -> (usize, [f32; 8]) {
    let begin = |more: usize| SEVENTH[more] - MORE * more as f32;
    let fits = |more: &usize| COLUMNS[1] * begin(*more) / COLUMNS[6] + second + middle <= begin(*more);
    let more = (1..=more).rev().find(fits).unwrap_or(0);
    let first_more = begin(more);
    let mut at = COLUMNS.map(|at| at * first_more / COLUMNS[6]);
    // Those after the second move together.
    let third = (at[1] + second).clamp(at[2], first_more);
    let closer = (first_more - third) / (first_more - at[2]);
    for place in &mut at[2..6] {
        *place = first_more - closer * (first_more - *place);
    }
    (at[6], at[7]) = (SEVENTH[more], COLUMNS[7]);
    (more, at)
}

/// How wide the second column is, points: that of a run of many hours has "17:04:58 – 17:54:58".
fn second_width(ui: &Ui, shown: &Shown) -> f32 {
    let Some(last) = shown.rows.last().filter(|_| matches!(shown.asked.split, None | Some(SplitBy::Block)))
    else {
        return 0.0;
    };
    let font = theme::font(theme::BODY, Weight::Regular);
    let words = from_to(last.range());
    ui.painter().layout_no_wrap(words, font, Color32::PLACEHOLDER).size().x + theme::GAP
}

fn from_to(range: TimeRange) -> String {
    format!("{} – {}", units::duration(range.start_s), units::duration(range.end_s))
}

fn is_recorded(shown: &Shown, quantity: Quantity) -> bool {
    shown.strips.iter().any(|strip| strip.quantity == quantity)
}

/// What a row says of a quantity: its mean, or the climb; at the end of a leg its value. "–" where it says nothing.
fn more(shown: &Shown, k: usize, quantity: Quantity) -> String {
    let imperial = shown.asked.unit.is_imperial();
    let value = match (&shown.rows[k], shown.measured.get(k)) {
        (Row::Segment(leg), _) => quantity.of_fix(&shown.run.recording.fixes, leg.fix + 1),
        (Row::Split(_), Some(measured)) => match quantity {
            Quantity::HeartRate => measured.heart_rate_bpm,
            Quantity::Cadence => measured.cadence_spm,
            Quantity::Elevation => measured.climb.map(|climb| climb.up_m),
        },
        (Row::Split(_), None) => None,
    };
    value.map_or_else(|| "–".to_owned(), |value| text::measured::value(quantity, value, imperial))
}

/// The card.
pub fn show(state: &AppState, ui: &mut Ui, shown: &Shown) {
    card(ui, |ui, colors| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let name = if shown.asked.split.is_some() { "Splits" } else { "Point by point" };
        title_row(ui, name, |ui| {
            let kinds = [
                (Some(SplitBy::Kilometre), "1 km"),
                (Some(SplitBy::Mile), "1 mile"),
                (Some(SplitBy::Lap), "laps"),
                (Some(SplitBy::Block), "stretches"),
                (None, "point by point"),
            ];
            if let Some(kind) = segmented(ui, "Split by", &kinds, shown.asked.split) {
                state.ask(Command::Split(kind));
            }
        });
        ui.add_space(6.0);
        let columns = Columns::new(ui, shown, ui.available_width());
        head(ui, colors, shown, &columns);
        let rows = shown.rows.len();
        if rows == 0 {
            ui.label("Nothing to split here.");
        }
        if rows <= MOST_ROWS {
            for k in 0..rows {
                row(state, ui, colors, shown, &columns, k);
            }
        } else {
            let height = theme::ROW * MOST_ROWS as f32;
            let height = height.min((0.7 * ui.ctx().content_rect().height()).max(6.0 * theme::ROW));
            // Within the page, which scrolls too, an area is as low as it may be.
            let area =
                ScrollArea::vertical().id_salt("splits").max_height(height).min_scrolled_height(height);
            let area = area.auto_shrink(false);
            state.screen.scrolled(area).show_viewport(ui, |ui, viewport| {
                // One row more than is seen at either end, for Tab and Shift+Tab to go on to.
                let last = ((viewport.bottom() / theme::ROW).ceil() as usize + 1).min(rows);
                let first = ((viewport.top() / theme::ROW) as usize).saturating_sub(1).min(last);
                ui.add_space(first as f32 * theme::ROW);
                for k in first..last {
                    row(state, ui, colors, shown, &columns, k);
                }
                ui.add_space((rows - last) as f32 * theme::ROW);
                access::follow_focus(ui);
            });
        }
    });
}

fn head(ui: &mut Ui, colors: &Colors, shown: &Shown, columns: &Columns) {
    let upper = SpeedUnit::MetresPerSecond.format_short(shown.asked.edges.upper_mps());
    let [speed, other] = units_of(shown).map(|unit| match unit {
        SpeedUnit::MinutesPerKilometre => "/km",
        SpeedUnit::MinutesPerMile => "/mile",
        unit => unit.symbol(),
    });
    let in_band = format!("≤ {upper}");
    let words: [&str; 8] = match shown.asked.split {
        Some(SplitBy::Block) => ["#", "From – to", "Moving", speed, other, "What", "", "share"],
        Some(_) => ["#", "Distance", "Moving", speed, other, &in_band, "", "share"],
        None => ["#", "From – to", "Distance", speed, other, "±", "raw", "state"],
    };
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), theme::ROW), Sense::hover());
    let more = columns.more.iter().map(|(quantity, at)| {
        let words = match quantity {
            Quantity::HeartRate => "heart",
            Quantity::Cadence => "cadence",
            Quantity::Elevation if shown.asked.split.is_some() => "climb",
            Quantity::Elevation => "elevation",
        };
        (words, *at)
    });
    for (words, at) in words.iter().copied().zip(columns.at).chain(more) {
        let place = pos2(rect.left() + rect.width() * at, rect.center().y);
        let font = theme::font(theme::SMALL, Weight::Regular);
        ui.painter().text(place, Align2::LEFT_CENTER, words, font, colors.muted);
    }
    ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, colors.line));
}

/// The reader's unit first, and one that says it the other way.
fn units_of(shown: &Shown) -> [SpeedUnit; 2] {
    let unit = shown.asked.unit;
    let other = match unit {
        SpeedUnit::MetresPerSecond | SpeedUnit::KilometresPerHour => SpeedUnit::MinutesPerKilometre,
        SpeedUnit::MilesPerHour => SpeedUnit::MinutesPerMile,
        SpeedUnit::MinutesPerKilometre | SpeedUnit::MinutesPerMile => SpeedUnit::MetresPerSecond,
    };
    [unit, other]
}

fn row(state: &AppState, ui: &mut Ui, colors: &Colors, shown: &Shown, columns: &Columns, k: usize) {
    let row = &shown.rows[k];
    let range = row.range();
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), theme::ROW), Sense::hover());
    // The focus stays with its row when the rows above it scroll out of view.
    let response = ui.interact(rect, ui.scope_id().with(("row", k)), Sense::click());
    let chosen = state.view.range.is_some_and(|now| same(now, range));
    access::option(&response, Kind::Row, chosen, || spoken(shown, k, &cells(shown, row, k, range)));
    let marked = state.view.cursor_s().is_some_and(|t| range.start_s <= t && t < range.end_s);
    if chosen || marked || response.hovered() {
        let fill = if chosen { colors.chosen } else { colors.hovered };
        ui.painter().rect_filled(rect, 0.0, fill);
    }
    // The table begins where a usual window ends.
    if ui.is_rect_visible(rect) {
        paint(ui, colors, shown, columns, k, rect);
    }
    focus_ring(ui, &response, 2);
    if let Some(pointer) = response.hover_pos() {
        // Along the row as along the time that it stands for.
        let part = f64::from((pointer.x - rect.left()) / rect.width());
        state.ask(Action::Hover(range.start_s + part * (range.end_s - range.start_s)));
    }
    if response.gained_focus() {
        state.ask(Action::Keep(f64::midpoint(range.start_s, range.end_s)));
    }
    if response.clicked() {
        state.ask(Action::ChooseRange(range));
    }
    if response.secondary_clicked() && !chosen {
        // The menu speaks of the row that it was opened on.
        state.ask(Action::ChooseRange(range));
    }
    menu(
        state,
        &response,
        &[Command::Trim, Command::Ignore, Command::CopySummary, Command::SaveSegments, Command::Report],
    );
}

/// What stands in a row.
fn paint(ui: &Ui, colors: &Colors, shown: &Shown, columns: &Columns, k: usize, rect: Rect) {
    let row = &shown.rows[k];
    let cells = cells(shown, row, k, row.range());
    let more = columns.more.iter().map(|(quantity, at)| (more(shown, k, *quantity), *at));
    for (cell, at) in cells.into_iter().zip(columns.at).chain(more) {
        let place = pos2(rect.left() + rect.width() * at, rect.center().y);
        let font = theme::font(theme::BODY, Weight::Regular);
        ui.painter().text(place, Align2::LEFT_CENTER, cell, font, colors.ink);
    }
    if let Row::Split(split) = row
        && !rests(split)
    {
        let left = rect.left() + rect.width() * columns.at[6];
        let place = Rect::from_x_y_ranges(
            left..=left + rect.width() * (0.88 - columns.at[6]).min(0.135),
            rect.center().y - 3.0..=rect.center().y + 3.0,
        );
        let share = split.totals.share();
        ui.painter().rect_filled(place, 3.0, colors.faster_faint);
        if share > 0.0 {
            bar(ui.painter(), colors, place, &[(0.0, share, Role::InBand)], 3);
        }
    }
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, colors.line));
}

/// A row for those who do not see the heads of the columns.
fn spoken(shown: &Shown, k: usize, cells: &[String; 8]) -> String {
    let [unit, other] = units_of(shown).map(SpeedUnit::symbol);
    let [number, first, second, speed, pace, sixth, raw, last] = cells;
    let split = matches!(shown.rows[k], Row::Split(_));
    let said = |quantity: Quantity| match quantity {
        Quantity::HeartRate => "heart rate",
        Quantity::Cadence => "cadence",
        Quantity::Elevation if split => "climb",
        Quantity::Elevation => "elevation",
    };
    let recorded = Quantity::ALL.into_iter().filter(|quantity| is_recorded(shown, *quantity));
    let measured: Vec<String> =
        recorded.map(|quantity| format!(", {} {}", said(quantity), more(shown, k, quantity))).collect();
    let measured = measured.concat();
    match &shown.rows[k] {
        Row::Split(split) => {
            let band = if split.state.is_some() { sixth.clone() } else { format!("{sixth} in band") };
            format!(
                "Split {number}, {first}, moving {second}, {speed} {unit}, {pace} {other}, {band}, {last}{measured}"
            )
        }
        Row::Segment(_) => format!(
            "Split {number}, {first}, {second}, {speed} {unit}, {pace} {other}, {sixth}, \
             raw {raw}, {last}{measured}"
        ),
    }
}

/// Whether nobody moves in it: of the fraction of a second that may have been travelled there is no speed or share.
fn rests(split: &Split) -> bool {
    matches!(split.state, Some(State::Standing | State::Paused | State::LeftOut))
        || split.totals.moving_s() < 0.5
}

fn same(a: TimeRange, b: TimeRange) -> bool {
    (a.start_s - b.start_s).abs() < 1e-6 && (a.end_s - b.end_s).abs() < 1e-6
}

fn cells(shown: &Shown, row: &Row, k: usize, range: TimeRange) -> [String; 8] {
    let [speed, other] = units_of(shown);
    let imperial = shown.asked.unit.is_imperial() || shown.asked.split == Some(SplitBy::Mile);
    let from_to = from_to(range);
    match row {
        Row::Split(split) => {
            let totals = &split.totals;
            let mean = totals.mean_moving_speed_mps();
            let moves = |words: String| if rests(split) { "–".to_owned() } else { words };
            [
                (k + 1).to_string(),
                if split.state.is_some() { from_to } else { units::distance(totals.distance_m, imperial) },
                units::duration(totals.moving_s()),
                moves(speed.number(mean)),
                moves(other.number(mean)),
                split.state.map_or_else(
                    || units::duration(totals.in_band_s),
                    |state| state_word(state, &shown.summary),
                ),
                String::new(),
                moves(units::percent(totals.share())),
            ]
        }
        Row::Segment(leg) => {
            let moves = matches!(leg.state, State::InBand | State::Faster);
            let number = |unit: SpeedUnit| if moves { unit.number(leg.speed_mps) } else { "–".to_owned() };
            [
                (k + 1).to_string(),
                from_to,
                format!("{:.1} m", leg.distance_m),
                number(speed),
                number(other),
                if moves { speed.plus_minus(leg.speed_mps, leg.speed_sd_mps) } else { "–".to_owned() },
                format!("{:.2} m/s", leg.raw_speed_mps),
                match leg.interpolated {
                    true => format!("{}, no signal", state_word(leg.state, &shown.summary)),
                    false => state_word(leg.state, &shown.summary),
                },
            ]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_long_times_have_their_room_in_every_table() {
        for width in [640.0, 830.0, 1400.0] {
            for (more, second) in [(0, 90.0), (0, 145.0), (1, 145.0), (3, 0.0), (3, 90.0), (3, 145.0)] {
                let (kept, at) = placed(more, second / width, MIDDLE / width);
                assert!(kept <= more);
                assert!((at[2] - at[1]) * width >= second - 0.01, "{more}, {second} of {width}: {at:?}");
                let first_more = at[6] - MORE * kept as f32;
                for (from, to) in at[2..6].iter().zip(at[3..6].iter().chain([&first_more])) {
                    assert!((to - from) * width >= 40.0, "{more}, {second} of {width}: {at:?}");
                }
            }
        }
        // Where nothing is long, all are there.
        assert_eq!(placed(3, 90.0 / 830.0, MIDDLE / 830.0).0, 3);
    }
}
