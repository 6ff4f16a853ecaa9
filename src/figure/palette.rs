//! Colours and fills by what they mean, for light, dark and print.

use crate::band::State;

/// What a colour stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// In the band: areas and lines.
    InBand,
    /// In the band, below the brisk edge: a lighter tint.
    Gentle,
    /// Above the band.
    Faster,
    /// Recorded, not moving.
    Standing,
    /// Nothing recorded: hatched.
    Paused,
    /// The strip behind the speed that shows where the band is.
    Band,
    /// Words and lines that say "in band"; dark enough for small text.
    InBandText,
    /// Words that say "faster"; dark enough for small text.
    FasterText,
    /// Legs as recorded, behind the estimate.
    Raw,
    /// What the device measured beside the way: heart rate, cadence, elevation.
    Measured,
    /// Text.
    Ink,
    /// Text that may stand back.
    Muted,
    /// Grid lines and borders.
    Line,
    /// Behind cards, and behind the route.
    Ground,
    /// Cards and paper.
    Card,
    /// Text on an in-band or faster area.
    OnFill,
}

/// Red, green, blue, 0 to 255 (sRGB).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rgb(pub u8, pub u8, pub u8);

impl Rgb {
    /// From `0xRRGGBB`.
    pub const fn hex(value: u32) -> Self {
        Self((value >> 16) as u8, (value >> 8) as u8, value as u8)
    }

    /// Relative luminance, 0 to 1 (WCAG 2).
    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    /// Contrast with another colour, 1 to 21 (WCAG 2).
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance() + 0.05, other.luminance() + 0.05);
        a.max(b) / a.min(b)
    }
}

/// How an area is filled, so that colour is never the only sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fill {
    /// Plain.
    Solid,
    /// Thin lines from lower left to upper right over the plain colour.
    Hatched,
    /// Thin lines alone, on nothing.
    HatchOnly,
}

/// A set of colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Palette {
    /// On a light screen.
    Light,
    /// On a dark screen.
    Dark,
    /// On paper, readable in grey.
    Print,
}

/// Colours that tell people apart, by name, on light and on dark: none of them says anything of a run.
const PEOPLE: [(&str, Rgb, Rgb); 6] = [
    ("blue", Rgb::hex(0x33_68cf), Rgb::hex(0x7a_a5f5)),
    ("sky", Rgb::hex(0x1f_8fb8), Rgb::hex(0x5c_c4e6)),
    ("violet", Rgb::hex(0x7d_52c4), Rgb::hex(0xb3_94ee)),
    ("pink", Rgb::hex(0xc2_498f), Rgb::hex(0xe8_84bd)),
    ("olive", Rgb::hex(0x76_842a), Rgb::hex(0xb3_c15a)),
    ("slate", Rgb::hex(0x5c_6b7a), Rgb::hex(0xa2_afbc)),
];

/// The names of the colours that tell people apart.
pub fn person_colours() -> impl Iterator<Item = &'static str> {
    PEOPLE.iter().map(|(name, ..)| *name)
}

impl Palette {
    /// A person's colour, where the name is that of one.
    pub fn person(self, name: &str) -> Option<Rgb> {
        let (_, light, dark) = PEOPLE.iter().find(|(known, ..)| known.eq_ignore_ascii_case(name.trim()))?;
        Some(if self == Self::Dark { *dark } else { *light })
    }

    /// The colour of a role.
    pub fn rgb(self, role: Role) -> Rgb {
        match self {
            Self::Light => light(role),
            Self::Dark => dark(role),
            Self::Print => print(role),
        }
    }

    /// How an area with that role is filled. In grey, in band and faster are nearly one shade: on paper the
    /// hatching tells them apart.
    pub fn fill(self, role: Role) -> Fill {
        match (self, role) {
            (_, Role::Paused) => Fill::HatchOnly,
            (Self::Print, Role::Faster) => Fill::Hatched,
            _ => Fill::Solid,
        }
    }
}

impl From<State> for Role {
    fn from(state: State) -> Self {
        match state {
            State::Standing => Self::Standing,
            State::InBand => Self::InBand,
            State::Faster => Self::Faster,
            State::Paused | State::LeftOut => Self::Paused,
        }
    }
}

fn light(role: Role) -> Rgb {
    Rgb::hex(match role {
        Role::InBand => 0x0f_8f7a,
        Role::Gentle => 0x7c_c5b8,
        Role::Faster => 0xd9_772b,
        Role::Standing | Role::Paused => 0x9a_a3ad,
        Role::Band => 0xe6_f4f1,
        Role::InBandText => 0x0b_7a68,
        Role::FasterText => 0xa8_5210,
        Role::Raw => 0xd3_d8dc,
        Role::Measured => 0x5b_6f91,
        Role::Ink => 0x20_262c,
        Role::Muted => 0x62_6c76,
        Role::Line => 0xe1_e5e8,
        Role::Ground => 0xf7_f8f9,
        Role::Card | Role::OnFill => 0xff_ffff,
    })
}

fn dark(role: Role) -> Rgb {
    Rgb::hex(match role {
        Role::InBand => 0x2d_b8a1,
        Role::Gentle => 0x1c_7567,
        Role::Faster => 0xe5_984c,
        Role::Standing | Role::Paused => 0x6b_757f,
        Role::Band => 0x1d_302f,
        Role::InBandText => 0x3c_c7b0,
        Role::FasterText => 0xeb_a55f,
        Role::Raw => 0x3b_4249,
        Role::Measured => 0x93_a7c9,
        Role::Ink => 0xe9_ecef,
        Role::Muted => 0x9c_a5ae,
        Role::Line => 0x33_3a41,
        Role::Ground => 0x14_181b,
        Role::Card => 0x1c_2024,
        Role::OnFill => 0x0d_1114,
    })
}

/// Paper is lit from outside and often grey: the light colours, with the tints further apart.
fn print(role: Role) -> Rgb {
    Rgb::hex(match role {
        Role::Gentle => 0xa9_dcd2,
        Role::Faster => 0xe2_8a42,
        Role::Standing | Role::Paused => 0x8b_949d,
        Role::Raw => 0xcd_d2d6,
        Role::Muted => 0x58_626b,
        Role::Line => 0xdc_e0e4,
        Role::Ground => 0xf3_f4f6,
        other => return light(other),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_reaches_aa() {
        for palette in [Palette::Light, Palette::Dark, Palette::Print] {
            for role in [Role::Ink, Role::Muted, Role::InBandText, Role::FasterText] {
                for behind in [Role::Card, Role::Ground, Role::Band] {
                    let contrast = palette.rgb(role).contrast(palette.rgb(behind));
                    assert!(contrast >= 4.5, "{palette:?} {role:?} on {behind:?}: {contrast:.2}");
                }
            }
        }
    }

    #[test]
    fn neighbours_in_a_bar_differ_without_colour() {
        for pair in [
            (Role::Gentle, Role::InBand),
            (Role::InBand, Role::Faster),
            (Role::Faster, Role::Standing),
            (Role::Gentle, Role::Standing),
        ] {
            let grey = Palette::Print.rgb(pair.0).contrast(Palette::Print.rgb(pair.1));
            let fills = (Palette::Print.fill(pair.0), Palette::Print.fill(pair.1));
            assert!(grey >= 1.8 || fills.0 != fills.1, "{pair:?}: {grey:.2}");
        }
    }
}
