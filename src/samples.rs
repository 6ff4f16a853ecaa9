//! The sample runs that come with the program: simulated, so that their truth is known.
//!
//! `examples/make_sample_runs` makes them; `sample_runs/README.md` says what each shows.

use crate::recording::{self, ReadError, Recording};

/// One sample run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sample {
    /// File name in `sample_runs/`, without its ending.
    pub id: &'static str,
    /// What a card calls it.
    pub title: &'static str,
    /// How long it is and what it shows, a few words.
    pub blurb: &'static str,
    /// The whole file.
    pub gpx: &'static [u8],
    /// Where its seconds truly went.
    pub truth: Truth,
}

/// True seconds of a run in each state, for the edges 2.0 and 1.5 m/s.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Truth {
    /// Standing or paused, s.
    pub standing_s: u32,
    /// Moving at most 2 m/s, s.
    pub in_band_s: u32,
    /// The part of that at 1.5 m/s or more, s.
    pub brisk_s: u32,
    /// Faster, s.
    pub faster_s: u32,
}

impl Truth {
    /// Seconds from first fix to last.
    pub const fn elapsed_s(&self) -> u32 {
        self.standing_s + self.in_band_s + self.faster_s
    }

    /// Parts of the elapsed time, in band, faster, standing: what a card's bar shows. They add up to 1.
    pub fn shares(&self) -> [f32; 3] {
        [self.in_band_s, self.faster_s, self.standing_s].map(|part| part as f32 / self.elapsed_s() as f32)
    }
}

impl Sample {
    /// Reads the sample, as any file is read.
    pub fn recording(&self) -> Result<Recording, ReadError> {
        recording::read_bytes(self.title, self.gpx)
    }
}

/// All samples; the first four are those of the empty window. Static, because a constant's bytes are in the program
/// once for each unit of code that names it, which made it 10 MB larger.
pub static ALL: &[Sample] = &[
    Sample {
        id: "brisk-walk",
        title: "Brisk walk",
        blurb: "30 min, all at 2 m/s or slower",
        gpx: include_bytes!("../sample_runs/brisk-walk.gpx"),
        truth: Truth { standing_s: 0, in_band_s: 1800, brisk_s: 1783, faster_s: 0 },
    },
    Sample {
        id: "run-and-walk",
        title: "Run and walk",
        blurb: "45 min, about half at 2 m/s or slower",
        gpx: include_bytes!("../sample_runs/run-and-walk.gpx"),
        truth: Truth { standing_s: 43, in_band_s: 1456, brisk_s: 1097, faster_s: 1201 },
    },
    Sample {
        id: "easy-jog",
        title: "Easy jog",
        blurb: "40 min, just under 2 m/s",
        gpx: include_bytes!("../sample_runs/easy-jog.gpx"),
        truth: Truth { standing_s: 0, in_band_s: 2151, brisk_s: 2151, faster_s: 249 },
    },
    Sample {
        id: "stop-and-go-in-town",
        title: "Stop and go in town",
        blurb: "35 min with traffic lights",
        gpx: include_bytes!("../sample_runs/stop-and-go-in-town.gpx"),
        truth: Truth { standing_s: 402, in_band_s: 558, brisk_s: 463, faster_s: 1140 },
    },
    Sample {
        id: "tempo-run",
        title: "Tempo run",
        blurb: "36 min, nearly all faster",
        gpx: include_bytes!("../sample_runs/tempo-run.gpx"),
        truth: Truth { standing_s: 0, in_band_s: 89, brisk_s: 42, faster_s: 2071 },
    },
    Sample {
        id: "hill-trail-with-tunnel",
        title: "Hill trail with a tunnel",
        blurb: "50 min, a gap without signal",
        gpx: include_bytes!("../sample_runs/hill-trail-with-tunnel.gpx"),
        truth: Truth { standing_s: 24, in_band_s: 2125, brisk_s: 903, faster_s: 851 },
    },
    Sample {
        id: "lunch-run-with-pauses",
        title: "Lunch run with pauses",
        blurb: "40 min, paused by the watch",
        gpx: include_bytes!("../sample_runs/lunch-run-with-pauses.gpx"),
        truth: Truth { standing_s: 299, in_band_s: 972, brisk_s: 961, faster_s: 1129 },
    },
    Sample {
        id: "slow-walk-with-rests",
        title: "Slow walk with rests",
        blurb: "25 min of a patient, four rests",
        gpx: include_bytes!("../sample_runs/slow-walk-with-rests.gpx"),
        truth: Truth { standing_s: 420, in_band_s: 1080, brisk_s: 0, faster_s: 0 },
    },
    Sample {
        id: "intervals-with-device-speed",
        title: "Intervals with device speed",
        blurb: "35 min, the watch’s own speed beside",
        gpx: include_bytes!("../sample_runs/intervals-with-device-speed.gpx"),
        truth: Truth { standing_s: 37, in_band_s: 1155, brisk_s: 1113, faster_s: 908 },
    },
];
