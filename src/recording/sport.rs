//! What a file calls the activity, in the words of many devices and sites.

/// A sport.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sport {
    /// Outdoors, on a trail, a track or a treadmill.
    Running,
    /// Walking.
    Walking,
    /// Hiking and mountaineering.
    Hiking,
    /// On any bicycle, electric and indoor ones included.
    Cycling,
    /// In a pool or in open water.
    Swimming,
    /// Boats moved by people, rowing machines included.
    Rowing,
    /// On snow, on foot excepted.
    Skiing,
    /// On wheels or blades.
    Skating,
    /// In or on something with a motor or sails, or on a horse.
    Travelling,
    /// Several in one.
    Multisport,
}

/// Parts of words, lower case, and what they mean; the first that a name holds wins.
const WORDS: [(&str, Sport); 48] = [
    ("multisport", Sport::Multisport),
    ("multi_sport", Sport::Multisport),
    ("multi-sport", Sport::Multisport),
    ("multi sport", Sport::Multisport),
    ("triathlon", Sport::Multisport),
    ("duathlon", Sport::Multisport),
    ("motor", Sport::Travelling),
    ("horse", Sport::Travelling),
    ("swim", Sport::Swimming),
    ("ski", Sport::Skiing),
    ("snowboard", Sport::Skiing),
    ("skat", Sport::Skating),
    ("rollerblad", Sport::Skating),
    ("cycl", Sport::Cycling),
    ("bik", Sport::Cycling),
    ("ride", Sport::Cycling),
    ("riding", Sport::Cycling),
    ("velo", Sport::Cycling),
    ("spinning", Sport::Cycling),
    ("mtb", Sport::Cycling),
    ("radfahr", Sport::Cycling),
    ("radsport", Sport::Cycling),
    ("rowing", Sport::Rowing),
    ("rower", Sport::Rowing),
    ("paddl", Sport::Rowing),
    ("kayak", Sport::Rowing),
    ("canoe", Sport::Rowing),
    ("driv", Sport::Travelling),
    ("transport", Sport::Travelling),
    ("sailing", Sport::Travelling),
    ("boat", Sport::Travelling),
    ("surfing", Sport::Travelling),
    ("flight", Sport::Travelling),
    ("hik", Sport::Hiking),
    ("mountaineer", Sport::Hiking),
    ("trek", Sport::Hiking),
    ("wander", Sport::Hiking),
    ("snowshoe", Sport::Walking),
    ("walk", Sport::Walking),
    ("gehen", Sport::Walking),
    ("stroll", Sport::Walking),
    ("running", Sport::Running),
    ("run", Sport::Running),
    ("jog", Sport::Running),
    ("treadmill", Sport::Running),
    ("lauf", Sport::Running),
    ("orienteering", Sport::Running),
    ("marathon", Sport::Running),
];

/// Those that mean it only where a word begins: a stride is no ride.
const BEGINNINGS: [&str; 4] = ["ski", "skat", "hik", "ride"];

impl Sport {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Running,
        Self::Walking,
        Self::Hiking,
        Self::Cycling,
        Self::Swimming,
        Self::Rowing,
        Self::Skiing,
        Self::Skating,
        Self::Travelling,
        Self::Multisport,
    ];

    /// The sport that a file's name for it means; `None` for names that tell nothing, such as "other" and "training".
    pub fn named(name: &str) -> Option<Self> {
        let lower = name.to_ascii_lowercase();
        let begins = |at: usize| {
            let mut around = name[..at].chars().rev();
            let is_capital = name[at..].starts_with(char::is_uppercase);
            around.next().is_none_or(|before| !before.is_alphabetic() || before.is_lowercase() && is_capital)
        };
        let holds =
            |word: &str| lower.match_indices(word).any(|(at, _)| !BEGINNINGS.contains(&word) || begins(at));
        WORDS.iter().find(|(word, _)| holds(word)).map(|(_, sport)| *sport)
    }

    /// Whether it is walking or running.
    pub fn is_on_foot(self) -> bool {
        matches!(self, Self::Running | Self::Walking | Self::Hiking)
    }

    /// Stable, as JSON and tables have it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Walking => "walking",
            Self::Hiking => "hiking",
            Self::Cycling => "cycling",
            Self::Swimming => "swimming",
            Self::Rowing => "rowing",
            Self::Skiing => "skiing",
            Self::Skating => "skating",
            Self::Travelling => "travelling",
            Self::Multisport => "multisport",
        }
    }

    /// What a person may search for to find it, in lower case.
    pub fn search_words(self) -> &'static str {
        match self {
            Self::Running => "running run jog",
            Self::Walking => "walking walk",
            Self::Hiking => "hiking hike trek",
            Self::Cycling => "cycling cycle ride bike bicycle",
            Self::Swimming => "swimming swim",
            Self::Rowing => "rowing paddling kayak canoe",
            Self::Skiing => "skiing snowboard",
            Self::Skating => "skating rollerblading",
            Self::Travelling => "travelling drive car sailing flight",
            Self::Multisport => "multisport triathlon duathlon",
        }
    }

    /// In a sentence: "recorded as cycling".
    pub fn words(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Walking => "walking",
            Self::Hiking => "hiking",
            Self::Cycling => "cycling",
            Self::Swimming => "swimming",
            Self::Rowing => "rowing or paddling",
            Self::Skiing => "skiing",
            Self::Skating => "skating",
            Self::Travelling => "travel by car, boat, plane or horse",
            Self::Multisport => "several sports",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_many_devices() {
        let named = |name: &str| Sport::named(name);
        for name in
            ["running", "Running", "Run", "trail_running", "treadmill running", "TrackRun", "Morgenlauf"]
        {
            assert_eq!(named(name), Some(Sport::Running), "{name}");
        }
        for name in [
            "Biking",
            "cycling",
            "Radfahren",
            "e-biking",
            "indoor_cycling",
            "Virtual Ride",
            "VirtualRide",
            "MTB",
        ] {
            assert_eq!(named(name), Some(Sport::Cycling), "{name}");
        }
        assert_eq!(named("Horseback Riding"), Some(Sport::Travelling));
        assert_eq!(named("MultiUse"), None);
        assert_eq!(named("multi_sport"), Some(Sport::Multisport));
        assert_eq!(named("walking"), Some(Sport::Walking));
        assert_eq!(named("Hiking"), Some(Sport::Hiking));
        assert_eq!(named("cross-country skiing"), Some(Sport::Skiing));
        assert_eq!(named("lap_swimming"), Some(Sport::Swimming));
        for name in ["Other", "unknown", "", "t", "training", "scar", "type_23", "cardio", "Stride", "whisky"]
        {
            assert_eq!(named(name), None, "{name}");
        }
    }
}
