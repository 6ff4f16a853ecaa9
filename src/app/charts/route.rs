//! Where the run went, coloured by band, without a map: nothing is fetched from anywhere.

use egui::{
    Align2, CornerRadius, Painter, Pos2, Rect, Role as Kind, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2,
};

use crate::{
    app::{
        charts::plot::{label, triangles},
        command::{Action, Command},
        panels::top_bar::{hint, menu},
        state::{AppState, drawn::Drawn, shown::Shown, view::MapLook},
        ui::{
            theme::{self, Colors},
            widgets::{card, focus_ring, small_button, title_row},
        },
    },
    band::TimeRange,
    figure::{Role, RouteFigure, RoutePiece},
};

/// From metres to the screen.
pub struct Map {
    middle: Pos2,
    centre_m: [f32; 2],
    /// How large a metre is.
    pub points_per_m: f32,
}

impl Map {
    /// All within the bounds, as large as there is room for in a picture.
    pub fn new(picture: Rect, bounds_m: [[f32; 2]; 2]) -> Self {
        // The scale and the legend have the lowest line to themselves.
        let area = Rect::from_min_max(picture.min + vec2(24.0, 14.0), picture.max - vec2(24.0, 30.0));
        let span = [0, 1].map(|axis| (bounds_m[1][axis] - bounds_m[0][axis]).max(20.0));
        Self {
            middle: area.center(),
            centre_m: [0, 1].map(|axis| f32::midpoint(bounds_m[0][axis], bounds_m[1][axis])),
            points_per_m: (area.width() / span[0]).min(area.height() / span[1]),
        }
    }

    /// The same from nearer, and moved.
    #[must_use]
    pub fn looked_at(self, look: MapLook) -> Self {
        let centre_m = [0, 1].map(|axis| self.centre_m[axis] + look.moved_m[axis]);
        Self { centre_m, points_per_m: self.points_per_m * look.zoom, ..self }
    }

    /// From the picture's middle to a place on the screen, metres east and north.
    pub fn metres_to(&self, place: Pos2) -> [f32; 2] {
        let from = (place - self.middle) / self.points_per_m;
        [from.x, -from.y]
    }

    /// The place of a point in metres east and north.
    pub fn at(&self, m: [f32; 2]) -> Pos2 {
        self.middle + vec2(m[0] - self.centre_m[0], self.centre_m[1] - m[1]) * self.points_per_m
    }
}

/// The card.
pub fn show(state: &AppState, ui: &mut Ui, shown: &Shown, height: f32) {
    card(ui, |ui, colors| {
        title_row(ui, "Where", |ui| {
            let larger = small_button(ui, "Enlarge").on_hover_text(hint(ui, Command::LargeRoute));
            if larger.accessible_name("Open the larger route").clicked() {
                state.ask(Command::LargeRoute);
            }
        });
        let inner = vec2(ui.available_width(), height - 32.0 - 34.0);
        let (rect, response) = ui.allocate_exact_size(inner, Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Kind::Image, true, &shown.spoken.route));
        ui.painter().rect_filled(rect, CornerRadius::same(theme::RADIUS), colors.map);
        let map = Map::new(rect, shown.route.bounds_m);
        paint(state, ui, colors, shown, &map, rect);
        if let Some(pointer) = response.hover_pos()
            && let Some(fix) = nearest(shown, &map, pointer)
        {
            let time_s = shown.run.recording.fixes.time_s[fix];
            state.ask(Action::Hover(time_s));
            if response.clicked() {
                choose_block(state, shown, time_s);
            }
        }
        focus_ring(ui, &response, theme::RADIUS);
        menu(
            state,
            &response,
            &[Command::LargeRoute, Command::SaveTrack, Command::SaveTrackInside, Command::Report],
        );
    });
}

/// The route with its ends, its scale, and what is marked on it.
pub fn paint(state: &AppState, ui: &Ui, colors: &Colors, shown: &Shown, map: &Map, rect: Rect) {
    let painter = ui.painter_at(rect);
    let [east_m, north_m] = map.centre_m.map(f64::from);
    let drawn = Drawn {
        area: rect,
        scale: [east_m, north_m, map.points_per_m.into()],
        size: theme::CAPTION,
        pixels_per_point: painter.pixels_per_point(),
        palette: colors.palette,
    };
    let mesh = shown.drawn_route.get(drawn, || triangles(&painter, way(&painter, colors, shown, map, rect)));
    painter.add(Shape::mesh(mesh));
    if let Some(mark) = state.view.marked {
        let stroke = Stroke::new(5.0, colors.ink);
        for moment in shown.moments_at(mark).iter() {
            painter.add(Shape::line(along(shown, map, *moment), stroke));
        }
    }
    // The start is a ring, the end a square: they are told apart without colour.
    if let Some(end) = shown.route.end_m {
        let square = Rect::from_center_size(map.at(end), vec2(9.0, 9.0));
        painter.rect(square, 1.5, colors.card, Stroke::new(2.0, colors.ink), egui::StrokeKind::Middle);
    }
    if let Some(start) = shown.route.start_m {
        painter.circle(map.at(start), 5.0, colors.card, Stroke::new(2.0, colors.ink));
    }
    scale(ui, colors, shown, map, rect);
    if let Some(place) = state.view.cursor_s().and_then(|time_s| place_at(shown, time_s)) {
        painter.circle(map.at(place), 6.0, colors.ink, Stroke::new(1.5, colors.card));
    }
}

