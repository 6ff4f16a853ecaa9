//! What you look at, and how: which run, which speeds, in which unit, theme and size.

use egui::{Context, ThemePreference};

use crate::{
    app::{
        App,
        state::{
            overlay::Overlay,
            run::Origin,
            settings::Theme,
            view::{MapLook, Mark, View},
            zoom::{within, zoomed},
        },
    },
    band::SplitBy,
    figure::SpeedAxis,
    library::PersonId,
    units::{self, SpeedUnit},
};

impl App {
    /// Shows the run at a place of the list.
    pub(in crate::app) fn select(&mut self, index: usize) {
        let runs = &mut self.state.runs;
        if index < runs.entries.len() && runs.selected != Some(index) {
            runs.selected = Some(index);
            self.state.view = View::default();
        }
    }

    /// Shows the run so many places on in the list as it is seen.
    pub(super) fn step(&mut self, by: isize) {
        let runs = &self.state.runs;
        let order = runs.found(self.state.settings.order);
        // A run that the search leaves out is as if before the first.
        let now = order.iter().position(|place| runs.selected == Some(*place));
        let next = now.map_or(0, |now| now.saturating_add_signed(by).min(order.len().saturating_sub(1)));
        if let Some(place) = order.get(next) {
            self.select(*place);
        }
    }

    /// Closes the run at a place of the list. The last one that was closed can be brought back.
    pub(super) fn close(&mut self, index: usize) {
        let runs = &mut self.state.runs;
        if index >= runs.entries.len() {
            return;
        }
        let on_show = runs.selected == Some(index);
        let of_library = matches!(runs.entries[index].run.origin, Origin::Kept(_));
        let closed = runs.entries.remove(index);
        if runs.compared.as_ref() == Some(&closed.run.origin) {
            runs.compared = None;
        }
        let name = closed.run.name_and_date();
        if let Some(before) = runs.closed.replace(closed) {
            self.background.let_go(before);
        }
        self.state.notices.closed(&name);
        let runs = &mut self.state.runs;
        if on_show {
            runs.selected = None;
            match runs.entries.len() {
                // From a run of a person's page one comes back to it.
                _ if of_library => self.state.presenting = false,
                0 => self.state.presenting = false,
                left => self.select(index.min(left - 1)),
            }
        } else {
            runs.selected = runs.selected.map(|place| place - usize::from(place > index));
        }
    }

    /// Brings the run back that was closed last.
    pub(super) fn reopen(&mut self) {
        let runs = &mut self.state.runs;
        let Some(entry) = runs.closed.take() else { return };
        let origin = entry.run.origin.clone();
        if runs.place_of(&origin).is_none() {
            runs.insert(entry);
        }
        if let Some(place) = self.state.runs.place_of(&origin) {
            self.select(place);
        }
        self.state.notices.forget_closed();
    }

    /// Marks all moments at these speeds; those that are marked already are left again.
    pub(super) fn mark(&mut self, speeds: Option<Mark>) {
        let state = &mut self.state;
        state.view.marked = speeds.filter(|_| state.view.marked != speeds);
        let words = match (state.view.marked, &state.screen.shown) {
            (Some(mark), Some(shown)) => {
                let moments = shown.moments_at(mark);
                let seconds: f64 = moments.iter().map(|it| it.end_s - it.start_s).sum();
                format!(
                    "{}: {} in {} stretches, marked in chart and route",
                    mark.words(shown.asked.unit),
                    units::duration(seconds),
                    moments.len()
                )
            }
            _ => "Nothing is marked".to_owned(),
        };
        state.announcer.say(words);
    }

    /// Reads speeds in a unit. Whole kilometres and miles go with it.
    pub(super) fn choose_unit(&mut self, unit: SpeedUnit) {
        let settings = &mut self.state.settings;
        let before = settings.unit.is_imperial();
        settings.unit = unit;
        settings.split = match (settings.split, before, unit.is_imperial()) {
            (Some(SplitBy::Kilometre), false, true) => Some(SplitBy::Mile),
            (Some(SplitBy::Mile), true, false) => Some(SplitBy::Kilometre),
            (split, ..) => split,
        };
    }

