//! The only place with colours, sizes and fonts of the window. Charts' colours are the figures' own.

use std::sync::Arc;

use egui::{
    Color32, CornerRadius, FallbackRequest, FontData, FontDefinitions, FontFamily, FontId, FontInsert,
    Margin, Shadow, Stroke, TextStyle, Visuals, vec2,
};

use crate::{
    figure::{Palette, Rgb, Role},
    render::{installed, inter},
};

/// The rhythm that spacings are multiples of, points.
pub const UNIT: f32 = 8.0;
/// Space between cards.
pub const GAP: f32 = 12.0;
/// Space inside cards.
pub const PADDING: i8 = 16;
/// Corners of cards.
pub const CARD_RADIUS: u8 = 10;
/// Corners of buttons and bars.
pub const RADIUS: u8 = 6;
/// Height of buttons.
pub const BUTTON_HEIGHT: f32 = 30.0;
/// Height of the top bar.
pub const TOP_BAR: f32 = 45.0;
/// Width of the list of runs.
pub const LIST_WIDTH: f32 = 236.0;
/// Width of the article.
pub const ARTICLE_WIDTH: f32 = 299.0;
/// A window narrower than this leaves the article out unless it is asked for.
pub const ARTICLE_FROM: f32 = 1180.0;
/// In a narrower window all stands in one column: the list below the headline, the article at the end.
pub const LIST_FROM: f32 = 760.0;
/// In a narrower window the top bar has what is used most; the rest is in its menu.
pub const FULL_BAR_FROM: f32 = 640.0;
/// Height of a row in tables.
pub const ROW: f32 = 22.0;
/// Width of the picture of all letters, pixels, and the most that any picture may have. A page in the dialog has fewer.
pub const TEXTURE_SIDE: usize = 4096;

/// Height of a strip below the speed chart.
pub const STRIP: f32 = 48.0;

/// Sizes of text.
pub const SMALL: f32 = 11.0;
/// Axis labels and table heads.
pub const CAPTION: f32 = 11.5;
/// Running text.
pub const BODY: f32 = 13.0;
/// Titles of cards.
pub const TITLE: f32 = 13.5;
/// Titles of panels.
pub const HEADING: f32 = 16.0;
/// The headline.
pub const HEADLINE: f32 = 42.0;

/// Weights of Inter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Running text.
    Regular,
    /// Controls.
    Medium,
    /// Titles and figures.
    SemiBold,
    /// The headline.
    Bold,
}

/// A font of a size in a weight.
pub fn font(size: f32, weight: Weight) -> FontId {
    FontId::new(
        size,
        match weight {
            Weight::Regular => FontFamily::Proportional,
            Weight::Medium => FontFamily::Name("medium".into()),
            Weight::SemiBold => FontFamily::Name("semibold".into()),
            Weight::Bold => FontFamily::Name("bold".into()),
        },
    )
}

/// Colours beyond those of charts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colors {
    /// The charts' palette that goes with it.
    pub palette: Palette,
    /// Behind cards.
    pub ground: Color32,
    /// Cards, panels, bars.
    pub card: Color32,
    /// Text.
    pub ink: Color32,
    /// Text to be read at length.
    pub prose: Color32,
    /// Text that stands back.
    pub muted: Color32,
    /// Borders and grid lines.
    pub line: Color32,
    /// Borders of controls, which must be found.
    pub control: Color32,
    /// Behind what is chosen.
    pub chosen: Color32,
    /// Behind what the pointer is over.
    pub hovered: Color32,
    /// In band, as an area.
    pub accent: Color32,
    /// In band, as text.
    pub accent_text: Color32,
    /// Text on `accent`.
    pub on_accent: Color32,
    /// Around what has the keyboard's focus.
    pub focus: Color32,
    /// Behind tooltips.
    pub tip: Color32,
    /// Text on `tip`.
    pub on_tip: Color32,
    /// Text that stands back on `tip`.
    pub on_tip_muted: Color32,
    /// Behind notices.
    pub notice: Color32,
    /// Behind the route.
    pub map: Color32,
    /// Behind a table's faster part of a share.
    pub faster_faint: Color32,
    /// Words that lead to what cannot be taken back: a calm red.
    pub final_text: Color32,
    /// A button that does what cannot be taken back.
    pub final_fill: Color32,
}

const fn hex(value: u32) -> Color32 {
    Color32::from_rgb((value >> 16) as u8, (value >> 8) as u8, value as u8)
}

fn of(rgb: Rgb) -> Color32 {
    Color32::from_rgb(rgb.0, rgb.1, rgb.2)
}

