//! GPX 1.0 and 1.1.

use chrono::DateTime;
use quick_xml::{Reader, events::Event};

use super::{Fixes, ReadError, Recording, Warning};

pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Recording, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    let mut reader = Reader::from_str(std::str::from_utf8(bytes).map_err(|_| ReadError::NotARun)?);
    let (mut fixes, mut breaks, mut bad) = (Fixes::default(), Vec::new(), 0);
    let (mut position, mut in_time, mut origin, mut new_part) = (None, false, None, false);
    let mut hr = 0_u8;
    let mut in_hr = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => match tag.local_name().as_ref() {
                "trkpt" => {
                    let mut coordinate = [None, None];
                    for attribute in tag.attributes().flatten() {
                        let slot = match attribute.key.as_ref() {
                            "lat" => 0,
                            "lon" => 1,
                            _ => continue,
                        };
                        coordinate[slot] = attribute.value.trim().parse::<f64>().ok();
                    }
                    position = coordinate[0].zip(coordinate[1]);
                    hr = 0;
                }
                "time" => in_time = true,
                "hr" => in_hr = true,
                "trkseg" => new_part = !fixes.is_empty(),
                _ => {}
            },
            Ok(Event::Text(text)) if in_hr => {
                hr = text.trim().parse().unwrap_or(0);
                in_hr = false;
            }
            Ok(Event::Text(text)) if in_time => {
                in_time = false;
                let time = DateTime::parse_from_rfc3339(text.trim()).ok();
                let (Some(time), Some((lat, lon))) = (time, position.take()) else {
                    bad += 1;
                    continue;
                };
                let origin = *origin.get_or_insert(time);
                let seconds = (time - origin).as_seconds_f64();
                if fixes.time_s.last().is_some_and(|last| seconds <= *last) {
                    bad += 1;
                    continue;
                }
                if std::mem::take(&mut new_part) {
                    breaks.push(fixes.len());
                }
                fixes.time_s.push(seconds);
                fixes.latitude_deg.push(lat);
                fixes.longitude_deg.push(lon);
                fixes.heart_rate_bpm.push(hr);
            }
            Ok(Event::End(tag)) if tag.local_name().as_ref() == "time" => in_time = false,
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    let start = origin.ok_or(ReadError::NoTimes)?.to_utc();
    Ok(Recording {
        name: name.to_owned(),
        activity: None,
        creator: None,
        start,
        utc_offset_s: None,
        points: fixes.len(),
        fixes,
        breaks,
        laps: Vec::new(),
        warnings: if bad > 0 { vec![Warning::BadPoints { count: bad }] } else { Vec::new() },
    })
}