/// The lines of the whole way and of the stretch on show.
fn way(painter: &Painter, colors: &Colors, shown: &Shown, map: &Map, rect: Rect) -> Vec<Shape> {
    // Half a pixel more or less is not seen; the same points serve until the picture is half or twice as large.
    let apart_m = (0.5 / (map.points_per_m * painter.pixels_per_point())).log2().floor().exp2();
    let mut shapes = Vec::new();
    let mut line = |pieces: &[RoutePiece], color: Option<egui::Color32>, width: f32| {
        for piece in pieces {
            let points: Vec<Pos2> = piece.points_m.iter().map(|m| map.at(*m)).collect();
            let color = color.unwrap_or_else(|| colors.role(Role::from(piece.state)));
            let stroke = Stroke::new(width, color);
            for points in within(points, rect.expand(width)) {
                if piece.interpolated {
                    shapes.extend(Shape::dashed_line(&points, stroke, 4.0, 4.0));
                } else {
                    shapes.push(Shape::line(points, stroke));
                }
            }
        }
    };
    let whole = shown.thin_route.get(apart_m, || shown.route.thinned(apart_m));
    match &shown.stretch {
        Some(stretch) => {
            line(&whole, Some(colors.role(Role::Raw)), 2.0);
            line(&shown.thin_stretch.get(apart_m, || stretch.thinned(apart_m)), None, 3.0);
        }
        None => line(&whole, None, 2.5),
    }
    shapes
}

/// The parts of a line that may be seen: of a picture that is zoomed, most lies outside.
fn within(line: Vec<Pos2>, view: Rect) -> Vec<Vec<Pos2>> {
    if line.iter().all(|point| view.contains(*point)) {
        return vec![line];
    }
    let mut parts: Vec<Vec<Pos2>> = Vec::new();
    let mut goes_on = false;
    for ends in line.windows(2) {
        let is_seen = Rect::from_two_pos(ends[0], ends[1]).intersects(view);
        match parts.last_mut().filter(|_| goes_on) {
            Some(part) if is_seen => part.push(ends[1]),
            _ if is_seen => parts.push(ends.to_vec()),
            _ => {}
        }
        goes_on = is_seen;
    }
    parts
}

/// The way of a stretch of time, as far as it can be seen.
fn along(shown: &Shown, map: &Map, range: TimeRange) -> Vec<Pos2> {
    let (time, ground) = (&shown.run.recording.fixes.time_s, &shown.run.motion.ground_m);
    let first = time.partition_point(|t| *t <= range.start_s);
    let last = time.partition_point(|t| *t < range.end_s).max(first);
    let ends = [range.start_s, range.end_s].map(|time_s| place_at(shown, time_s).map(|m| map.at(m)));
    let mut points: Vec<Pos2> = ends[0].into_iter().collect();
    for m in ground.get(first..last).unwrap_or_default() {
        let at = map.at(*m);
        if points.last().is_none_or(|before| before.distance(at) > 1.0) {
            points.push(at);
        }
    }
    points.extend(ends[1]);
    points
}

fn scale(ui: &Ui, colors: &Colors, shown: &Shown, map: &Map, rect: Rect) {
    let most_m = f64::from(rect.width() * 0.3 / map.points_per_m);
    let scale = RouteFigure::scale_bar(most_m, shown.asked.unit.is_imperial());
    let (left, bottom) = (rect.left() + 12.0, rect.bottom() - 12.0);
    let right = left + scale.length_m as f32 * map.points_per_m;
    let painter = ui.painter();
    let corner =
        vec![pos2(left, bottom - 5.0), pos2(left, bottom), pos2(right, bottom), pos2(right, bottom - 5.0)];
    painter.add(Shape::line(corner, Stroke::new(1.0, colors.muted)));
    label(painter, colors, pos2(right + 7.0, bottom - 2.0), Align2::LEFT_CENTER, &scale.label);
    let legend = pos2(rect.right() - 10.0, bottom - 2.0);
    label(painter, colors, legend, Align2::RIGHT_CENTER, "○ start  □ end");
}

/// Where the runner was at a moment, metres.
fn place_at(shown: &Shown, time_s: f64) -> Option<[f32; 2]> {
    let (time, ground) = (&shown.run.recording.fixes.time_s, &shown.run.motion.ground_m);
    let next = time.partition_point(|t| *t < time_s).min(ground.len().checked_sub(1)?);
    let before = next.saturating_sub(1);
    let span = time[next] - time[before];
    let part = if span > 0.0 { ((time_s - time[before]) / span).clamp(0.0, 1.0) as f32 } else { 0.0 };
    Some([0, 1].map(|axis| ground[before][axis] + part * (ground[next][axis] - ground[before][axis])))
}

/// The fix nearest to the pointer, where one is near at all.
pub fn nearest(shown: &Shown, map: &Map, pointer: Pos2) -> Option<usize> {
    let away_m = map.metres_to(pointer);
    let wanted = [0, 1].map(|axis| map.centre_m[axis] + away_m[axis]);
    let (fix, far_m2) = shown.run.places().nearest(&shown.run.motion.ground_m, wanted)?;
    (far_m2.sqrt() * map.points_per_m < 24.0).then_some(fix)
}

/// Speaks of the block at a moment.
pub fn choose_block(state: &AppState, shown: &Shown, time_s: f64) {
    let at = time_s - shown.offset_s;
    if let Some(block) = shown.blocks.iter().find(|block| block.start_s <= at && at <= block.end_s) {
        state.ask(Action::ChooseRange(TimeRange {
            start_s: block.start_s + shown.offset_s,
            end_s: block.end_s + shown.offset_s,
        }));
    }
}