impl Colors {
    /// The light theme's.
    pub fn light() -> Self {
        let role = |role| of(Palette::Light.rgb(role));
        Self {
            palette: Palette::Light,
            ground: role(Role::Ground),
            card: role(Role::Card),
            ink: role(Role::Ink),
            prose: hex(0x3c_454d),
            muted: role(Role::Muted),
            line: role(Role::Line),
            control: hex(0xcf_d5da),
            chosen: hex(0xe6_f4f1),
            hovered: hex(0xf1_f4f5),
            accent: hex(0x0c_8370),
            accent_text: role(Role::InBandText),
            on_accent: Color32::WHITE,
            focus: hex(0x1b_62c4),
            tip: hex(0x20_262c),
            on_tip: Color32::WHITE,
            on_tip_muted: hex(0xbf_c6cc),
            notice: hex(0xfd_f3e6),
            map: hex(0xf3_f5f6),
            faster_faint: hex(0xf5_dcc6),
            final_text: hex(0xb0_3f2c),
            final_fill: hex(0xb0_3f2c),
        }
    }

    /// The dark theme's.
    pub fn dark() -> Self {
        let role = |role| of(Palette::Dark.rgb(role));
        Self {
            palette: Palette::Dark,
            ground: role(Role::Ground),
            card: role(Role::Card),
            ink: role(Role::Ink),
            prose: hex(0xc4_cbd1),
            muted: role(Role::Muted),
            line: role(Role::Line),
            control: hex(0x46_4f57),
            chosen: hex(0x17_3a35),
            hovered: hex(0x27_2d32),
            accent: role(Role::InBand),
            accent_text: role(Role::InBandText),
            on_accent: role(Role::OnFill),
            focus: hex(0x7f_b4ff),
            tip: hex(0x0a_0c0e),
            on_tip: hex(0xf2_f4f5),
            on_tip_muted: hex(0xa9_b2ba),
            notice: hex(0x3a_2d1e),
            map: hex(0x17_1b1f),
            faster_faint: hex(0x4a_3523),
            final_text: hex(0xf0_9c88),
            final_fill: hex(0xb4_4a37),
        }
    }

    /// Those of the theme that a user interface is shown in.
    pub fn of(ui: &egui::Ui) -> Self {
        if ui.visuals().dark_mode { Self::dark() } else { Self::light() }
    }

    /// A person's colour, where the name is that of one.
    pub fn person(&self, name: &str) -> Option<Color32> {
        self.palette.person(name).map(of)
    }

    /// A chart's colour.
    pub fn role(&self, role: Role) -> Color32 {
        of(self.palette.rgb(role))
    }
}

/// Gives a context the program's fonts and both themes.
pub fn apply(ctx: &egui::Context) {
    ctx.set_fonts(fonts());
    ctx.add_font_provider(Arc::new(fallback));
    for theme in [egui::Theme::Light, egui::Theme::Dark] {
        let colors = if theme == egui::Theme::Dark { Colors::dark() } else { Colors::light() };
        ctx.style_mut_of(theme, |style| {
            style.visuals = visuals(&colors);
            style.text_styles = [
                (TextStyle::Small, font(SMALL, Weight::Regular)),
                (TextStyle::Body, font(BODY, Weight::Regular)),
                (TextStyle::Button, font(BODY, Weight::Medium)),
                (TextStyle::Heading, font(HEADING, Weight::Bold)),
                (TextStyle::Monospace, FontId::monospace(BODY)),
            ]
            .into();
            style.spacing.item_spacing = vec2(UNIT, UNIT / 2.0);
            style.spacing.button_padding = vec2(12.0, 6.0);
            style.spacing.interact_size = vec2(40.0, BUTTON_HEIGHT);
            style.spacing.menu_margin = Margin::same(6);
            style.spacing.window_margin = Margin::same(PADDING);
            // Nothing moves by itself: calm, and right for those whom motion makes ill.
            style.animation_time = 0.0;
            style.scroll_animation = egui::style::ScrollAnimation::none();
            style.spacing.scroll.foreground_color = false;
            style.interaction.selectable_labels = false;
            style.interaction.tooltip_delay = 0.3;
            style.url_in_tooltip = true;
        });
    }
}

fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let fallback = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    let weights: [(&str, &'static [u8], FontFamily); 4] = [
        ("Inter", inter::REGULAR, FontFamily::Proportional),
        (
            "Inter Medium",
            include_bytes!("../../../assets/fonts/Inter-Medium.otf"),
            FontFamily::Name("medium".into()),
        ),
        ("Inter SemiBold", inter::SEMI_BOLD, FontFamily::Name("semibold".into())),
        (
            "Inter Bold",
            include_bytes!("../../../assets/fonts/Inter-Bold.otf"),
            FontFamily::Name("bold".into()),
        ),
    ];
    for (name, bytes, family) in weights {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
        fonts.families.insert(family, std::iter::once(name.to_owned()).chain(fallback.clone()).collect());
    }
    fonts
}

/// Letters that these fonts lack come from the fonts of this computer, as on the page.
fn fallback(request: &FallbackRequest<'_>) -> Option<FontInsert> {
    let strong =
        [Weight::SemiBold, Weight::Bold].map(|weight| font(BODY, weight).family).contains(request.family);
    let file = installed::font_file(request.cluster.chars().next()?, strong)?;
    let data = FontData { index: file.index, ..FontData::from_owned(file.bytes) };
    Some(FontInsert::new(&file.name, data, Vec::new()))
}

fn visuals(colors: &Colors) -> Visuals {
    let dark = colors.palette == Palette::Dark;
    let mut visuals = if dark { Visuals::dark() } else { Visuals::light() };
    let radius = CornerRadius::same(RADIUS);
    for (state, fill, line) in [
        (&mut visuals.widgets.noninteractive, colors.card, colors.line),
        (&mut visuals.widgets.inactive, colors.card, colors.control),
        (&mut visuals.widgets.hovered, colors.hovered, colors.control),
        (&mut visuals.widgets.active, colors.hovered, colors.focus),
        (&mut visuals.widgets.open, colors.hovered, colors.control),
    ] {
        state.bg_fill = fill;
        state.weak_bg_fill = fill;
        state.bg_stroke = Stroke::new(1.0, line);
        state.fg_stroke = Stroke::new(1.0, colors.ink);
        state.corner_radius = radius;
        state.expansion = 0.0;
    }
    visuals.widgets.active.bg_stroke = Stroke::new(2.0, colors.focus);
    visuals.selection.bg_fill = colors.chosen;
    visuals.selection.stroke = Stroke::new(1.0, colors.accent_text);
    visuals.hyperlink_color = colors.accent_text;
    visuals.weak_text_color = Some(colors.muted);
    visuals.panel_fill = colors.ground;
    visuals.window_fill = colors.card;
    visuals.window_stroke = Stroke::new(1.0, colors.line);
    visuals.window_corner_radius = CornerRadius::same(CARD_RADIUS);
    visuals.menu_corner_radius = CornerRadius::same(UNIT as u8);
    visuals.extreme_bg_color = colors.card;
    visuals.faint_bg_color = colors.ground;
    visuals.text_cursor.stroke = Stroke::new(1.5, colors.ink);
    visuals.text_cursor.blink = false;
    let shadow = Shadow { offset: [0, 4], blur: 16, spread: 0, color: Color32::from_black_alpha(40) };
    visuals.window_shadow = shadow;
    visuals.popup_shadow = shadow;
    visuals
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contrast(a: Color32, b: Color32) -> f64 {
        Rgb(a.r(), a.g(), a.b()).contrast(Rgb(b.r(), b.g(), b.b()))
    }

    #[test]
    fn every_text_reaches_aa_on_what_it_stands_on() {
        for colors in [Colors::light(), Colors::dark()] {
            let pairs = [
                (
                    colors.ink,
                    [colors.card, colors.ground, colors.chosen, colors.hovered, colors.notice].to_vec(),
                ),
                (colors.prose, [colors.card, colors.ground].to_vec()),
                (colors.muted, [colors.card, colors.ground, colors.chosen, colors.map].to_vec()),
                (colors.accent_text, [colors.card, colors.ground, colors.chosen].to_vec()),
                (colors.on_accent, vec![colors.accent]),
                (colors.on_tip, vec![colors.tip]),
                (colors.on_tip_muted, vec![colors.tip]),
            ];
            for (text, grounds) in pairs {
                for ground in grounds {
                    let found = contrast(text, ground);
                    assert!(found >= 4.5, "{:?}: {text:?} on {ground:?} is {found:.2}", colors.palette);
                }
            }
        }
    }

    #[test]
    fn focus_and_charts_are_told_from_their_ground() {
        for colors in [Colors::light(), Colors::dark()] {
            let roles = [Role::InBand, Role::Faster, Role::Measured].map(|role| colors.role(role));
            for mark in roles.into_iter().chain([colors.focus]) {
                let found = contrast(mark, colors.card);
                assert!(found >= 3.0, "{:?}: {mark:?} is {found:.2}", colors.palette);
            }
        }
    }
}