    /// Compares the run on show with another, or with none.
    pub(super) fn compare_with(&mut self, origin: Option<Origin>) {
        let state = &mut self.state;
        // Alone, the chart may end before the part of it that is in view.
        state.view.zoom = match (&origin, &state.screen.shown, state.view.zoom) {
            (None, Some(shown), Some(zoom)) => within(zoom, shown.speed.x_range),
            _ => None,
        };
        state.runs.compared = origin;
    }

    /// What runs along the speed chart.
    pub(super) fn choose_axis(&mut self, axis: SpeedAxis) {
        self.state.settings.axis = axis;
        self.state.view.zoom = None;
    }

    /// Gives the route the whole centre, or takes it back; it is whole at first.
    pub(super) fn toggle_large_route(&mut self) {
        let state = &mut self.state;
        state.large_route = !state.large_route;
        state.view.map = MapLook::default();
        let words = if state.large_route { "Larger route; Escape closes it" } else { "The run" };
        state.announcer.say(words);
    }

    /// Shows the whole route where it is large and zoomed, else the whole run.
    pub(super) fn show_whole(&mut self) {
        let view = &mut self.state.view;
        if view.map == MapLook::default() {
            view.zoom = None;
        } else {
            view.map = MapLook::default();
        }
    }

    /// Shows so many times as much of the run, or of the larger route, about the cursor or the middle.
    pub(super) fn zoom_chart(&mut self, factor: f64) {
        let state = &mut self.state;
        let Some(shown) = &state.screen.shown else { return };
        if state.large_route {
            let (look, middle_m) = (state.view.map, state.view.map.moved_m);
            state.view.map = look.zoomed(1.0 / factor as f32, middle_m).within(shown.route.bounds_m);
            return;
        }
        let whole = state.screen.whole(shown);
        let now = state.view.zoom.unwrap_or(whole);
        let place = |time_s| shown.speed.axis.x(&shown.run.motion.steps, time_s);
        let about = state.view.cursor_s().map_or(f64::midpoint(now[0], now[1]), place);
        state.view.zoom = zoomed(now, whole, about.clamp(now[0], now[1]), factor);
    }

    /// Light, dark, or as the desktop has it.
    pub(super) fn choose_theme(&mut self, theme: Theme, ctx: &Context) {
        self.state.settings.theme = theme;
        self.apply_theme(ctx);
    }

    /// Gives the window the theme that was chosen.
    pub(in crate::app) fn apply_theme(&self, ctx: &Context) {
        ctx.set_theme(match self.state.settings.theme {
            Theme::System => ThemePreference::System,
            Theme::Light => ThemePreference::Light,
            Theme::Dark => ThemePreference::Dark,
        });
    }

    /// Makes everything larger by so much, or smaller.
    pub(super) fn enlarge(&mut self, by: f32, ctx: &Context) {
        let zoom = ((self.state.settings.zoom + by) * 10.0).round() / 10.0;
        self.state.settings.zoom = zoom.clamp(0.8, 2.5);
        ctx.set_zoom_factor(self.state.settings.zoom);
    }

    /// Opens a dialog, or closes it where it is open.
    pub(super) fn toggle(&mut self, overlay: Overlay) {
        let open = std::mem::discriminant(&self.state.overlay) == std::mem::discriminant(&overlay);
        self.state.overlay = if open { Overlay::None } else { overlay };
    }

    /// Escape: what is on top goes first.
    pub(super) fn back(&mut self) {
        let state = &mut self.state;
        if state.overlay.is_open() {
            state.overlay = Overlay::None;
        } else if state.view.dragged.take().is_some() || state.view.marked.take().is_some() {
        } else if state.view.playing().is_some() {
            state.view.play();
        } else if state.large_route && !state.presenting {
            self.toggle_large_route();
        } else if state.view.range.is_some() {
            state.view.range = None;
        } else if state.view.zoom.is_some() {
            state.view.zoom = None;
        } else if state.presenting {
            state.presenting = false;
        } else if state.runs.compared.is_some() {
            self.compare_with(None);
        } else if let Some(who) = self.person_of_shown() {
            self.show_person(who);
        } else {
            self.state.view.keep(None);
        }
    }

    /// Whose run is on show, where the library has it.
    fn person_of_shown(&self) -> Option<PersonId> {
        let kept = self.state.library.kept_as(&self.state.runs.entry()?.run)?;
        self.state.library.holding.run(kept).map(|run| run.person)
    }
}
